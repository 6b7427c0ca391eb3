"""Limits for facts that are no numbers, and clocks that are stopped by a fact that is no time."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.references.possible import NUMBERS


class WrongComparison(Rule):
    """A fact is used as something it is not: `at_least` and `at_most` take a number, `told` of a clock takes a time.

    Facts of the types `count`, `percent` and `duration` (in seconds) are numbers. A time or a word has no size that a
    condition could compare.

    Bad:
    ```yaml
    elements:
      no_break_in:
        needs:
          fact: is_attack
          at_most: 0
    ```
    Good:
    ```yaml
    elements:
      no_break_in:
        needs:
          fact: is_attack
          is: no
    ```
    """

    NAME = "wrong-comparison"
    CODE = "R326"
    EFFECT = "It cannot be worked out in the crisis: what hangs on it waits, and a clock runs on."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        facts = book.runbook.facts
        for atom in book.atoms:
            if atom.kind != "fact" or atom.named_by_key or atom.name not in facts:
                continue
            for test in ("at_least", "at_most"):
                if test in atom.data and facts[atom.name].type not in NUMBERS:
                    what = f"`{atom.name}` is {_kind(facts[atom.name].type)}, and `{test}` compares numbers."
                    cure = "Compare it with `is` or `is_not`, or give the fact `type: count`."
                    yield self._told(book, (*atom.place, test), atom.name, what, cure)
        for name, clock in book.runbook.clocks.items():
            if clock.told in facts and facts[clock.told].type != "time":
                what = f"`{clock.told}` is {_kind(facts[clock.told].type)}, and `told` takes the time they were told."
                cure = f"Name a fact with `type: time`, or give `{clock.told}` that type."
                yield self._told(book, ("clocks", name, "told"), clock.told, what, cure)

    def _told(self, book: Book, place: tuple[str | int, ...], fact: str, what: str, cure: str) -> Problem:
        defined = Label(book.document.span(("facts", fact, "type")), "its type")
        return self.at(book, place, what, cure, key=place[-1] != "told", here="compared here", others=[defined])


def _kind(type_: str) -> str:
    return {"yes_no": "a yes or no", "choice": "a choice", "text": "a text", "time": "a time"}.get(type_, f"a {type_}")
