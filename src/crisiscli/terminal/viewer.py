"""A page on the whole screen, to scroll in, that asks now and then whether there is a new one."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from crisiscli.screen import Line
from crisiscli.terminal.lines import fold
from crisiscli.terminal.safe import show_within
from crisiscli.terminal.streams import encoding_of

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples

EVERY = 0.4
"""Seconds between two looks: a save is seen before the eyes are back on this window."""
HELP = "q leave  space/arrows scroll  n/p text"


def view(
    draw: Callable[[int], Sequence[Line]], look: Callable[[], bool], foot: Callable[[], str], *, color: bool
) -> None:
    """Shows `draw(width)` until the person leaves. `look` is asked every EVERY seconds; True means: draw again.

    After a redraw the first heading that ends with `(changed)` is scrolled to.
    """
    from prompt_toolkit.application import Application
    from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
    from prompt_toolkit.output import ColorDepth

    from crisiscli.terminal.stage import SPLIT_ESCAPE_SECONDS
    from crisiscli.terminal.viewer_keys import keys, style

    scroll = Scroll(draw)
    body = Window(FormattedTextControl(scroll.fragments, show_cursor=False), always_hide_cursor=True)
    bar = Window(
        FormattedTextControl(lambda: [("class:bar", f" {HELP}   {_shown(foot())}")]), height=1, style="class:bar"
    )
    app: Application[None] = Application(
        layout=Layout(HSplit([body, bar])),
        key_bindings=keys(scroll),
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
                    scroll.renew()
                    app.invalidate()
        except Exception as error:  # whatever a look raises ends the page and reaches the caller
            app.exit(exception=error)

    def started() -> None:
        app.create_background_task(watch())

    look()
    app.run(pre_run=started)


class Scroll:
    """Which rows of a page are on the screen."""

    def __init__(self, draw: Callable[[int], Sequence[Line]]) -> None:
        self._draw = draw
        self._width = 0
        self.rows: list[tuple[str, str]] = []
        self.headings: list[int] = []
        self.top = 0
        self._jump = False

    def renew(self) -> None:
        """The page must be drawn again; the place on it is kept unless a text on it changed."""
        self._width = 0
        self._jump = True

    def fragments(self) -> StyleAndTextTuples:
        """The visible rows, as prompt_toolkit shows them."""
        columns, height = self.size()
        if columns != self._width:
            self._lay(columns)
        self.top = max(0, min(self.top, len(self.rows) - height))
        shown = self.rows[self.top : self.top + height]
        return [(f"class:{style}" if style else "", text + "\n") for text, style in shown]

    def size(self) -> tuple[int, int]:
        """Columns, and rows above the bar."""
        from prompt_toolkit.application import get_app

        found = get_app().output.get_size()
        return found.columns, max(1, found.rows - 1)

    def move(self, rows: int) -> None:
        """Scrolls down by so many rows; up when negative."""
        self.top = max(0, self.top + rows)

    def go(self, step: int) -> None:
        """To the next heading, or the previous one with -1."""
        after = [row for row in self.headings if (row > self.top if step > 0 else row < self.top)]
        if after:
            self.top = after[0] if step > 0 else after[-1]

    def _lay(self, columns: int) -> None:
        self._width = columns
        self.rows, self.headings = [], []
        changed = None
        for line in self._draw(columns):
            if line.style == "heading":
                self.headings.append(len(self.rows))
                if changed is None and line.text.endswith("(changed)"):
                    changed = len(self.rows)
            self.rows += [(row, line.style) for row in fold(_shown(line.text), columns)]
        if self._jump and changed is not None:
            self.top = changed
        self._jump = False


def _shown(text: str) -> str:
    return show_within(text, encoding_of(sys.stdout)).replace("\t", "    ")
