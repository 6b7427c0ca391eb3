"""Gates that hold nothing back."""

from __future__ import annotations

from collections.abc import Set

from crisiscli.rules.book import Book
from crisiscli.rules.references.unused import Unused


class UnusedGate(Unused):
    """A gate that no message stands behind.

    A message stands behind a gate when it says `gate:` with its name. Where a light message lacks its gate, only that
    is told (`light-without-gate`).

    Bad:
    ```yaml
    gates:
      calm:
        opens_when:
          - is_attack: no
    ```
    Good:
    ```yaml
    gates:
      calm:
        opens_when:
          - is_attack: no
    messages:
      closure:
        stage: closure
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead, executive]
        gate: calm
        text:
          page:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
          spoken:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
    ```
    """

    NAME = "unused-gate"
    CODE = "R324"
    LEVEL = "warning"
    EFFECT = "What it was meant to hold back can go out at any time."
    BLOCK = "gates"
    KIND = "gate"
    NOBODY = "no message stands behind it"
    CURE = "Write `gate:` with its name in the message it should hold back, or delete it."

    def applies(self, book: Book) -> bool:
        return not any(one.stage == "light" and one.gate is None for one in book.runbook.messages.values())

    def used(self, book: Book) -> Set[str]:
        return {message.gate for message in book.runbook.messages.values() if message.gate}
