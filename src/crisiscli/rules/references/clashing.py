"""Which of several conditions cannot hold together, for a person who has to find the two lines."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from crisiscli.loader.findings import Place, listed
from crisiscli.problem import Label, Span
from crisiscli.rules.book import Book
from crisiscli.rules.references.possible import Part, Possible, looks, parts

CURE = (
    "Take one of the two out. If one of them is enough, put both below `any:`, each after its own `- `, like "
    "`any: [{is_attack: yes}, {is_attack: unknown}]`."
)


def clash(book: Book, conditions: Sequence[tuple[Any, Place]]) -> list[Part]:
    """The fewest of these conditions' parts that no answers make true together; none when all of them can hold."""
    if len(conditions) == 1 and _single(conditions[0][0]) and not book.course.conditional:
        return []
    possible = Possible(book)
    if not possible.worth_trying([condition for condition, _ in conditions]):
        return []
    single = [part for condition, place in conditions for part in parts(condition, place)]
    if possible.holds([condition for _, condition in single]):
        return []
    for many in (1, 2):
        for chosen in itertools.combinations(single, many):
            if not possible.holds([condition for _, condition in chosen]):
                return list(chosen)
    return single


def words(found: Sequence[Part]) -> str:
    """What the parts look at: `is_attack`, or `is_attack` and `cause`."""
    names = dict.fromkeys(name.split(" ")[1] for _, condition in found for name, _ in looks(condition))
    return listed(list(names)).replace(" or ", " and ")


def labels(book: Book, found: Sequence[Part]) -> list[Label]:
    """The other parts as second places to look at, and the step behind a decision that is one of them."""
    others = [Label(span(book, place), "does not go with this") for place, _ in found[1:]]
    named = dict.fromkeys(name for _, condition in found for name, _ in looks(condition))
    for name in named:
        kind, _, step = name.partition(" ")
        stop = book.course.decided.get(step) if kind == "decided" else None
        if stop is not None and stop.when is not None:
            others.append(Label(book.document.span((*stop.place, "when"), key=True), f"`{step}` is decided only then"))
    return others


def span(book: Book, place: Place) -> Span:
    """Where one part stands; by its key where it is written short: `is_attack: yes`."""
    return book.document.span(place, key=isinstance(place[-1], str))


def _single(condition: Any) -> bool:
    """True for one comparison, the usual case: nothing stands beside it that it could exclude."""
    while isinstance(condition, list) and len(condition) == 1:
        condition = condition[0]
    return isinstance(condition, dict) and ("fact" in condition or "decided" in condition or len(condition) == 1)
