"""Hours of the week without anybody who holds a role."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.roster import gap, used_roles, who_could


class RosterGap(Rule):
    """There are hours of the week in which nobody in `people.yaml` may hold a role, the deputy's people counted in.

    A role that nobody at all may hold is told by `nobody-holds` alone.

    Company:
    ```yaml
    people:
      ann: {name: Ann Nowak, roles: [lead, press]}
      bob: {name: Bob Ionescu, roles: [it], hours: "Mon-Fri 08:00-18:00, Sat 09:00-13:00"}
      eve: {name: Eve Stan, roles: [executive], hours: "Mon-Fri 08:00-18:00"}
    ```
    Bad:
    ```yaml
    roles:
      it:
        title: IT operations
        duty: What works and what does not
        deputy: executive
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

    NAME = "roster-gap"
    CODE = "H910"
    LEVEL = "warning"
    EFFECT = "In those hours the questions of this role stay with the lead."

    def check(self, book: Book) -> Iterator[Problem]:
        config = book.around.config
        if config is None or not config.people:
            return
        for role in used_roles(book):
            found = gap(book, config, role) if role != "lead" and config.holds(role) else None
            if found is not None:
                what = f"Nobody holds `{role}` from {found}."
                cure = (
                    f"Give somebody in `people.yaml` the role `{role}` for those hours, or widen the `hours` of "
                    f"{who_could(book, config, role)}."
                )
                yield self.at(book, ("roles", role), what, cure, key=True, here="nobody in those hours")
