"""The role that decides."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
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
        written = book.document.value.get("roles") if isinstance(book.document.value, dict) else None
        if isinstance(written, dict) and "lead" not in written:
            what, cure = "There is no role called `lead`.", "Call the role that decides `lead`."
            yield self.at(book, ("roles",), what, cure, key=True)
