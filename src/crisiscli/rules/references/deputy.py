"""Roles without somebody who steps in."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import meant, nearest
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class Deputy(Rule):
    """A role has no deputy, is its own deputy, or names one that is not defined.

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
        roles = book.runbook.roles
        written = book.document.value.get("roles") if isinstance(book.document.value, dict) else None
        for name, role in roles.items():
            if not isinstance(written, dict) or name not in written:
                continue
            others = [other for other in roles if other != name]
            place = ("roles", name, "deputy")
            if role.deputy is None:
                yield self.at(
                    book,
                    place,
                    f"The role `{name}` has no deputy.",
                    "Add `deputy:` with the role that steps in, like `deputy: press`.",
                    key=True,
                )
            elif role.deputy == name:
                yield self.at(book, place, f"The role `{name}` is its own deputy.", meant("", others, "Name one of"))
            elif role.deputy not in roles:
                what = f"The deputy `{role.deputy}` is not a role of this runbook."
                guess = nearest(role.deputy, others)
                near = [Label(book.document.span(("roles", guess), key=True), "nearest definition")] if guess else []
                cure = meant(role.deputy, others, "Known are")
                yield self.at(book, place, what, cure, here="not defined", others=near)
