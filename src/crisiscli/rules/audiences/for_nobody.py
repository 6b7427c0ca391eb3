"""Messages that are meant for no audience."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class ForNobody(Rule):
    """A message does not say whom it is for. It can still be sent, but it counts as said to nobody: whether everybody
    was reached, whether our own people heard it first, and whom the all-clear owes a word, are all read from `for:`.

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        to: [website]
        text:
          page:
            en:
              - advice: We never ask for codes.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: We never ask for codes.
    ```
    """

    NAME = "for-nobody"
    CODE = "A411"
    LEVEL = "warning"
    EFFECT = "The record could not show that anybody was told."

    def check(self, book: Book) -> Iterator[Problem]:
        for key, message in book.runbook.messages.items():
            if not message.for_ and not book.found.get("wrong-value"):
                names = [f"`{name}`" for name in book.runbook.audiences]
                listed = f", such as {names[0]}" if names else ""
                cure = f"Add `for:` with the audiences it is meant for{listed}."
                yield self.at(book, ("messages", key), f"`{key}` is for nobody.", cure, key=True)
