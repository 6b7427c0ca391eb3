"""Messages that are named and not written."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.rules.book import Book
from crisiscli.rules.references.undefined import Name, Undefined
from crisiscli.steps.send import Send


class UndefinedMessage(Undefined):
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
    BLOCK = "messages"
    KIND = "a message"

    def named(self, book: Book) -> Iterator[Name]:
        for place, step in book.steps:
            for index, name in enumerate(step.send if isinstance(step, Send) else ()):
                yield Name(name, (*place, "send", index))
        for number, follow_up in enumerate(book.runbook.follow_ups):
            for index, name in enumerate(follow_up.send):
                yield Name(name, ("follow_ups", number, "send", index))
        for atom in book.atoms:
            if atom.kind == "sent":
                yield Name(atom.name, atom.name_place)
