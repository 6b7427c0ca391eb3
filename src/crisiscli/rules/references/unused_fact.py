"""Facts that nothing asks for and nothing uses."""

from __future__ import annotations

from collections.abc import Set

from crisiscli.rules.book import Book
from crisiscli.rules.references.unused import Unused
from crisiscli.steps.switch import Switch


class UnusedFact(Unused):
    """A fact that no step asks for and no text, condition, clock or approval uses.

    A runbook that goes on with another one (`switch`) takes its facts along, so nothing is said there.

    Bad:
    ```yaml
    facts:
      hot_line_open:
        ask: Is the hotline open?
        type: yes_no
    ```
    Good:
    ```yaml
    facts:
      hot_line_open:
        ask: Is the hotline open?
        type: yes_no
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: know
            by: T+6m
            role: it
            ask: [is_attack, next_update, hot_line_open]
    ```
    """

    NAME = "unused-fact"
    CODE = "R322"
    LEVEL = "warning"
    EFFECT = "Nobody is ever asked, and whatever should have hung on the answer does not."
    BLOCK = "facts"
    KIND = "fact"
    NOBODY = "nothing asks for it or uses it"
    CURE = "Ask for it in a step, use it in a text or a condition, or delete it."

    def applies(self, book: Book) -> bool:
        return not any(isinstance(step, Switch) for _, step in book.steps)

    def used(self, book: Book) -> Set[str]:
        used = set(book.course.asked)
        used.update(slot.name for _, slot, _ in book.slots)
        used.update(atom.name for atom in book.atoms if atom.kind == "fact")
        used.update(clock.told for clock in book.runbook.clocks.values() if clock.told)
        approved = (message.pre_approved for message in book.runbook.messages.values())
        used.update(name for seal in approved if seal for name in seal.may_vary)
        return used
