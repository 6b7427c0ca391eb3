"""Languages that the runbook does not speak."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import meant, nearest
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule, Spelling
from crisiscli.rules.book import Book


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
        known = _known(book)
        for text in book.texts:
            if text.language not in known:
                what = f"`{text.language}` is not a language of this runbook."
                yield self.at(book, text.place, what, meant(text.language, known, "Its languages are"), key=True)

    def misspelt(self, book: Book) -> Iterator[Spelling]:
        known = _known(book)
        for text in book.texts:
            guess = nearest(text.language, known) if text.language not in known else ""
            if guess:
                yield Spelling(text.place, text.language, guess, key=True)


def _known(book: Book) -> list[str]:
    return [*book.runbook.languages.must, *book.runbook.languages.follow]
