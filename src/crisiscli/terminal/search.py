"""A list too long for letters: type to search, arrows to move. No clock runs here: nothing is sent from a list."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from crisiscli.screen import Option
from crisiscli.terminal.leaving import heeding_signals, left
from crisiscli.terminal.streams import drop_type_ahead

MANY = 30
"""Above so many options a menu of letters no longer fits a screen."""


def search(question: str, options: Sequence[Option]) -> str:
    """The value of the option picked. Raises Interrupted when the person leaves."""
    import questionary

    # back stands under the arrow first: typing it must not find `coming_back`, and Enter alone must change nothing
    ordered = sorted(options, key=lambda option: option.value != "back")
    choices = [questionary.Choice(o.label, value=o.value, disabled=o.off or None) for o in ordered]
    drop_type_ahead(sys.stdin)
    prompt = questionary.select(
        question,
        choices,
        use_search_filter=True,
        use_jk_keys=False,
        instruction="(type to search, arrows move, Enter takes it)",
    )
    try:
        with heeding_signals():
            # ask() would turn Ctrl-C into None, which reads like an answer
            return str(prompt.unsafe_ask())
    except (KeyboardInterrupt, EOFError):
        raise left() from None
