"""Audiences that no message reaches."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.audiences.words_out import unclear
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class AudienceUnreached(Rule):
    """Messages are meant for an audience, and none of them goes to a channel that reaches it.

    Bad:
    ```yaml
    audiences:
      offline_customers:
        who: Customers without the internet
        offline: true
        reached_by: [call_centre, press]
    ```
    Good:
    ```yaml
    audiences:
      offline_customers:
        who: Customers without the internet
        offline: true
        reached_by: [branch, press]
    ```
    """

    NAME = "audience-unreached"
    CODE = "A402"
    EFFECT = "These people would hear it from somebody else."

    def check(self, book: Book) -> Iterator[Problem]:
        messages = book.runbook.messages
        for name, audience in book.runbook.audiences.items():
            meant_for: list[str] = []
            for key, noun in messages.items():
                if name in noun.for_:
                    if not set(audience.reached_by).isdisjoint(book.channels(noun)):
                        break
                    meant_for.append(key)
            else:
                if meant_for and not unclear(book):
                    yield self._tell(book, name, meant_for)

    def _tell(self, book: Book, name: str, meant_for: list[str]) -> Problem:
        reached_by = book.runbook.audiences[name].reached_by
        what = f"`{name}` is reached by {', '.join(reached_by) or 'nothing'}, and its messages go elsewhere."
        cure = f"Add one of these channels to `to:` of {', '.join(f'`{key}`' for key in meant_for)}."
        if not reached_by:
            cure = "Write the channels that really reach these people."
        return self.at(book, ("audiences", name, "reached_by"), what, cure)
