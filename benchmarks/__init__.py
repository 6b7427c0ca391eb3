"""What the program costs, as ratios measured in one run. Never part of the tests."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of a table: what was measured, the numbers behind it, the figure that counts, and its budget."""

    what: str
    numbers: str
    figure: float
    budget: float | None
    better: str = "less"
    """Whether `less` or `more` than the budget is good."""
    unit: str = "x"

    @property
    def verdict(self) -> str:
        if self.budget is None:
            return ""
        within = self.figure <= self.budget if self.better == "less" else self.figure >= self.budget
        return "within" if within else "MISSED"

    def cells(self) -> tuple[str, str, str, str, str]:
        sign = {"less": "<=", "more": ">="}[self.better]
        budget = f"{sign} {self.budget:g}{self.unit}" if self.budget is not None else ""
        return self.what, self.numbers, f"{self.figure:.3g}{self.unit}", budget, self.verdict


HEAD = ("what", "measured", "figure", "budget", "")


def as_table(rows: Sequence[Row]) -> list[str]:
    """The rows as a Markdown table."""
    lines = [f"| {' | '.join(HEAD)} |", f"|{'---|' * len(HEAD)}"]
    return [*lines, *(f"| {' | '.join(row.cells())} |" for row in rows)]


def as_text(rows: Sequence[Row]) -> list[str]:
    """The rows in columns, for a screen."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in cells]


def ratio_of_pairs(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of neighbours in time: drift of the machine hits both of a pair."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
