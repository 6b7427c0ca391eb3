"""Runbooks that a `switch` names and nobody can find."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import meant
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.steps.switch import Switch


class UndefinedRunbook(Rule):
    """A `switch` names a runbook that lies in no folder of runbooks, or the runbook it stands in.

    A runbook is named by the `id:` at its head, which need not be the name of its file.

    Bad:
    ```yaml
    phases:
      - id: later
        title: The first hours
        steps:
          - id: which
            role: lead
            switch:
              full-outtage: Customers cannot use us
    ```
    Good:
    ```yaml
    phases:
      - id: later
        title: The first hours
        steps:
          - id: which
            role: lead
            switch:
              full-outage: Customers cannot use us
    ```
    """

    NAME = "undefined-runbook"
    CODE = "R325"
    EFFECT = "She chooses it at night, and the walk cannot go on with it."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        known = book.around.runbooks
        if not known:
            return
        for place, step in book.steps:
            for name in step.switch if isinstance(step, Switch) else ():
                where = (*place, "switch", name)
                if name == book.runbook.id:
                    cure = "Name the runbook to go on with, or take the line out."
                    yield self.at(book, where, f"The switch leads to `{name}`, this very runbook.", cure, key=True)
                elif name not in known:
                    others = sorted(other for other in known if other != book.runbook.id)
                    cure = meant(name, others, "There are") or "Write that runbook first."
                    yield self.at(book, where, f"There is no runbook `{name}`.", cure, key=True, here="not found")
