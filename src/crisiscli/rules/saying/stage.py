"""StageSays: what every text of a stage owes its readers, whatever the facts turn out to be."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from crisiscli.loader.findings import nearest
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Text
from crisiscli.rules.saying.carrying import Hearing
from crisiscli.rules.saying.vocabulary import VOCABULARY, Content, labels

_SHOWN = 3
"""So many sentences that are only sometimes said are shown beside a finding."""


class StageSays(Rule):
    """Base of such rules. A rule names its STAGE; what is owed stands in the vocabulary.

    A sentence counts when it is said whatever the facts turn out to be, or when others then take its place. A text
    may leave something out with `omits:` and `where:`. A short one (post, push, SMS, in-app, spoken, chat) also may
    when everybody who gets it gets another text that says it. A second message of a stage need not repeat what the
    one above it says to the same people.
    """

    STAGE: ClassVar[str]

    def check(self, book: Book) -> Iterator[Problem]:
        hearing: Hearing | None = None
        for text in book.by_stage.get(self.STAGE, ()):
            missing = lacking(self.STAGE, always_said(book, text))
            if not missing or not self.owed(book, text):
                continue
            hearing = hearing or Hearing(book)
            left = [one for one in missing if not hearing.says(text, one) and not hearing.excused(text, one)]
            asked = book.runbook.messages[text.message].must_say
            left = [one for one in left if not asked or not _told_by_must_say(text, one, asked)]
            if left:
                yield tell(self, book, text, left)

    def owed(self, book: Book, text: Text) -> bool:
        """False for a message that only our own people get, and for a language that this runbook does not speak."""
        languages = book.runbook.languages
        if text.language not in languages.must and text.language not in languages.follow:
            return False
        audiences = book.runbook.messages[text.message].for_
        return not audiences or not book.runbook.insiders().issuperset(audiences)


def _told_by_must_say(text: Text, content: Content, asked: Sequence[str]) -> bool:
    """Whether `must_say:` asks for one of its labels and the text has none of that name: told once is enough."""
    said = {sentence.label for sentence in text.leaf.body}
    return any(label in content.labels and label not in said and label not in text.leaf.omits for label in asked)


def always_said(book: Book, text: Text) -> tuple[str, ...]:
    """The labels of the sentences that are said whatever the facts turn out to be."""
    elements = book.runbook.elements
    return tuple([one.label for one in text.leaf.body if one.when is None and one.label not in elements])


@functools.lru_cache(maxsize=4096)
def lacking(stage: str, said: tuple[str, ...]) -> tuple[Content, ...]:
    """What a stage owes and none of these labels counts for."""
    return tuple(content for content in VOCABULARY[stage] if content.labels.isdisjoint(said))


def tell(rule: Rule, book: Book, text: Text, missing: Sequence[Content]) -> Problem:
    """One Problem for one text, with everything it does not say."""
    others = [
        Label(book.document.span(text.below(sentence.place), key=True), "said only in some cases")
        for sentence in text.leaf.body
        if any(sentence.label in content.labels for content in missing)
    ]
    in_some = "always say " if others else "say "
    what = f"The text for `{text.source}` in `{text.language}` does not {in_some}{listed(c.says for c in missing)}."
    return rule.at(book, text.place, what, _cure(text, missing), key=True, others=others[:_SHOWN])


def listed(parts: Iterable[str]) -> str:
    """`a`, `a, nor b`, `a, b, nor c`."""
    found = list(parts)
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + ", nor " + found[-1]


def _cure(text: Text, missing: Sequence[Content]) -> str:
    for sentence in text.leaf.body:
        for content in missing:
            if sentence.label not in labels() and (guess := nearest(sentence.label, sorted(content.labels))):
                return f"Did you mean `{guess}` where it says `{sentence.label}`?"
    cure = "Add " + " and ".join(f"`- {content.example}`" for content in missing)
    names = ", ".join(content.example.partition(":")[0] for content in missing)
    return f"{cure} Or leave it out on purpose: `omits: [{names}]` and `where: ...`, the place that says it."
