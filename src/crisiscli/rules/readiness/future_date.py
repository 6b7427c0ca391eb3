"""Days on which nobody can have done anything yet."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import Place
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.days import day


class FutureDate(Rule):
    """A review, a rehearsal, an approval or the check of a rule is dated after today.

    What is dated ahead was not done, or the year is wrong; the other rules would trust it for years.

    Bad:
    ```yaml
    reviewed:
      on: 2027-11-20
      by: ann
    ```
    Good:
    ```yaml
    reviewed:
      on: 2026-11-20
      by: ann
    ```
    """

    NAME = "future-date"
    CODE = "H902"
    EFFECT = "It counts as done and fresh, although nobody did it."

    def check(self, book: Book) -> Iterator[Problem]:
        today = book.around.today
        if today is None:
            return
        for text, place in _done(book):
            when = day(text)
            if when is not None and when > today:
                what = f"{when} is after today, {today}."
                yield self.at(book, place, what, "Write the day on which it was done.", here="still to come")


def _done(book: Book) -> Iterator[tuple[str | None, Place]]:
    """Every day on which something was done, with its place."""
    runbook = book.runbook
    if runbook.reviewed is not None:
        yield runbook.reviewed.on, ("reviewed", "on")
    if runbook.rehearsed is not None:
        yield runbook.rehearsed.on, ("rehearsed", "on")
    for name, message in runbook.messages.items():
        if message.pre_approved is not None:
            yield message.pre_approved.on, ("messages", name, "pre_approved", "on")
    for name, clock in runbook.clocks.items():
        yield clock.verified, ("clocks", name, "verified")
