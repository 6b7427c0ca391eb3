"""Roles that step in for themselves."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import meant
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class OwnDeputy(Rule):
    """A role names itself as its deputy.

    It looks filled in and is not: the walk would say to call the role whose holder has just not answered.

    Bad:
    ```yaml
    roles:
      it:
        title: IT operations
        duty: What works and what does not
        deputy: it
    ```
    Good:
    ```yaml
    roles:
      it:
        title: IT operations
        duty: What works and what does not
        deputy: lead
    ```
    """

    NAME = "own-deputy"
    CODE = "R327"
    EFFECT = "When its holder does not answer at night, the same number is called again."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        for name, role in book.runbook.roles.items():
            if role.deputy == name:
                others = [other for other in book.runbook.roles if other != name]
                cure = meant("", others, "Name another role:") or "Define a second role, and name it here."
                yield self.at(book, ("roles", name, "deputy"), f"The role `{name}` is its own deputy.", cure)
