"""Roles that nothing gives anything to do."""

from __future__ import annotations

from collections.abc import Set

from crisiscli.rules.book import Book
from crisiscli.rules.readiness.no_lead import lead_written
from crisiscli.rules.references.unused import Unused
from crisiscli.steps.switch import Switch


class UnusedRole(Unused):
    """A role that no step, call, fact, approval, signal or other role names.

    Without a role `lead` nothing is said: most likely one of them is it (`no-lead`). A runbook that goes on with
    another one (`switch`) takes its roles along, so nothing is said there either.

    Bad:
    ```yaml
    roles:
      scribe:
        title: Scribe
        duty: The timeline
        deputy: press
    ```
    Good:
    ```yaml
    roles:
      scribe:
        title: Scribe
        duty: The timeline
        deputy: press
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: on-the-call
            by: T+4m
            role: lead
            call: [lead, press, it, executive, scribe]
            target: call_open
    ```
    """

    NAME = "unused-role"
    CODE = "R321"
    LEVEL = "warning"
    EFFECT = "Somebody is kept awake for a duty that never comes up, or a duty was given to the wrong role."
    BLOCK = "roles"
    KIND = "role"
    NOBODY = "nothing in the runbook names it"
    CURE = "Give it a step or put it on the call, or delete it."

    def applies(self, book: Book) -> bool:
        return lead_written(book) and not any(isinstance(step, Switch) for _, step in book.steps)

    def used(self, book: Book) -> Set[str]:
        deputies = {role.deputy for name, role in book.runbook.roles.items() if role.deputy and role.deputy != name}
        return {"lead"} | book.named_roles | deputies
