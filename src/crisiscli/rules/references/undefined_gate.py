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
      thanks:
        stage: thanks
        for: [customers]
        to: [website]
        approve: [lead]
        gate: light_tone
        text:
          page:
            en:
              - thanks: Thank you for your patience.
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
              - thanks: Thank you for your patience.
    ```
    """

    NAME = "undefined-gate"
    CODE = "R311"
    EFFECT = "What should hold the message back would not be there."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        for name, message in book.runbook.messages.items():
            if message.gate is not None and message.gate not in book.runbook.gates:
                yield self.undefined(book, "gates", message.gate, ("messages", name, "gate"))
