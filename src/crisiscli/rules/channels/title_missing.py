"""Texts without the title their channel shows first."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book

WANTED = {
    "push": "On the lock screen the name of the app alone would stand above them",
    "press": "Somebody else would write the headline",
}
"""Channels on which a text without a title can go and should not. E-mail and status page take none at all."""


class TitleMissing(Rule):
    """A push or a press release has no title.

    A push without one shows the name of the app alone, as advertising does, and people swipe it away. A press release
    without a headline gets one from somebody else.

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, push]
        text:
          page:
            en:
              - advice: We never ask for a code. Whoever asks for one is not us.
          push:
            en:
              - advice: We never ask for a code. Whoever asks for one is not us.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, push]
        text:
          page:
            en:
              - advice: We never ask for a code. Whoever asks for one is not us.
          push:
            en:
              title: How to tell that it is us
              body:
                - advice: We never ask for a code. Whoever asks for one is not us.
    ```
    """

    NAME = "title-missing"
    CODE = "C503"
    LEVEL = "warning"
    EFFECT = "Fewer people would look at it, or others would write its headline."

    def check(self, book: Book) -> Iterator[Problem]:
        for channel, why in WANTED.items():
            for text in book.carried.get(channel, ()):
                if not text.leaf.title:
                    what = f"The {text.language} text of `{text.message}` for `{channel}` has no title."
                    cure = f"Write `title:`, and put the sentences under `body:`. {why}."
                    yield self.at(book, text.place, what, cure, key=True, here="no title")
