"""Roles that nobody may hold."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import nearest
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.roster import used_roles


class NobodyHolds(Rule):
    """A role has something to do, and nobody in `people.yaml` may hold it.

    Company:
    ```yaml
    people:
      ann: {name: Ann Nowak, roles: [lead, press]}
      bob: {name: Bob Ionescu, roles: [it, executive]}
    ```
    Bad:
    ```yaml
    roles:
      legal:
        title: Legal
        duty: The regulators' clocks
        deputy: lead
    phases:
      - id: later
        title: The first hours
        steps:
          - id: tell-regulator
            role: legal
            do: Tell the regulator.
    ```
    Good:
    ```yaml
    roles:
      legal:
        title: Legal
        duty: The regulators' clocks
        deputy: lead
    phases:
      - id: later
        title: The first hours
        steps:
          - id: tell-regulator
            role: lead
            do: Tell the regulator.
          - id: on-the-call-again
            role: lead
            do: Ask whether somebody can take over the legal questions.
    ```
    """

    NAME = "nobody-holds"
    CODE = "H911"
    LEVEL = "warning"
    EFFECT = "There is no name and no number behind it when its step comes."

    def check(self, book: Book) -> Iterator[Problem]:
        config = book.around.config
        if config is None or not config.people:
            return
        held = {role for person in config.people.values() for role in person.roles}
        for role in used_roles(book):
            if role in held or role == "lead":
                continue
            deputy = book.runbook.roles[role].deputy
            steps_in = f" Its deputy `{deputy}` would have to." if deputy in held and deputy != role else ""
            guess = nearest(role, sorted(held - book.runbook.roles.keys()))
            cure = f"Add `{role}` to the `roles:` of a person in `people.yaml`."
            if guess:
                cure = f"Is `{guess}` in `people.yaml` meant to be `{role}`? If not: add it to a person there."
            what = f"Nobody in `people.yaml` may hold the role `{role}`.{steps_in}"
            yield self.at(book, ("roles", role), what, cure, key=True, here="nobody")
