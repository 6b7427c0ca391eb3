"""Sentences that shout."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying

FEW = 8
"""So many letters in capitals may be a name: POLPHARMA."""


class Shouting(Rule):
    """A whole sentence stands in capitals, or exclamation marks follow one another.

    Capitals are read more slowly, a screen reader may spell them, and a warning that shouts frightens more than it
    helps. It is also how forged messages write.

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: DO NOT LOG IN TODAY.
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
              - advice: Please do not log in today.
    ```
    """

    NAME = "shouting"
    CODE = "T707"
    LEVEL = "warning"
    EFFECT = "It frightens people who are worried already, and looks like a forgery."
    SINCE = "strict"

    def check(self, book: Book) -> Iterator[Problem]:
        marked = any("!" in speech.text for speech in book.speeches.values())
        for saying in book.sayings:
            text = saying.sentence.text
            if text.isupper() and sum(map(str.isalpha, text)) > FEW and "{{" not in text:
                what = f"A sentence of the {saying.text.language} text of `{saying.text.message}` stands in capitals."
                yield self.at(book, saying.place, what, "Write it as any other sentence.", here="in capitals")
            if marked and "!" in text:
                yield from self._marks(book, saying, text)

    def _marks(self, book: Book, saying: Saying, text: str) -> Iterator[Problem]:
        start = text.find("!!")
        if start >= 0:
            end = len(text) - len(text[start:].lstrip("!"))
            what = f"`{text[start:end]}` in the {saying.text.language} text of `{saying.text.message}` shouts."
            span = book.stretch(saying.place, start, end)
            yield self.at(book, saying.place, what, "End the sentence with a full stop.", span=span)
