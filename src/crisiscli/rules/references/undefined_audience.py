"""Audiences that are named and not defined."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.rules.book import Book
from crisiscli.rules.references.undefined import Name, Undefined


class UndefinedAudience(Undefined):
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
    BLOCK = "audiences"
    KIND = "an audience"

    def named(self, book: Book) -> Iterator[Name]:
        for name, message in book.runbook.messages.items():
            for index, audience in enumerate(message.for_):
                yield Name(audience, ("messages", name, "for", index))
        for name, noun in book.runbook.audiences.items():
            for index, audience in enumerate(noun.told_before_or_with):
                yield Name(audience, ("audiences", name, "told_before_or_with", index), but=name)
        for name, gate in book.runbook.gates.items():
            for index, audience in enumerate(gate.leave_out):
                yield Name(audience, ("gates", name, "leave_out", index))
