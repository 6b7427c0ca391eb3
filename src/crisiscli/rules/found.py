"""Found: a rule whose Problems reading or loading the file already found; here it has its name, code and example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from crisiscli.problem import Problem
from crisiscli.rules.base import Profile, Rule
from crisiscli.rules.book import Book


class Found(Rule):
    """Base of the rules whose Problems the loader brings along."""

    SINCE: ClassVar[Profile] = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        yield from book.found.get(self.NAME, ())
