"""Phrased: a rule that looks for phrases of one list, in every language that has the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying
from crisiscli.speech import Hit, Phrases, Speech


class Said(NamedTuple):
    """A phrase that somebody says in a text of the runbook."""

    saying: Saying
    start: int
    end: int
    phrase: str
    sentence: str
    """The sentence around it, in lower case without diacritics."""

    @property
    def words(self) -> str:
        """The words found, as they stand in the text."""
        return self.saying.sentence.text[self.start : self.end]


class Phrased(Rule):
    """Base of such rules. A rule names its LIST and says in `what` and CURE what is wrong with a hit.

    A hit is left alone when its sentence also holds a phrase of the list of the same name with `_fine` at its end.
    """

    LIST: ClassVar[str]
    CURE: ClassVar[str] = ""

    def applies(self, book: Book, saying: Saying) -> bool:
        """Whether this sentence is one the rule is about."""
        return True

    def counts(self, book: Book, said: Said) -> bool:
        """Whether these words, in their sentence, are what the rule is about."""
        return True

    def what(self, saying: Saying, words: str) -> str:
        """The sentence a person reads; `words` are the words found, as they stand."""
        raise TypeError(f"{type(self).__name__} has no words for what it finds")

    def cure(self, book: Book, said: Said) -> str:
        """How to mend it."""
        return self.CURE

    def check(self, book: Book) -> Iterator[Problem]:
        for language, speech in book.heard.get(self.LIST, ()):
            for hit in speech.hits(book.around.listed(language, self.LIST)):
                yield from self._told(book, language, speech, hit)

    def _told(self, book: Book, language: str, speech: Speech[Saying], hit: Hit) -> Iterator[Problem]:
        saying, start = speech.at(hit.start)
        if not self.applies(book, saying):
            return
        said = Said(saying, start, start + hit.end - hit.start, hit.phrase, speech.around(hit))
        if holds(book.around.listed(language, f"{self.LIST}_fine"), said.sentence) or not self.counts(book, said):
            return
        span = book.stretch(saying.place, said.start, said.end)
        yield self.at(book, saying.place, self.what(saying, said.words), self.cure(book, said), span=span)


def holds(phrases: Phrases | None, text: str) -> bool:
    """Whether a text of lower case holds a phrase of a list."""
    return phrases is not None and next(phrases.find(text), None) is not None
