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
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - empathy: You cannot get into our app, and we are sorry.
              - known: The app does not open for many of you.
              - checking: We do not know the cause yet. We are looking into it.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours on our website and by phone.
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
              - empathy: You cannot get into our app, and we are sorry.
              - known: The app does not open for many of you.
              - checking: We do not know the cause yet. We are looking into it.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours on our website and by phone.
    ```
    """

    NAME = "no-holding"
    CODE = "D601"
    EFFECT = "There are no first words for the first fifteen minutes."

    def check(self, book: Book) -> Iterator[Problem]:
        if book.runbook.holding() is None:
            what, cure = "There is no holding message.", "Add a message with `stage: holding`."
            yield self.at(book, ("messages",), what, cure, key=True)
