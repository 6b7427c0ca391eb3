"""Messages that nothing sends."""

from __future__ import annotations

from collections.abc import Set

from crisiscli.rules.book import Book
from crisiscli.rules.references.unused import Unused


class UnusedMessage(Unused):
    """A message that no step and no follow-up sends.

    It can still be sent by hand, by somebody who remembers that it is there.

    Bad:
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
    follow_ups:
      - id: thank-them
        at: T+1d
        send: [thanks]
    ```
    """

    NAME = "unused-message"
    CODE = "R323"
    LEVEL = "warning"
    EFFECT = "The words are written and approved, and nobody is told to send them."
    BLOCK = "messages"
    KIND = "message"
    NOBODY = "no step and no follow-up sends it"
    CURE = "Add it to a step or a follow-up, like `send: [thanks]`, or delete it."

    def used(self, book: Book) -> Set[str]:
        return book.course.sent.keys()
