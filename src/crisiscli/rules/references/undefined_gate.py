"""Gates that are named and not defined."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.rules.book import Book
from crisiscli.rules.references.undefined import Name, Undefined


class UndefinedGate(Undefined):
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
    BLOCK = "gates"
    KIND = "a gate"

    def named(self, book: Book) -> Iterator[Name]:
        for name, message in book.runbook.messages.items():
            if message.gate is not None:
                yield Name(message.gate, ("messages", name, "gate"))
