"""Audiences that are named and not defined."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class UndefinedAudience(Rule):
    """A message, a gate, or an order of telling, names an audience that is not defined.

    Bad:
    ```yaml
    audiences:
      customers:
        who: Customers
        reached_by: [website]
        told_before_or_with: [everybody]
    ```
    Good:
    ```yaml
    audiences:
      customers:
        who: Customers
        reached_by: [website]
    ```
    """

    NAME = "undefined-audience"
    CODE = "R308"
    EFFECT = "The words would reach nobody under that name, and nobody would notice."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        known = book.runbook.audiences
        for name, message in book.runbook.messages.items():
            for index, audience in enumerate(message.for_):
                if audience not in known:
                    yield self.undefined(book, "audiences", audience, ("messages", name, "for", index))
        for name, noun in known.items():
            for index, audience in enumerate(noun.told_before_or_with):
                if audience not in known:
                    place = ("audiences", name, "told_before_or_with", index)
                    yield self.undefined(book, "audiences", audience, place)
        for name, gate in book.runbook.gates.items():
            for index, audience in enumerate(gate.leave_out):
                if audience not in known:
                    yield self.undefined(book, "audiences", audience, ("gates", name, "leave_out", index))
