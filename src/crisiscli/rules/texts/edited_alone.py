"""One language of a text that was edited while another stayed as it was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Text


class EditedAlone(Rule):
    """One language of a text says something else than at the revision lint compares with (`--base REV`), and another
    language of the same text still says the old words.

    Corrected spelling, accents, punctuation and spacing are no other words. A change that really concerns one language
    only is let through by an ignore comment with its reason.

    Before:
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
            pl:
              - advice: Sprawdzamy to.
    ```
    Bad:
    ```yaml
    version: 2
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
              - advice: We are looking into it. Please do not log in.
            pl:
              - advice: Sprawdzamy to.
    ```
    Good:
    ```yaml
    version: 2
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
              - advice: We are looking into it. Please do not log in.
            pl:
              - advice: Sprawdzamy to. Prosimy, nie loguj się.
    ```
    """

    NAME = "edited-alone"
    CODE = "T702"
    LEVEL = "warning"
    EFFECT = "Readers of one language would get the new words, the others the old ones."

    def check(self, book: Book) -> Iterator[Problem]:
        if book.base is None or book.base.runbook is None:
            return
        before = book.base.runbook.messages
        for name, message in book.runbook.messages.items():
            if name in before:
                for source, languages in message.text.items():
                    yield from self._compare(book, name, source, languages, before[name].text.get(source, {}))

    def _compare(
        self, book: Book, name: str, source: str, now: Mapping[str, Any], before: Mapping[str, Any]
    ) -> Iterator[Problem]:
        both = [language for language in now if language in before]
        same = [language for language in both if now[language] == before[language]]
        if len(both) < 2 or not same or len(same) == len(both):
            return
        texts = {text.language: text for text in book.texts if text.message == name and text.source == source}
        for language in both:
            index = None if language in same else _first_change(_sentences(now[language]), _sentences(before[language]))
            if index is not None:
                yield self._tell(book, texts[language], index, [texts[other] for other in same])

    def _tell(self, book: Book, text: Text, index: int, others: list[Text]) -> Problem:
        sentences = list(text.leaf.sentences())
        changed = sentences[min(index, len(sentences) - 1)]
        marks = []
        for other in others:
            twin = next((one for one in other.leaf.sentences() if one.label == changed.label), None)
            place = other.below(twin.place) if twin else other.place
            marks.append(Label(book.document.span(place, key=twin is None), "unchanged"))
        names = " and ".join(other.language for other in others)
        what = f"In `{text.message}` for `{text.source}` the {text.language} text was edited and {names} was not."
        cure = f"Say the same in {names}; if the change is about {text.language} only, ignore this with the reason."
        return self.at(book, text.below(changed.place), what, cure, here="edited", others=marks)


def _sentences(leaf: Any) -> list[tuple[str, str]]:
    """Label and words of each sentence of a leaf, its title first."""
    title = [("title", leaf["title"])] if isinstance(leaf, dict) and leaf.get("title") else []
    items = leaf.get("body", []) if isinstance(leaf, dict) else leaf
    found = [(next(key for key in item if key != "when"), item) for item in items]
    return [(label, _plain(str(words))) for label, words in [*title, *((key, item[key]) for key, item in found)]]


def _plain(words: str) -> str:
    """Words without case, accents, marks and spacing."""
    letters = unicodedata.normalize("NFKD", words.casefold().replace("ł", "l"))
    return re.sub(r"[\W_]+", " ", "".join(one for one in letters if not unicodedata.combining(one))).strip()


def _first_change(now: list[tuple[str, str]], before: list[tuple[str, str]]) -> int | None:
    """The number of the first sentence that says something else; None when none does."""
    if now == before:
        return None
    pairs = zip(now, before, strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if one != other), min(len(now), len(before)))
