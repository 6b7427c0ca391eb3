"""The clipboard: a program of the desktop, else the terminal itself, else a sentence saying what to do."""

from __future__ import annotations

import base64
import os
import shutil
import sys
from collections.abc import Mapping
from typing import NamedTuple, TextIO

from crisiscli.terminal.streams import is_tty

TIMEOUT_SECONDS = 2.0
OSC_52_LIMIT = 74_994
"""Bytes of text one OSC 52 sequence may carry: base64 makes 99,992 of it, and xterm's buffer ends at 100,000."""

COPIED = "Copied. Paste it where it goes."
HANDED_OVER = "Sent to your terminal's clipboard. Paste once to see that it arrived."
SELECT = "It could not be copied here. Select the text above."


class Tool(NamedTuple):
    """A clipboard program: what must be set for it to work, its command, and the encoding it reads."""

    needs: str
    command: tuple[str, ...]
    encoding: str = "utf-8"


_HERE = "the desktop this process runs on"
TOOLS = (
    Tool("WAYLAND_DISPLAY", ("wl-copy",)),
    Tool("DISPLAY", ("xclip", "-selection", "clipboard")),
    Tool("DISPLAY", ("xsel", "--clipboard", "--input")),
    Tool(_HERE, ("pbcopy",)),
    Tool(_HERE, ("clip.exe",), "utf-16"),
)


def copy(text: str, out: TextIO | None) -> str:
    """Puts the exact text on the clipboard; returns a sentence that says what was done. Never raises.

    `out` is the terminal that may carry an OSC 52 sequence; None (plain, nobody there) forbids it.
    """
    if any(_runs(tool, text) for tool in TOOLS if _is_usable(tool, os.environ)):
        return COPIED
    return HANDED_OVER if _through_terminal(text, out) else SELECT


def _is_usable(tool: Tool, environ: Mapping[str, str]) -> bool:
    if tool.needs == _HERE:
        # Over ssh the desktop of this machine is not the one the person sits at.
        wanted = not (environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    else:
        wanted = bool(environ.get(tool.needs))
    return wanted and shutil.which(tool.command[0]) is not None


def _runs(tool: Tool, text: str) -> bool:
    import subprocess

    try:
        # Output is not captured: xclip and wl-copy stay behind to serve the clipboard and hold a pipe open.
        subprocess.run(
            tool.command,
            input=text.encode(tool.encoding),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT_SECONDS,
            check=True,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return True


def _through_terminal(text: str, out: TextIO | None) -> bool:
    if out is None or not is_tty(out) or (sys.platform == "win32" and "WT_SESSION" not in os.environ):
        return False
    try:
        raw = text.encode("utf-8")
        if len(raw) > OSC_52_LIMIT:
            return False
        out.write(f"\x1b]52;c;{base64.b64encode(raw).decode('ascii')}\x07")
        out.flush()
    except (OSError, ValueError):
        return False
    return True
