"""The keys and the colours of a page on the whole screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style

if TYPE_CHECKING:
    from crisiscli.terminal.viewer import Scroll

_DOWN, _UP = ("down", "j", "enter"), ("up", "k")
_END = 1_000_000


def keys(scroll: Scroll) -> KeyBindings:
    """What each key does to the page."""
    found = KeyBindings()
    moves = {**dict.fromkeys(_DOWN, 1), **dict.fromkeys(_UP, -1), "home": -_END, "g": -_END, "end": _END, "G": _END}
    for key, rows in moves.items():
        found.add(key)(lambda event, rows=rows: scroll.move(rows))
    for key, pages in {"space": 1, "pagedown": 1, "f": 1, "pageup": -1, "b": -1}.items():
        found.add(key)(lambda event, pages=pages: scroll.move(pages * max(1, scroll.size()[1] - 2)))
    for key, step in {"n": 1, "tab": 1, "p": -1, "s-tab": -1}.items():
        found.add(key)(lambda event, step=step: scroll.go(step))

    @found.add("q")
    @found.add("escape", eager=True)
    @found.add("c-c")
    @found.add("c-d")
    def leave(event: KeyPressEvent) -> None:
        event.app.exit()

    return found


def style() -> Style:
    """The 16 colours of the person's own theme, each beside a word."""
    return Style.from_dict(
        {"heading": "bold", "warn": "ansiyellow", "late": "ansired bold", "dim": "", "strong": "bold", "bar": "reverse"}
    )
