"""A page on the whole screen, to scroll and to search in, that asks now and then whether there is a new one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisiscli.screen import Line
from crisiscli.terminal.viewer_page import Page, bar, show

if TYPE_CHECKING:
    from prompt_toolkit.layout import Layout

EVERY = 0.4
"""Seconds between two looks: a save is seen before the eyes are back on this window."""
KEYS = ("q leave", "? keys", "/ find", "e next trouble")
"""What the bar says, the more important first."""
HELP = (
    "",
    "space, Page Down    a page on          b, Page Up    a page back",
    "arrows, j, k        a row              g, G          the top, the end",
    "Tab                 the next text      Shift-Tab     the one before",
    "e, E                the next text that does not go as it stands, the one before",
    "/ and words         find them; then n the next, N the one before, Esc ends it",
    "q, Esc              leave",
)


@dataclass(frozen=True)
class Switch:
    """A key of the page's own: what it is for, in a few words, and what it does before the page is drawn again."""

    about: str
    press: Callable[[], None]


def view(
    draw: Callable[[int], Sequence[Line]],
    look: Callable[[], bool],
    foot: Callable[[], str],
    *,
    color: bool,
    switches: Mapping[str, Switch] | None = None,
) -> None:
    """Shows `draw(width)` until the person leaves. `look` is asked every EVERY seconds; True means: draw again.

    After a redraw the first heading that ends with `(changed)` is scrolled to.
    """
    from prompt_toolkit.application import Application, get_app
    from prompt_toolkit.output import ColorDepth

    from crisiscli.terminal.stage import SPLIT_ESCAPE_SECONDS
    from crisiscli.terminal.viewer_keys import keys, style

    def size() -> tuple[int, int]:
        found = get_app().output.get_size()
        return found.columns, max(1, found.rows - 1)

    page = Page(draw, size)
    app: Application[None] = Application(
        layout=_layout(page, foot, switches or {}),
        key_bindings=keys(page, switches or {}),
        style=style(),
        full_screen=True,
        include_default_pygments_style=False,
        color_depth=ColorDepth.DEPTH_4_BIT if color else ColorDepth.DEPTH_1_BIT,
    )
    app.ttimeoutlen = SPLIT_ESCAPE_SECONDS

    async def watch() -> None:
        try:
            while True:
                await asyncio.sleep(EVERY)
                if look():
                    page.renew()
                    app.invalidate()
        except Exception as error:  # whatever a look raises ends the page and reaches the caller
            app.exit(exception=error)

    def started() -> None:
        app.create_background_task(watch())

    look()
    app.run(pre_run=started)


def help_rows(switches: Mapping[str, Switch]) -> list[str]:
    """Every key, for who asks."""
    return [*HELP, *(f"{key:<20}{switch.about}" for key, switch in switches.items()), "", "any key goes back"]


def _layout(page: Page, foot: Callable[[], str], switches: Mapping[str, Switch]) -> Layout:
    from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window

    names = (*KEYS, *(f"{key} {switch.about}" for key, switch in switches.items()))

    def words() -> str:
        columns = page.size()[0]
        if page.typing is not None:
            return show(f" find: {page.typing}_   Enter looks, Esc leaves it")
        return bar(page.word or foot(), names, columns)

    return Layout(
        HSplit(
            [
                Window(FormattedTextControl(page.fragments, show_cursor=False), always_hide_cursor=True),
                Window(FormattedTextControl(lambda: [("class:bar", words())]), height=1, style="class:bar"),
            ]
        )
    )
