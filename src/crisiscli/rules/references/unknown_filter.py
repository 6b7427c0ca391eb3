"""Filters that sentences may not use."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class UnknownFilter(Rule):
    """A sentence shows a fact through a filter that does not exist, or that does not fit the fact.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - next_update: More at {{ next_update | tme }}.
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - next_update: More at {{ next_update | time }}.
    ```
    """

    NAME = "unknown-filter"
    CODE = "R313"
    EFFECT = "The text could not be rendered, and would wait."

    def check(self, book: Book) -> Iterator[Problem]:
        from crisiscli.rendering import FILTERS, check_slot

        for _, slot, place in book.slots:
            fact = book.runbook.facts.get(slot.name)
            wrong = check_slot(slot, fact) if fact is not None else ""
            if wrong:
                span = book.stretch(place, slot.start, slot.end)
                fitting = [name for name, filter_ in FILTERS.items() if fact and fact.type in filter_.takes]
                cure = f"For a {fact.type if fact else 'fact'} there is: {', '.join(fitting) or 'no filter'}."
                yield self.at(book, place, f"{wrong[:1].upper()}{wrong[1:]}.", cure, span=span)
