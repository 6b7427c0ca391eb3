"""Weighty words that the lead alone would approve by default."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book

WEIGHTY = ("explanation", "light", "lessons", "closure")
"""Stages that admit a fault, joke, or promise money."""


class NoApprover(Rule):
    """An explanation, a light word, the lessons or the closure names nobody who approves it.

    Without `approve` the lead's yes is enough. These texts admit a fault or promise money: decide before the crisis
    whose yes they need, and write it down, even when it is the lead's.

    Bad:
    ```yaml
    messages:
      closure:
        stage: closure
        for: [customers, offline_customers]
        to: [website, ivr, branch]
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
    Good:
    ```yaml
    messages:
      closure:
        stage: closure
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead, executive]
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

    NAME = "no-approver"
    CODE = "D617"
    LEVEL = "warning"
    EFFECT = "At night one tired person alone would admit a fault, or promise money, for the whole company."

    def check(self, book: Book) -> Iterator[Problem]:
        for name, message in book.runbook.messages.items():
            if message.approve or message.stage not in WEIGHTY:
                continue
            gate = book.runbook.gates.get(message.gate) if message.gate else None
            if gate is None or not gate.approve:
                what = f"Nobody is named who approves `{name}` (stage `{message.stage}`)."
                cure = "Add the roles whose yes it needs, such as `approve: [lead, executive]`."
                yield self.at(book, ("messages", name), what, cure, key=True)
