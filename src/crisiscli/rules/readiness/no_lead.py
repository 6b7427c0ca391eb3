"""The role that decides."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class NoLead(Rule):
    """No role called `lead`.

    Bad:
    ```yaml
    roles:  # all of them
      boss:
        title: Crisis lead
        duty: The call and the decisions
        deputy: press
      press:
        title: Press desk
        duty: The words
        deputy: boss
      it:
        title: IT operations
        duty: What works and what does not
        deputy: press
      executive:
        title: Executive
        duty: The last word
        deputy: press
    ```
    Good:
    ```yaml
    roles:  # all of them
      lead:
        title: Crisis lead
        duty: The call and the decisions
        deputy: press
      press:
        title: Press desk
        duty: The words
        deputy: lead
      it:
        title: IT operations
        duty: What works and what does not
        deputy: press
      executive:
        title: Executive
        duty: The last word
        deputy: press
    ```
    """

    NAME = "no-lead"
    CODE = "D602"
    EFFECT = "Steps and approvals without a role belong to the lead: nobody would hold them."

    def check(self, book: Book) -> Iterator[Problem]:
        if not lead_written(book):
            cure, others = "Call the role that decides `lead`.", []
            idle = [name for name in book.runbook.roles if name not in (*_named(book), "lead")]
            if len(idle) == 1:
                cure = f"Is it `{idle[0]}`, whom nothing names? Then call that role `lead`."
                others = [Label(book.document.span(("roles", idle[0]), key=True), "nothing names this role")]
            yield self.at(book, ("roles",), "There is no role called `lead`.", cure, key=True, others=others)


def lead_written(book: Book) -> bool:
    """Whether the file has a role `lead`; True as well where its roles could not be read, which is told by itself."""
    written = book.document.value.get("roles") if isinstance(book.document.value, dict) else None
    return not isinstance(written, dict) or "lead" in written


def _named(book: Book) -> frozenset[str]:
    """The roles that something names, deputies of others among them."""
    deputies = [role.deputy for name, role in book.runbook.roles.items() if role.deputy and role.deputy != name]
    return book.named_roles | set(deputies)
