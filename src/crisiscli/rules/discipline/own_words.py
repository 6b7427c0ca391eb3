"""OwnWords: a rule about words we say ourselves; what we warn of, or forbid, may be quoted."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.phrased import Phrased

QUOTED = ("genuine", "fraud", "doubt", "imitations", "scam", "phishing", "do_not_say", "troll")
"""Labels of sentences that show what others say, beside those that begin with `never`."""


def quoted(label: str) -> bool:
    """Whether a sentence under this label shows words in order to warn of them, or to forbid them."""
    return label.startswith("never") or label in QUOTED


def public(book: Book, saying: Saying) -> bool:
    """Whether the world reads or hears it, and not our own people alone."""
    return book.runbook.messages[saying.text.message].stage != "brief"


class OwnWords(Phrased):
    """Base of such rules. One sentence is told of once, however many phrases it holds."""

    def applies(self, book: Book, saying: Saying) -> bool:
        return not quoted(saying.sentence.label)

    def check(self, book: Book) -> Iterator[Problem]:
        last = None
        for problem in super().check(book):
            place = (problem.span.line, problem.path)
            if place != last:
                yield problem
            last = place
