"""The words to have in hand from the first screen on."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class NoHolding(Rule):
    """No message of the stage `holding`.

    Bad:
    ```yaml
    messages:
      holding:
        stage: explanation
        for: [customers]
        to: [website]
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

    NAME = "no-holding"
    CODE = "D601"
    EFFECT = "There are no first words for the first fifteen minutes."

    def check(self, book: Book) -> Iterator[Problem]:
        if book.runbook.holding() is None:
            what, cure = "There is no holding message.", "Add a message with `stage: holding`."
            yield self.at(book, ("messages",), what, cure, key=True)
