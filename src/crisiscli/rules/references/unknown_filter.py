"""Filters that sentences may not use."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import listed, nearest
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class UnknownFilter(Rule):
    """A sentence shows a fact through a filter that does not exist, or that does not fit the fact.

    Bad:
    ```yaml
    messages:
      thanks:
        stage: thanks
        for: [customers]
        to: [website]
        approve: [lead]
        text:
          page:
            en:
              - thanks: Thank you for your patience until {{ next_update | tme }}.
    ```
    Good:
    ```yaml
    messages:
      thanks:
        stage: thanks
        for: [customers]
        to: [website]
        approve: [lead]
        text:
          page:
            en:
              - thanks: Thank you for your patience until {{ next_update | time }}.
    ```
    """

    NAME = "unknown-filter"
    CODE = "R313"
    EFFECT = "The text could not be rendered, and would wait."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        from crisiscli.rendering import FILTERS, check_slot

        for _, slot, place in book.slots:
            fact = book.runbook.facts.get(slot.name)
            wrong = check_slot(slot, fact) if fact is not None else ""
            if fact is None or not wrong:
                continue
            fitting = [name for name, filter_ in FILTERS.items() if fact.type in filter_.takes]
            cure = f"For a fact of type `{fact.type}` there is {listed(fitting) or 'no filter'}."
            what = f"{wrong[:1].upper()}{wrong[1:]}."
            if slot.filter and slot.filter not in FILTERS:
                what, guess = f"There is no filter `{slot.filter}`.", nearest(slot.filter, fitting)
                cure = f"Did you mean `{guess}`?" if guess else cure
            elif wrong.startswith(slot.filter):
                what = f"`{slot.filter}`{wrong.removeprefix(slot.filter)}."
            span = book.stretch(place, slot.start, slot.end)
            kind = Label(book.document.span(("facts", slot.name, "type")), "what is shown")
            yield self.at(book, place, what, cure, span=span, here="shown here", others=[kind])
