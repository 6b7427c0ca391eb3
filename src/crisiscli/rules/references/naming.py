"""Which roles a runbook gives something to do."""

from __future__ import annotations

from crisiscli.rules.book import Book
from crisiscli.steps.call import Call


def named_roles(book: Book) -> set[str]:
    """Every role that a step, a call, a fact, an approval, a follow-up or a signal names, defined or not."""
    runbook = book.runbook
    named = {stop.step.role for stop in book.course.stops}
    named.update(fact.confirmed_by for fact in runbook.facts.values())
    found = {name for name in named if name is not None}
    for _, step in book.steps:
        if isinstance(step, Call):
            found.update(step.call)
    for message in runbook.messages.values():
        found.update(message.approve)
    for gate in runbook.gates.values():
        found.update(gate.approve)
    found.update(str(atom.data["said_by"]) for atom in book.atoms if atom.kind == "signal" and "said_by" in atom.data)
    return found
