"""Comparisons that can never hold."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.channels import CHANNELS
from crisiscli.conditions import UNKNOWN
from crisiscli.loader.findings import listed, meant
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Atom, Book
from crisiscli.steps.decide import Decide


class ImpossibleValue(Rule):
    """A condition compares a fact or a decision with an answer nobody can give, or wants a message to be out on a
    channel it never goes to.

    Bad:
    ```yaml
    elements:
      checking:
        needs: {is_attack: nope}
    ```
    Good:
    ```yaml
    elements:
      checking:
        needs: {is_attack: no}
    ```
    """

    NAME = "impossible-value"
    CODE = "R314"
    EFFECT = "It would never hold, whatever people answer."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        decisions = {step.id: tuple(step.options) for _, step in book.steps if isinstance(step, Decide)}
        for atom in book.atoms:
            answers = decisions.get(atom.name, ()) if atom.kind == "decided" else _answers(book, atom)
            if answers and atom.kind == "decided":
                answers = (*answers, UNKNOWN)
            for wanted, place in atom.wanted:
                plain = {"True": "yes", "False": "no"}.get(wanted, wanted)
                if answers and plain not in answers:
                    what = f"`{atom.name}` is never `{wanted}`."
                    yield self.at(book, place, what, meant(plain, [a for a in answers if a != UNKNOWN]))
            if atom.kind == "sent" and isinstance(atom.data.get("on"), list):
                yield from self._channels(book, atom)

    def _channels(self, book: Book, atom: Atom) -> Iterator[Problem]:
        message = book.runbook.messages.get(atom.name)
        goes = book.channels(message) if message is not None else ()
        for index, channel in enumerate(atom.data["on"]):
            if goes and channel in CHANNELS and channel not in goes:
                what = f"`{atom.name}` never goes to `{channel}`."
                others = [Label(book.document.span(("messages", atom.name, "to"), key=True), "where it goes")]
                yield self.at(book, (*atom.place, "on", index), what, f"It goes to {listed(goes)}.", others=others)


def _answers(book: Book, atom: Atom) -> tuple[str, ...]:
    fact = book.runbook.facts.get(atom.name) if atom.kind == "fact" else None
    if fact is None:
        return ()
    if fact.type == "yes_no":
        return ("yes", "no", UNKNOWN)
    return (*fact.options, UNKNOWN) if fact.type == "choice" and fact.options else ()
