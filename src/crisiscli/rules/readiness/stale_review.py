"""Runbooks that nobody has read for half a year."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.days import ago, day

DAYS = 180
"""Half a year, this program's own number: in that time people, numbers and channels change."""


class StaleReview(Rule):
    """Nobody has said when the runbook was read last, or it is more than 180 days ago.

    Reading it means: every name, channel and text is still right. `reviewed:` says who did it and when. The day it
    is measured against is today, or the one given with `--today`.

    Bad:
    ```yaml
    reviewed:
      on: 2026-03-02
      by: ann
    ```
    Good:
    ```yaml
    reviewed:
      on: 2026-11-20
      by: ann
    ```
    """

    NAME = "stale-review"
    CODE = "H901"
    LEVEL = "warning"
    EFFECT = "People, numbers or channels in it may be gone, and you find out while you need them."

    def check(self, book: Book) -> Iterator[Problem]:
        today, seal = book.around.today, book.runbook.reviewed
        if today is None:
            return
        read = day(seal.on) if seal is not None else None
        cure = f"Read it from top to bottom, then write `reviewed:` with `on: {today}` and `by:` and your name."
        if seal is None and not _written(book):
            what = "Nobody has said when this runbook was read last."
            yield self.at(book, ("id",), what, cure, here="no `reviewed:` in the file")
        elif read is not None and (today - read).days > DAYS:
            what = f"The runbook was read last {ago(read, today)}, on {read}."
            yield self.at(book, ("reviewed", "on"), what, cure, here=f"more than {DAYS} days ago")


def _written(book: Book) -> bool:
    """Whether there is a `reviewed:` that could not be read: that is told elsewhere."""
    value = book.document.value
    return isinstance(value, dict) and value.get("reviewed") is not None
