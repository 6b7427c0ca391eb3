"""Conditions that exclude one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crisiscli.loader.findings import Place
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Text
from crisiscli.rules.references.clashing import CURE, clash, labels, span, words


class Contradiction(Rule):
    """The conditions of a sentence, an element, a gate or a clock cannot hold together.

    A sentence is said only when its own `when` and the `needs` of its element both hold. When one wants a fact to be
    yes and the other wants it to be no, the sentence is never said; a gate like that never opens.

    Bad:
    ```yaml
    elements:
      no_break_in:
        needs:
          - is_attack: no
          - fact: is_attack
            is: unknown
        if_unknown: leave_out
    ```
    Good:
    ```yaml
    elements:
      no_break_in:
        needs: {is_attack: no}
        if_unknown: leave_out
    ```
    """

    NAME = "contradiction"
    CODE = "R319"
    EFFECT = "It never holds, whatever people answer, so what waits for it never comes."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        for name, element in book.runbook.elements.items():
            place: Place = ("elements", name, "needs")
            yield from self._told(book, [(element.needs, place)], f"A sentence labelled `{name}` is never said")
        for name, gate in book.runbook.gates.items():
            yield from self._told(book, [(gate.opens_when, ("gates", name, "opens_when"))], f"`{name}` never opens")
        for name, clock in book.runbook.clocks.items():
            starts = [(clock.from_, ("clocks", name, "from"))] if isinstance(clock.from_, dict | list) else []
            binds = [(clock.when, ("clocks", name, "when"))] if clock.when is not None else []
            yield from self._told(book, [*starts, *binds], f"The clock `{name}` never starts")
        yield from self._in_texts(book)

    def _in_texts(self, book: Book) -> Iterator[Problem]:
        told: list[Any] = []
        for text, label, when, place in _conditional(book):
            element = book.runbook.elements.get(label)
            own = [(when, place), *([(element.needs, ("elements", label, "needs"))] if element else [])]
            if (text.message, label, when) in told:
                continue
            for problem in self._told(book, own, f"The sentence `{label}` of `{text.message}` is never said"):
                told.append((text.message, label, when))
                yield problem

    def _told(self, book: Book, conditions: list[tuple[Any, Place]], never: str) -> Iterator[Problem]:
        found = clash(book, conditions) if conditions else []
        if found:
            what = f"{never}: its conditions on {words(found)} exclude one another."
            yield self.at(
                book, found[0][0], what, CURE, span=span(book, found[0][0]), here="this", others=labels(book, found)
            )


def _conditional(book: Book) -> Iterator[tuple[Text, str, Any, Place]]:
    """Every sentence with a `when`; one whose element alone is at fault is told at the element."""
    for text, sentence, place in book.sayings:
        if sentence.when is not None:
            yield text, sentence.label, sentence.when, (*place[:-1], "when")
