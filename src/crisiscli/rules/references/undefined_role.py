"""Roles that are named and not defined."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import nearest
from crisiscli.rules.book import Book
from crisiscli.rules.references.undefined import Name, Undefined
from crisiscli.steps.call import Call


class UndefinedRole(Undefined):
    """A step, a call, a deputy, a fact, an approval or a signal names a role that is not defined.

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
    EFFECT = "Nobody would be asked or called: the lead would find out at that moment."
    BLOCK = "roles"
    KIND = "a role"

    def named(self, book: Book) -> Iterator[Name]:
        runbook = book.runbook
        deputies = [
            Name(role.deputy, ("roles", name, "deputy"), but=name)
            for name, role in runbook.roles.items()
            if role.deputy is not None
        ]
        if book.named_roles <= runbook.roles.keys() and all(name.word in runbook.roles for name in deputies):
            return
        yield from deputies
        yield from _in_steps(book)
        yield from _elsewhere(book)

    def guess(self, book: Book, name: Name) -> str:
        """Somebody may also have written a role as its title says it."""
        titles = {role.title: key for key, role in book.runbook.roles.items() if key != name.but}
        return super().guess(book, name) or titles.get(nearest(name.word, titles), "")


def _in_steps(book: Book) -> Iterator[Name]:
    for place, step in book.steps:
        if step.role is not None:
            yield Name(step.role, (*place, "role"))
        for index, name in enumerate(step.call if isinstance(step, Call) else ()):
            yield Name(name, (*place, "call", index))


def _elsewhere(book: Book) -> Iterator[Name]:
    for fact_id, fact in book.runbook.facts.items():
        if fact.confirmed_by is not None:
            yield Name(fact.confirmed_by, ("facts", fact_id, "confirmed_by"))
    for block in ("messages", "gates"):
        for entry_id, entry in getattr(book.runbook, block).items():
            for index, name in enumerate(entry.approve):
                yield Name(name, (block, entry_id, "approve", index))
    for index, follow_up in enumerate(book.runbook.follow_ups):
        if follow_up.role is not None:
            yield Name(follow_up.role, ("follow_ups", index, "role"))
    for atom in book.atoms:
        if "said_by" in atom.data and atom.kind == "signal":
            yield Name(str(atom.data["said_by"]), (*atom.place, "said_by"))
