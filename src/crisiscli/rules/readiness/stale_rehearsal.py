"""Runbooks that nobody has drilled for a year."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.days import ago, day

DAYS = 365
"""Once a year is the least that continuity rules ask for (ISO 22301, DORA Art. 11(6))."""


class StaleRehearsal(Rule):
    """The last rehearsal is more than a year ago.

    A drill shows which numbers nobody answers and which steps take twice their time.

    Bad:
    ```yaml
    rehearsed:
      on: 2025-10-01
      by: ann
    ```
    Good:
    ```yaml
    rehearsed:
      on: 2026-11-21
      by: ann
    ```
    """

    NAME = "stale-rehearsal"
    CODE = "H903"
    LEVEL = "warning"
    EFFECT = "Those who did it have forgotten it, and those who came since have never done it."

    def check(self, book: Book) -> Iterator[Problem]:
        today, seal = book.around.today, book.runbook.rehearsed
        done = day(seal.on) if seal is not None else None
        if today is not None and done is not None and (today - done).days > DAYS:
            what = f"The runbook was rehearsed last {ago(done, today)}, on {done}."
            cure = f"Run `crisis drill {book.runbook.id}`, then write the day and who led it under `rehearsed:`."
            yield self.at(book, ("rehearsed", "on"), what, cure, here=f"more than {DAYS} days ago")
