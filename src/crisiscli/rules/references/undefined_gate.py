"""Gates that are named and not defined."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class UndefinedGate(Rule):
    """A message stands behind a gate that is not defined.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        gate: light_tone
        text:
          page:
            en:
              - checking: We are looking into it.
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
              - checking: We are looking into it.
    ```
    """

    NAME = "undefined-gate"
    CODE = "R311"
    EFFECT = "What should hold the message back would not be there."

    def check(self, book: Book) -> Iterator[Problem]:
        for name, message in book.runbook.messages.items():
            if message.gate is not None and message.gate not in book.runbook.gates:
                yield self.undefined(book, "gates", message.gate, ("messages", name, "gate"))
