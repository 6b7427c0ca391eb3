"""Messages that are named and not written."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import Place
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.steps.send import Send


class UndefinedMessage(Rule):
    """A send step, a follow-up or a `sent` condition names a message that is not written.

    Bad:
    ```yaml
    follow_ups:
      - id: closing
        at: T+2d
        send: [closur]
    ```
    Good:
    ```yaml
    follow_ups:
      - id: closing
        at: T+2d
        send: [closure]
    ```
    """

    NAME = "undefined-message"
    CODE = "R306"
    EFFECT = "There would be no words when it is time to send them."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        for name, place in self._named(book):
            if name not in book.runbook.messages:
                yield self.undefined(book, "messages", name, place)

    def _named(self, book: Book) -> Iterator[tuple[str, Place]]:
        for place, step in book.steps:
            for index, name in enumerate(step.send if isinstance(step, Send) else ()):
                yield name, (*place, "send", index)
        for number, follow_up in enumerate(book.runbook.follow_ups):
            yield from ((name, ("follow_ups", number, "send", index)) for index, name in enumerate(follow_up.send))
        yield from ((atom.name, atom.name_place) for atom in book.atoms if atom.kind == "sent")
