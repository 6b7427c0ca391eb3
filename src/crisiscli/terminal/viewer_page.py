"""The rows of a page on the whole screen: which of them are shown, what is looked for, where the next text begins."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from crisiscli.screen import Line
from crisiscli.terminal.lines import cells, fold
from crisiscli.terminal.safe import show_within
from crisiscli.terminal.streams import encoding_of

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples

CHANGED = "(changed)"
"""A heading that ends with it is scrolled to after a redraw."""
TROUBLE = "  ! "
"""A heading that holds it stands above something a person should look at."""


class Page:
    """Which rows of a page are on the screen. `size` gives columns, and rows above the bar."""

    def __init__(self, draw: Callable[[int], Sequence[Line]], size: Callable[[], tuple[int, int]]) -> None:
        self._draw = draw
        self.size = size
        self._width = 0
        self._jump = False
        self.rows: list[tuple[str, str]] = []
        self.headings: list[int] = []
        self._names: dict[int, str] = {}
        self.troubles: list[int] = []
        self.top = 0
        self.sought = ""
        self.typing: str | None = None
        """What was typed of a search so far; None while nobody types one."""
        self.help: Sequence[str] = ()
        """Rows that stand in place of the page until a key is pressed."""
        self._at = -1
        self.word = ""
        """What the last key came to, for the bar."""

    def renew(self, *, jump: bool = True) -> None:
        """The page must be drawn again; the place on it is kept, or the first text that changed is gone to."""
        self._width = 0
        self._jump = jump
        self.word = ""

    def fragments(self) -> StyleAndTextTuples:
        """The visible rows, as prompt_toolkit shows them."""
        columns, height = self.size()
        if columns != self._width:
            self._lay(columns)
        if self.help:
            return [("", f" {show(row)}\n") for row in self.help[:height]]
        self.top = max(0, min(self.top, len(self.rows) - height))
        shown = self.rows[self.top : self.top + height]
        above = self._heading()
        if above is not None and above < self.top and height > 2:
            shown[0] = self.rows[above]
        return [part for text, style in shown for part in self._painted(text, style)]

    def move(self, rows: int) -> None:
        """Scrolls down by so many rows; up when negative."""
        self.top = max(0, self.top + rows)

    def go(self, step: int) -> None:
        """To the next heading, or the previous one with -1."""
        self._to(self.headings, step)

    def trouble(self, step: int) -> None:
        """To the next heading with a trouble; after the last one the first."""
        if not self.troubles:
            self.word = "every text goes as it stands"
        elif not self._to(self.troubles, step):
            self.top = self.troubles[0 if step > 0 else -1]

    def seek(self, words: str) -> None:
        """Looks for words in a row, from here on and then from the top, small and big letters alike."""
        self.sought = words.casefold()
        if words:
            self.again(0)

    def again(self, step: int) -> None:
        """To the next row with what is looked for, after the last one the first; 0 stays where it is on the screen."""
        found = [row for row, (text, _) in enumerate(self.rows) if self.sought in text.casefold()]
        if not found:
            self.word, self.sought = f"no row has: {self.sought}", ""
            return
        seen = range(self.top, self.top + self.size()[1])
        here = self._at if step and self._at in seen else self.top
        later = [row for row in found if (row > here if step > 0 else row < here if step < 0 else row >= here)]
        self._at = (later or found)[-1 if step < 0 else 0]
        # The top row may be hidden by the heading of its text.
        self.top = self._at if self._at in self.headings else max(0, self._at - 1)
        self.word = f"{found.index(self._at) + 1} of {len(found)}: {self.sought}"

    def _to(self, rows: Sequence[int], step: int) -> bool:
        after = [row for row in rows if (row > self.top if step > 0 else row < self.top)]
        if after:
            self.top = after[0] if step > 0 else after[-1]
        return bool(after)

    def _heading(self) -> int | None:
        """The row of the heading that the top row stands under."""
        return next((row for row in reversed(self.headings) if row <= self.top), None)

    def _painted(self, text: str, style: str) -> StyleAndTextTuples:
        name = " ".join(f"class:{one}" for one in style.split())
        at = text.casefold().find(self.sought) if self.sought else -1
        if at < 0 or len(text) != len(text.casefold()):
            return [(name, text + "\n")]
        end = at + len(self.sought)
        return [(name, text[:at]), (f"{name} class:found", text[at:end]), (name, text[end:] + "\n")]

    def _lay(self, columns: int) -> None:
        above = self._heading()
        name, into = (self._names[above], self.top - above) if above is not None else ("", 0)
        self._width = columns
        self.rows, self.headings, self.troubles, self._names = [], [], [], {}
        changed = None
        for line in self._draw(columns):
            row, style = len(self.rows), str(line.style)
            if line.style == "heading":
                self.headings.append(row)
                self._names[row] = line.text.partition("  ")[0]
                if TROUBLE in line.text:
                    self.troubles.append(row)
                    style = "heading warn"
                if changed is None and line.text.endswith(CHANGED):
                    changed = row
            self.rows += [(text, style) for text in fold(show(line.text), columns)]
        same = next((row for row, text in self._names.items() if text == name), None)
        if self._jump and changed is not None:
            self.top = changed
        elif same is not None:
            self.top = same + into
        self._jump = False


def bar(state: str, keys: Sequence[str], columns: int) -> str:
    """How it stands, cut where the first two keys would have no room, and as many other keys as there is room for."""
    needed = "".join(f"  {key}" for key in keys[:2])
    left = f" {show(state)}"
    room = columns - cells(needed) - 1
    while cells(left) > max(room, 0):
        left = left[:-1]
    right = needed
    for key in keys[2:]:
        if cells(left) + cells(right) + cells(key) + 3 > columns:
            break
        right += f"  {key}"
    return left + " " * max(0, columns - cells(left) - cells(right) - 1) + right


def show(text: str) -> str:
    """Words as this terminal can show them."""
    return show_within(text, encoding_of(sys.stdout)).replace("\t", "    ")
