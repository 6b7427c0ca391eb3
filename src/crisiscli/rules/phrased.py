"""Phrased: a rule that looks for phrases of one list, in every language that has the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying


class Phrased(Rule):
    """Base of such rules. A rule names its LIST and says in `what` and CURE what is wrong with a hit."""

    LIST: ClassVar[str]
    CURE: ClassVar[str] = ""

    def applies(self, book: Book, saying: Saying) -> bool:
        """Whether this sentence is one the rule is about."""
        return True

    def what(self, saying: Saying, words: str) -> str:
        """The sentence a person reads; `words` are the words found, as they stand."""
        raise TypeError(f"{type(self).__name__} has no words for what it finds")

    def check(self, book: Book) -> Iterator[Problem]:
        for language, speech in book.speeches.items():
            for saying, start, end, _ in speech.find(book.around.listed(language, self.LIST)):
                if self.applies(book, saying):
                    words = saying.sentence.text[start:end]
                    span = book.stretch(saying.place, start, end)
                    yield self.at(book, saying.place, self.what(saying, words), self.CURE, span=span)
