"""Roles without somebody who steps in."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class Deputy(Rule):
    """A role has no deputy.

    The deputy is whom the walk names when the holder does not answer. A role that is its own deputy (`own-deputy`) or
    names one that is not there (`undefined-role`) is told by itself, as an error.

    Bad:
    ```yaml
    roles:
      lead:
        title: Crisis lead
        duty: The call and the decisions
        deputy: press
      press:
        title: Press desk
        duty: The words
    ```
    Good:
    ```yaml
    roles:
      lead:
        title: Crisis lead
        duty: The call and the decisions
        deputy: press
      press:
        title: Press desk
        duty: The words
        deputy: lead
    ```
    """

    NAME = "deputy"
    CODE = "R302"
    LEVEL = "warning"
    EFFECT = "When its holder does not answer at night, there is nobody to call next."

    def check(self, book: Book) -> Iterator[Problem]:
        written = book.document.value.get("roles") if isinstance(book.document.value, dict) else None
        for name, role in book.runbook.roles.items():
            if role.deputy is None and isinstance(written, dict) and name in written:
                what = f"The role `{name}` has no deputy."
                cure = "Add `deputy:` with the role that steps in, like `deputy: press`."
                yield self.at(book, ("roles", name, "deputy"), what, cure, key=True)
