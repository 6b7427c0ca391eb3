"""The terminal: three back-ends that ask and show, one filter before all of them, and what the streams can do."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from crisiscli.screen import Terminal
from crisiscli.terminal.lines import printer
from crisiscli.terminal.safe import show
from crisiscli.terminal.streams import Color, may_ask, prepare_streams, wants_color, wants_plain

__all__ = ["Color", "open_terminal", "prepare_streams", "printer", "show"]

NO_CURSOR = "This terminal cannot move its cursor, so questions come line by line."


def open_terminal(*, plain: bool, no_input: bool, answers: Mapping[str, Any] | None, color: Color) -> Terminal:
    """The back-end for the person, or the script, at the other end.

    Answers, `no_input`, or streams that are no terminals of ours give Scripted, which talks on stderr.
    `plain`, the environment, or a terminal that cannot move its cursor give Plain; else Prompter.
    """
    from crisiscli.terminal.plain import Plain
    from crisiscli.terminal.scripted import Scripted

    if answers is not None or no_input or not may_ask():
        return Scripted(answers or {}, sys.stderr)
    line_by_line = Plain(sys.stdin, sys.stdout)
    if plain or wants_plain():
        return line_by_line
    try:
        from crisiscli.terminal.prompter import Prompter

        return Prompter(color=wants_color(color, sys.stdout))
    except Exception:
        # prompt_toolkit has no common error for consoles it cannot open (NoConsoleScreenBufferError, OSError ...).
        line_by_line.say(NO_CURSOR)
        return line_by_line
