"""The filters a sentence may use in `{{ fact | filter("literal") }}`, and what each takes.

A new filter is one line on the label below and one method of Tongue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisiscli.rendering.tongue import NAMED, Tongue, check_beside, check_pattern
from crisiscli.runbook import Fact, FactType
from crisiscli.sentences import Slot

if TYPE_CHECKING:
    from crisiscli.facts import Value

Arguments = tuple[str | int, ...]
RESERVED = frozenset(
    {"true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is", "if", "else", "self"}
)
"""Words that the template language keeps for itself; a fact cannot be called so."""


@dataclass(frozen=True)
class Filter:
    """A way to show a fact: for which types, with how many arguments, and what they may be."""

    takes: tuple[FactType, ...]
    show: Callable[[Tongue, Value, Arguments], str]
    example: str
    least: int = 0
    most: int = 0
    check: Callable[[str], str] | None = None
    """What is wrong with one argument; empty when nothing is."""


def _named(text: str) -> str:
    return "" if text in NAMED else f"{text!r} is neither short nor long"


def _first(arguments: Arguments, default: str) -> str:
    return str(arguments[0]) if arguments else default


FILTERS: dict[str, Filter] = {
    "time": Filter(("time",), lambda t, v, a: t.time(v, _first(a, "HH:mm")), 'time("HH:mm")', 0, 1, check_pattern),
    "date": Filter(("time",), lambda t, v, a: t.date(v, _first(a, "long")), 'date("long")', 0, 1, check_pattern),
    "count": Filter(("count",), lambda t, v, a: t.count(v), "count"),
    "plural": Filter(
        ("count",), lambda t, v, a: t.plural(v, [str(form) for form in a]), 'plural("person", "people")', 1, 6
    ),
    "percent": Filter(("percent",), lambda t, v, a: t.percent(v), "percent"),
    "duration": Filter(
        ("duration",), lambda t, v, a: t.duration(v, _first(a, "long")), 'duration("short")', 0, 1, _named
    ),
    "works": Filter(("services",), lambda t, v, a: t.names(v, ("works",)), "works"),
    "slow": Filter(("services",), lambda t, v, a: t.names(v, ("slow",)), "slow"),
    "down": Filter(("services",), lambda t, v, a: t.names(v, ("down",)), "down"),
    "alternatives": Filter(
        ("services",),
        lambda t, v, a: t.beside(v, "alternative", _first(a, "")),
        'alternatives("for {service} use {alternative}")',
        0,
        1,
        check_beside("alternative"),
    ),
    "etas": Filter(
        ("services",),
        lambda t, v, a: t.beside(v, "eta", _first(a, "")),
        'etas("{service} by {eta}")',
        0,
        1,
        check_beside("eta"),
    ),
}


def check_slot(slot: Slot, fact: Fact | None) -> str:
    """What is wrong with a slot, before any value is known; empty when nothing is. `fact` None: not declared."""
    if slot.name in RESERVED:
        return f"{slot.name} is a word of the template language; give the fact another name"
    if fact is None:
        return f"{slot.name} is not a fact of this runbook"
    if not slot.filter:
        return ""
    found = FILTERS.get(slot.filter)
    if found is None:
        return f"{slot.filter} is not a filter; known are {', '.join(FILTERS)}"
    return _check_use(slot, fact, found)


def _check_use(slot: Slot, fact: Fact, found: Filter) -> str:
    if fact.type not in found.takes:
        return f"{slot.filter} shows a {' or '.join(found.takes)}, and {slot.name} is a {fact.type}"
    if not found.least <= len(slot.arguments) <= found.most:
        return f"{slot.filter} is written {{{{ {slot.name} | {found.example} }}}}"
    check = found.check or (lambda argument: "")
    return next((wrong for argument in slot.arguments if (wrong := check(str(argument)))), "")
