"""Languages that the runbook does not speak."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisiscli.loader.findings import meant, nearest
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule, Spelling
from crisiscli.rules.book import Book, Text

MANY = 3
"""Texts in a language from which on the head of the file, not each text, is what has to be mended."""


class UndefinedLanguage(Rule):
    """A text in a language that is neither a `must` nor a `follow` language.

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
            pl:
              - thanks: Dziękujemy za cierpliwość.
    ```
    Good:
    ```yaml
    languages:
      must: [en]
      follow: {pl: 30m}
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
            pl:
              - thanks: Dziękujemy za cierpliwość.
    ```
    """

    NAME = "undefined-language"
    CODE = "R315"
    LEVEL = "warning"
    EFFECT = "The text would never be offered."
    SINCE = "draft"
    SPELLS = True

    def check(self, book: Book) -> Iterator[Problem]:
        strange = _strange(book)
        for language, texts in strange.items():
            if len(texts) < MANY:
                what = f"`{language}` is not a language of this runbook."
                cure = meant(language, _known(book), "Its languages are")
                yield from (self.at(book, text.place, what, cure, key=True) for text in texts)
            else:
                yield self._unnamed(book, language, texts)

    def misspelt(self, book: Book) -> Iterator[Spelling]:
        known = _known(book)
        for language, texts in _strange(book).items():
            guess = nearest(language, known)
            yield from (Spelling(text.place, language, guess, key=True) for text in texts if guess)

    def _unnamed(self, book: Book, language: str, texts: Sequence[Text]) -> Problem:
        """One Problem for a language in which much is written, and that the head of the file does not name."""
        spoken = {text.language for text in book.texts}
        idle = nearest(language, [one for one in _known(book) if one not in spoken])
        what = f"{len(texts)} texts are in `{language}`, which is not a language of this runbook."
        cure = f"Add `{language}` under `languages:`, to `must:` or to `follow:`, like `{language}: 30m`."
        if idle:
            cure = f"Write `{language}` in place of `{idle}` under `languages:`: no text is in `{idle}`."
        others = [Label(book.document.span(text.place, key=True), "written here") for text in texts[:MANY]]
        return self.at(book, ("languages",), what, cure, key=True, here="not named here", others=others)


def _strange(book: Book) -> dict[str, list[Text]]:
    """The texts in other languages than those of the runbook, by language."""
    known, found = _known(book), dict[str, list[Text]]()
    for text in book.texts:
        if text.language not in known:
            found.setdefault(text.language, []).append(text)
    return found


def _known(book: Book) -> list[str]:
    return [*book.runbook.languages.must, *book.runbook.languages.follow]
