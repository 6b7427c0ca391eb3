"""Hours of the week without anybody who leads."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.roster import gap, who_could


class LeadGap(Rule):
    """There are hours of the week in which nobody in `people.yaml` may hold the lead, the deputy's people counted in.

    Company:
    ```yaml
    people:
      ann: {name: Ann Nowak, roles: [lead, press], hours: "Mon-Fri 08:00-18:00"}
      bob: {name: Bob Ionescu, roles: [it, executive]}
    ```
    Bad:
    ```yaml
    roles:
      lead:
        title: Crisis lead
        duty: The call and the decisions
        deputy: press
    ```
    Good:
    ```yaml
    roles:
      lead:
        title: Crisis lead
        duty: The call and the decisions
        deputy: it
    ```
    """

    NAME = "lead-gap"
    CODE = "H909"
    EFFECT = "A crisis in those hours begins with nobody who decides."

    def check(self, book: Book) -> Iterator[Problem]:
        config = book.around.config
        if config is None or not config.people or "lead" not in book.runbook.roles:
            return
        found = gap(book, config, "lead")
        if found is None and not who_could(book, config, "lead"):
            what, cure = "Nobody in `people.yaml` may hold the lead.", "Give somebody `roles: [lead]` there."
            yield self.at(book, ("roles", "lead"), what, cure, key=True, here="nobody")
        elif found is not None:
            what = f"Nobody holds the lead from {found}."
            cure = (
                f"Give somebody in `people.yaml` the role `lead` or its deputy's for those hours, or widen the `hours` "
                f"of {who_could(book, config, 'lead')}."
            )
            yield self.at(book, ("roles", "lead"), what, cure, key=True, here="nobody in those hours")
