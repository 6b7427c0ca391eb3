"""Audiences that nobody speaks to."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.audiences.words_out import unclear
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class NotSpokenTo(Rule):
    """An audience is defined, and no message is meant for it. It may read along somewhere, but nobody has thought
    about what it needs to hear: seniors and people without an account are the ones a busy hour forgets.

    Bad:
    ```yaml
    audiences:
      seniors:
        who: Customers who would rather ask a person
        reached_by: [branch, ivr]
    ```
    Good:
    ```yaml
    audiences:
      customers:
        who: Customers, also those who would rather ask a person
        reached_by: [website, ivr, branch]
    ```
    """

    NAME = "not-spoken-to"
    CODE = "A409"
    EFFECT = "These people would hear it from somebody else."

    def check(self, book: Book) -> Iterator[Problem]:
        messages = book.runbook.messages
        spoken_to = {name for message in messages.values() for name in message.for_}
        for name, audience in book.runbook.audiences.items() if messages else ():
            if name not in spoken_to and not unclear(book):
                ways = set(audience.reached_by)
                near = next((key for key, noun in messages.items() if ways & set(book.channels(noun))), "")
                near = f", such as `{near}`" if near else ""
                cure = f"Add `{name}` to the `for:` of a message{near}."
                yield self.at(book, ("audiences", name), f"No message is for `{name}`.", cure, key=True)
