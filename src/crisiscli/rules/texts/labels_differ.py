"""Two languages of one text that do not say the same things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter

from crisiscli.loader.texts import UNLABELLED
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.begun import begun
from crisiscli.rules.book import Book, Text

_LABEL = attrgetter("label")


class LabelsDiffer(Rule):
    """Two languages of one text have other sentences, or the same ones in another order.

    Labels make it possible to see this without knowing the languages. The first language of `languages:` is the one
    the others are held against. A text that leaves something out on purpose names it under `omits:` and says `where`
    it is said. A language that is missing altogether is not told here.

    Bad:
    ```yaml
    languages:
      must: [en]
      follow: {pl: 30m}
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: We are looking into it.
              - verify: You find every word of ours on our website.
            pl:
              - advice: Sprawdzamy to.
    ```
    Good:
    ```yaml
    languages:
      must: [en]
      follow: {pl: 30m}
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: We are looking into it.
              - verify: You find every word of ours on our website.
            pl:
              - advice: Sprawdzamy to.
              - verify: Każde nasze słowo znajdziesz na naszej stronie.
    ```
    """

    NAME = "labels-differ"
    CODE = "T701"
    LEVEL = "warning"
    EFFECT = "Readers of one language would not be told what the others are told."

    def check(self, book: Book) -> Iterator[Problem]:
        wanted = book.runbook.languages
        order = (*wanted.must, *wanted.follow)
        if len(order) < 2:
            return
        for texts in _unlike(book.texts):
            first = min(texts, key=lambda text: order.index(text.language) if text.language in order else len(order))
            for text in texts:
                if _labels(text) != _labels(first):
                    yield from self._compare(book, first, text)

    def _compare(self, book: Book, first: Text, text: Text) -> Iterator[Problem]:
        ours, theirs = _labels(first), _labels(text)
        # a label that the message must say is missed by must-say
        asked = {
            name for name in book.runbook.messages[text.message].must_say if name not in ours or name not in theirs
        }
        unread = {UNLABELLED, *begun(book, first), *begun(book, text)}
        allowed = {*first.leaf.omits, *text.leaf.omits, *asked, *unread}
        lacking = [label for label in (Counter(ours) - Counter(theirs)) if label not in allowed]
        extra = [label for label in (Counter(theirs) - Counter(ours)) if label not in allowed]
        where = f"`{text.message}` for `{text.source}`"
        if lacking:
            what = f"In {where} the {text.language} text has no {_listed(lacking)}; the {first.language} text has."
            cure = f"Write {_listed(lacking)} in {text.language} too"
            cure += "." if lacking == ["title"] else ", or leave it out on purpose under `omits:` and say `where`."
            others = _marks(book, first, lacking, f"here in {first.language}")
            yield self.at(book, text.place, what, cure, key=True, here="not said here", others=others)
        if extra:
            what = f"In {where} the {text.language} text has {_listed(extra)}; the {first.language} text has not."
            cure = f"Write {_listed(extra)} in {first.language} too, or delete it here."
            [mark, *others] = _marks(book, text, extra, f"here in {text.language}")
            others.append(Label(book.document.span(first.place, key=True), "not said here"))
            yield self.at(book, text.place, what, cure, span=mark.span, here=mark.text, others=others)
        if not lacking and not extra:
            yield from self._order(book, first, text, where)

    def _order(self, book: Book, first: Text, text: Text, where: str) -> Iterator[Problem]:
        both = {*_labels(first)} & {*_labels(text)}
        ours, theirs = ([label for label in _labels(one) if label in both] for one in (first, text))
        if ours == theirs or sorted(ours) != sorted(theirs):
            return
        moved = next(label for label, other in zip(theirs, ours, strict=True) if label != other)
        what = f"In {where} the {text.language} text says `{moved}` in another place than the {first.language} text."
        cure = f"Put the sentences in the order of {first.language}: {', '.join(ours)}."
        [mark] = _marks(book, text, [moved], "")
        others = _marks(book, first, [moved], f"here in {first.language}")
        yield self.at(book, text.place, what, cure, span=mark.span, here=f"here in {text.language}", others=others)


def _unlike(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """The languages of each message and source that do not all have the same labels."""
    seen: dict[tuple[str, str], None] = {}
    last, labels = None, []
    for text in texts:
        leaf = text.leaf
        known = [leaf.title is None, *map(_LABEL, leaf.body)]
        if last is not None and known != labels and last.source == text.source and last.message == text.message:
            seen[text.message, text.source] = None
        last, labels = text, known
    for message, source in seen:
        yield [text for text in texts if text.message == message and text.source == source]


def _labels(text: Text) -> list[str]:
    return [sentence.label for sentence in text.leaf.sentences()]


def _marks(book: Book, text: Text, labels: Sequence[str], words: str) -> list[Label]:
    places = {sentence.label: text.below(sentence.place) for sentence in text.leaf.sentences()}
    return [Label(book.document.span(places[label], key=True), words) for label in labels]


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(f"`{label}`" for label in labels)
