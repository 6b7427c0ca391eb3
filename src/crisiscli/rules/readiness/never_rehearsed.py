"""Runbooks that nobody has drilled."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class NeverRehearsed(Rule):
    """`rehearsed:` is empty: nobody has drilled this runbook yet.

    That is worth knowing and no mistake. It stays empty until somebody has done it; a day that is made up is worse.

    Bad:
    ```yaml
    rehearsed:
    ```
    Good:
    ```yaml
    rehearsed:
      on: 2026-11-21
      by: ann
    ```
    """

    NAME = "never-rehearsed"
    CODE = "H904"
    LEVEL = "note"
    EFFECT = "The first time it is walked would be the real one."
    SINCE = "strict"

    def check(self, book: Book) -> Iterator[Problem]:
        value = book.document.value
        if book.around.today is None or not isinstance(value, dict) or value.get("rehearsed") is not None:
            return
        place = ("rehearsed",) if "rehearsed" in value else ("id",)
        cure = f"Run `crisis drill {book.runbook.id}` once, then write the day and who led it under `rehearsed:`."
        yield self.at(book, place, "Nobody has rehearsed this runbook yet.", cure, key=place == ("rehearsed",))
