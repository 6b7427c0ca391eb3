"""Layouts that texts name and nobody wrote."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import meant
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class UnknownLayout(Rule):
    """A text names a layout that lies in no folder of layouts.

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
              layout: bnaner
              body:
                - thanks: Thank you for your patience.
    ```
    Good:
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
              layout: banner
              body:
                - thanks: Thank you for your patience.
    ```
    """

    NAME = "unknown-layout"
    CODE = "R316"
    EFFECT = "The text could not be laid out, and would wait."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        if book.around.layouts is None:
            return
        known = [name.removesuffix(".j2") for name in book.around.layouts]
        for text in book.texts:
            named = text.leaf.layout
            if named is not None and named.removesuffix(".j2") not in known:
                what, cure = f"There is no layout `{named}`.", meant(named, known, "There are")
                yield self.at(book, (*text.place, "layout"), what, cure)
