"""Roles that are named and not defined."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import Place
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.steps.call import Call


class UndefinedRole(Rule):
    """A step, a call, a fact, an approval or a signal names a role that is not defined.

    Bad:
    ```yaml
    phases:
      - id: first
        title: First
        steps:
          - id: stop
            role: messaging
            do: Stop the sending.
    ```
    Good:
    ```yaml
    phases:
      - id: first
        title: First
        steps:
          - id: stop
            role: press
            do: Stop the sending.
    ```
    """

    NAME = "undefined-role"
    CODE = "R301"
    EFFECT = "Nobody would be asked: the lead would find out at that step."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        if book.named_roles <= book.runbook.roles.keys():
            return
        for name, place in self._named(book):
            if name not in book.runbook.roles:
                yield self.undefined(book, "roles", name, place)

    def _named(self, book: Book) -> Iterator[tuple[str, Place]]:
        yield from _in_steps(book)
        for fact_id, fact in book.runbook.facts.items():
            if fact.confirmed_by is not None:
                yield fact.confirmed_by, ("facts", fact_id, "confirmed_by")
        for block in ("messages", "gates"):
            for entry_id, entry in getattr(book.runbook, block).items():
                yield from ((name, (block, entry_id, "approve", index)) for index, name in enumerate(entry.approve))
        for index, follow_up in enumerate(book.runbook.follow_ups):
            if follow_up.role is not None:
                yield follow_up.role, ("follow_ups", index, "role")
        for atom in book.atoms:
            if "said_by" in atom.data and atom.kind == "signal":
                yield str(atom.data["said_by"]), (*atom.place, "said_by")


def _in_steps(book: Book) -> Iterator[tuple[str, Place]]:
    for place, step in book.steps:
        if step.role is not None:
            yield step.role, (*place, "role")
        for index, name in enumerate(step.call if isinstance(step, Call) else ()):
            yield name, (*place, "call", index)
