"""What moves while a question is open: the bar at the bottom and the news above."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence

from crisiscli.screen import Line
from crisiscli.terminal.lines import as_line, cells
from crisiscli.terminal.safe import show

FIELD = " | "
_NEVER_DROPPED = ("T+", "T-", "OVERDUE")
_LATE_STEP = re.compile(r"(?P<count>OVERDUE \d+): .*?(?P<key>(?: \[\w\])?)$")


class Live:
    """The bar's last text, and news that nobody has printed yet: news is never lost between two questions."""

    def __init__(self) -> None:
        self.bar: Callable[[], str] = str
        self.poll: Callable[[], Sequence[Line]] = tuple
        self.text = ""
        self.news: deque[Line] = deque()

    def attach(self, bar: Callable[[], str], poll: Callable[[], Sequence[Line]]) -> None:
        """Takes the two sources."""
        self.bar, self.poll = bar, poll

    def look(self) -> None:
        """Asks both sources once."""
        self.text = " ".join(show(self.bar()).split())
        self.news.extend(as_line(line) for line in self.poll())

    def wait(self, lines: Iterable[Line | str]) -> None:
        """Keeps lines for the next moment the screen is free."""
        self.news.extend(as_line(line) for line in lines)


def fit_bar(text: str, width: int) -> str:
    """The bar in `width` cells: fields drop from the right, but never the first, a T+ or OVERDUE.

    When that is not enough, the late step's name goes and its key stays, then the code name goes.
    """
    fields = text.split(FIELD)
    while cells(FIELD.join(fields)) > width:
        droppable = [at for at, field in enumerate(fields) if at and not any(mark in field for mark in _NEVER_DROPPED)]
        if not droppable:
            break
        del fields[droppable[-1]]
    if cells(FIELD.join(fields)) > width:
        fields = [_LATE_STEP.sub(r"\g<count>\g<key>", field) for field in fields]
    if cells(FIELD.join(fields)) > width:
        fields[0] = fields[0].split(" ")[0]
    fitted = FIELD.join(fields)
    while fitted and cells(fitted) > width:
        fitted = fitted[:-1]
    return fitted
