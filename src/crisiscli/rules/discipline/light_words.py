"""Jokes and emoji in serious texts."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.discipline.own_words import OwnWords, public

_MAY = ("light", "thanks", "closure")
"""The stages in which a smile is no mistake of itself."""


class LightWords(OwnWords):
    """A joke, a smiley or an emoji in a text that is not of stage `light`.

    Somebody who cannot pay reads it too. What is light has its own stage, behind a gate. The wordings are in the list
    `light`; emoji are found by themselves.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - empathy: Oops, you cannot get into our app, and we are sorry.
              - known: The app does not open for many of you.
              - checking: We do not know the cause yet. We are looking into it.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours on our website and by phone.
          spoken:
            en:
              - empathy: Our app does not open, and we are sorry.
              - checking: We do not know the cause yet.
              - next_update: More here at {{ next_update }}.
              - verify: The same words stand on our website.
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - empathy: You cannot get into our app, and we are sorry.
              - known: The app does not open for many of you.
              - checking: We do not know the cause yet. We are looking into it.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours on our website and by phone.
          spoken:
            en:
              - empathy: Our app does not open, and we are sorry.
              - checking: We do not know the cause yet.
              - next_update: More here at {{ next_update }}.
              - verify: The same words stand on our website.
    ```
    """

    NAME = "light-words"
    CODE = "D610"
    LEVEL = "warning"
    EFFECT = "Whoever was harmed reads that we find it funny."
    LIST = "light"
    CURE = "Say it plainly. A light word needs a message of stage `light` with a gate."

    def applies(self, book: Book, saying: Saying) -> bool:
        if not super().applies(book, saying) or not public(book, saying):
            return False
        return book.runbook.messages[saying.text.message].stage not in _MAY

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` is light, in a serious text."

    def check(self, book: Book) -> Iterator[Problem]:
        yield from super().check(book)
        for speech in book.speeches.values():
            if _holds_emoji(speech.text):
                for found in _emoji().finditer(speech.text):
                    saying, start = speech.at(found.start())
                    if self.applies(book, saying):
                        span = book.stretch(saying.place, start, start + len(found[0]))
                        yield self.at(book, saying.place, self.what(saying, found[0]), self.CURE, span=span)


def _holds_emoji(text: str) -> bool:
    """Whether a letter of the text lies beyond the first 65,536, as all newer emoji do: two units in UTF-16."""
    return not text.isascii() and len(text.encode("utf-16-le")) > 2 * len(text)


@functools.cache
def _emoji() -> re.Pattern[str]:
    return re.compile("[\U0001f000-\U0001faff]+")
