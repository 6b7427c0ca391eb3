"""Frames: what every look is drawn with. Rows are plain text of known width, so that they can stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crisiscli.channels.base import Measure
from crisiscli.terminal.lines import cells, fold

CUT = "cut off here"
OVER = "too long from here"


@dataclass(frozen=True)
class Seen:
    """One text as it reaches somebody. `company` is who it comes from; `draw` is False where only ASCII is shown."""

    title: str | None
    body: str
    language: str
    company: str
    measures: Sequence[Measure]
    draw: bool = True

    def limit(self, part: str) -> int | None:
        """How many code points of that part are shown, or taken; None when all are."""
        over = (measure for measure in self.measures if measure.part == part and measure.over)
        for measure in over:
            if measure.unit.startswith("characters"):
                return measure.limit
            if measure.unit == "weighted characters":
                return _within(self.body, measure.limit or 0)
        return None


def padded(row: str, width: int) -> str:
    """The row filled with spaces up to `width` cells."""
    return row + " " * max(0, width - cells(row))


def folded(text: str, width: int) -> list[str]:
    """The text in rows of at most `width` cells, its own line ends kept."""
    return [row.rstrip(" ") for line in text.split("\n") for row in fold(line, max(width, 4))]


def box(rows: Iterable[str], width: int, *, draw: bool, round_: bool = False) -> list[str]:
    """Rows with a frame around them, `width` cells wide in all."""
    inner = width - 4
    left, bar, right = ("╭" if round_ else "┌", "─", "╮" if round_ else "┐") if draw else ("+", "-", "+")
    low_left, low_right = ("╰" if round_ else "└", "╯" if round_ else "┘") if draw else ("+", "+")
    side = "│" if draw else "|"
    middle = [f"{side} {padded(row, inner)} {side}" for row in rows]
    return [left + bar * (width - 2) + right, *middle, low_left + bar * (width - 2) + low_right]


def cut(words: str, limit: int | None, width: int, mark: str = CUT) -> list[str]:
    """The words in rows; after `limit` code points a row says what becomes of the rest."""
    if limit is None or len(words) <= limit:
        return folded(words, width)
    return [*folded(words[:limit], width), f"-- {mark} --"[:width], *folded(words[limit:].lstrip(" "), width)]


def _within(text: str, limit: int) -> int:
    """How many code points of a text weigh no more than the limit on X."""
    from bisect import bisect_right

    from crisiscli.channels.x import weighted

    return bisect_right(range(1, len(text) + 1), limit, key=lambda end: weighted(text[:end]))
