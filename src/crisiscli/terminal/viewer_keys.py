"""The keys and the colours of a page on the whole screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.styles import Style

if TYPE_CHECKING:
    from crisiscli.terminal.viewer import Switch
    from crisiscli.terminal.viewer_page import Page

_DOWN, _UP = ("down", "j", "enter"), ("up", "k")
_END = 1_000_000


def keys(page: Page, switches: Mapping[str, Switch]) -> KeyBindings:
    """What each key does to the page."""
    found = KeyBindings()
    typing = Condition(lambda: page.typing is not None)
    for key, does in {**_moves(page), **_jumps(page), **_switches(page, switches)}.items():
        found.add(key, filter=~typing)(_once(page, does))
    _add_typing(found, page, typing)

    @found.add("q", filter=~typing)
    @found.add("c-c")
    @found.add("c-d")
    def leave(event: KeyPressEvent) -> None:
        if page.help and event.data == "q":
            page.help = ()
        else:
            event.app.exit()

    @found.add("escape", eager=True)
    def back(event: KeyPressEvent) -> None:
        if page.typing is None and not page.help and not page.sought:
            event.app.exit()
        page.typing, page.help, page.word, page.sought = None, (), "", ""

    return found


def _once(page: Page, does: Callable[[], None]) -> Callable[[KeyPressEvent], None]:
    """The word of the key before goes; a page of help goes too, and nothing else happens."""

    def press(event: KeyPressEvent) -> None:
        if page.help:
            page.help = ()
            return
        page.word = ""
        does()

    return press


def _moves(page: Page) -> dict[str, Callable[[], None]]:
    rows = {**dict.fromkeys(_DOWN, 1), **dict.fromkeys(_UP, -1), "home": -_END, "g": -_END, "end": _END, "G": _END}

    def turn(pages: int) -> None:
        page.move(pages * max(1, page.size()[1] - 2))

    pages = {"space": 1, "pagedown": 1, "f": 1, "pageup": -1, "b": -1}
    return {
        **{key: partial(page.move, count) for key, count in rows.items()},
        **{key: partial(turn, count) for key, count in pages.items()},
    }


def _jumps(page: Page) -> dict[str, Callable[[], None]]:
    def ask() -> None:
        page.typing = ""

    def onward(step: int) -> None:
        (page.again if page.sought else page.go)(step)

    return {
        "tab": lambda: page.go(1),
        "s-tab": lambda: page.go(-1),
        "n": lambda: onward(1),
        "N": lambda: onward(-1),
        "p": lambda: onward(-1),
        "e": lambda: page.trouble(1),
        "E": lambda: page.trouble(-1),
        "/": ask,
    }


def _switches(page: Page, switches: Mapping[str, Switch]) -> dict[str, Callable[[], None]]:
    from crisiscli.terminal.viewer import help_rows

    def press(switch: Switch) -> None:
        switch.press()
        page.renew(jump=False)

    def explain() -> None:
        page.help = help_rows(switches)

    return {
        "?": explain,
        **{key: partial(press, switch) for key, switch in switches.items()},
    }


def _add_typing(found: KeyBindings, page: Page, typing: Condition) -> None:
    """While somebody types what to look for."""

    def put(event: KeyPressEvent) -> None:
        page.typing = (page.typing or "") + "".join(one for one in event.data if one.isprintable())

    found.add(Keys.Any, filter=typing)(put)
    found.add(Keys.BracketedPaste, filter=typing)(put)

    @found.add("backspace", filter=typing)
    def shorter(event: KeyPressEvent) -> None:
        page.typing = (page.typing or "")[:-1] if page.typing else None

    @found.add("enter", filter=typing)
    def looks(event: KeyPressEvent) -> None:
        words, page.typing, page.word = page.typing or "", None, ""
        page.seek(words)


def style() -> Style:
    """The 16 colours of the person's own theme, each beside a word."""
    return Style.from_dict(
        {
            "heading": "bold",
            "warn": "ansiyellow",
            "late": "ansired bold",
            "dim": "",
            "strong": "bold",
            "found": "reverse",
            "bar": "reverse",
        }
    )
