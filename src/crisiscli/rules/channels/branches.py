"""Which sentences of a text can stand in it together, whatever the facts turn out to be."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crisiscli.conditions import UNKNOWN, evaluate
from crisiscli.runbook import Runbook
from crisiscli.sentences import Leaf, Sentence

LIMIT = 4096
"""So many combinations of values are tried for sentences that depend on one another; above it all of them are taken."""
SETS = 64
"""So many sets of sentences are measured for one text; above it only the longest choice of each group."""


class _Guess:
    """A World where each thing a condition looks at has one of the values it is compared with."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def fact(self, name: str) -> Any:
        return self.values.get(f"fact {name}")

    def decided(self, step: str) -> str | None:
        found = self.values.get(f"decided {step}")
        return None if found is None else str(found)

    def was_sent(self, message: str, on: Any) -> bool:
        return bool(self.values.get(f"sent {message} {on}"))

    def signal(self, condition: dict[str, Any]) -> bool | None:
        return bool(self.values.get(f"signal {condition['signal']}"))


class _Judged:
    """A sentence that is not always said, what it depends on, and when it is said."""

    def __init__(self, index: int, conditions: list[Any]) -> None:
        self.index = index
        self.conditions = conditions
        self.looks: dict[str, list[Any]] = {}
        for condition in conditions:
            for name, values in _looked_at(condition, False):
                self.looks.setdefault(name, []).extend(values)
        self.known: dict[tuple[Any, ...], bool] = {}

    def said(self, world: Mapping[str, Any]) -> bool:
        key = tuple(world[name] for name in self.looks)
        if key not in self.known:
            guess = _Guess(world)
            self.known[key] = all(evaluate(condition, guess) for condition in self.conditions)
        return self.known[key]


def branches(leaf: Leaf, runbook: Runbook) -> list[tuple[Sentence, ...]]:
    """The largest sets of sentences that can be said together, each in the order of the text."""
    if not runbook.elements and all(sentence.when is None for sentence in leaf.body):
        return [leaf.body]
    always, judged = [], []
    for index, sentence in enumerate(leaf.body):
        element = runbook.elements.get(sentence.label)
        conditions = [part for part in (sentence.when, element.needs if element else None) if part is not None]
        if conditions:
            judged.append(_Judged(index, conditions))
        else:
            always.append(index)
    if not judged:
        return [leaf.body]
    choices = [_largest(group) for group in _groups(judged)]
    if math.prod(map(len, choices)) > SETS:
        choices = [[max(sets, key=lambda one: sum(len(leaf.body[i].text) for i in one))] for sets in choices]
    found = [sorted(itertools.chain(always, *chosen)) for chosen in itertools.product(*choices)]
    return [tuple(leaf.body[index] for index in one) for one in found]


def _groups(judged: Sequence[_Judged]) -> list[list[_Judged]]:
    """Sentences that look at the same things, directly or through one another."""
    groups: list[tuple[set[str], list[_Judged]]] = []
    for one in judged:
        names, members = set(one.looks), [one]
        for group in [group for group in groups if group[0] & names]:
            groups.remove(group)
            names |= group[0]
            members = group[1] + members
        groups.append((names, members))
    return [members for _, members in groups]


def _largest(group: Sequence[_Judged]) -> list[tuple[int, ...]]:
    """The sets that can be said together and are part of no other such set."""
    values: dict[str, list[Any]] = {}
    for one in group:
        for name, wanted in one.looks.items():
            known = values.setdefault(name, [])
            known += [value for value in wanted if value not in known]
    if math.prod(map(len, values.values())) > LIMIT:
        return [tuple(one.index for one in group)]
    found: set[tuple[int, ...]] = set()
    for chosen in itertools.product(*values.values()):
        world = dict(zip(values, chosen, strict=True))
        found.add(tuple(one.index for one in group if one.said(world)))
    return sorted(one for one in found if not any(set(one) < set(other) for other in found))


def _looked_at(condition: Any, negated: bool) -> Iterator[tuple[str, list[Any]]]:
    """What a condition looks at, and the values worth trying: those it names, and another where that may help."""
    if isinstance(condition, list):
        for part in condition:
            yield from _looked_at(part, negated)
    elif "any" in condition:
        yield from _looked_at(condition["any"], negated)
    elif "not" in condition:
        yield from _looked_at(condition["not"], not negated)
    elif "sent" in condition:
        yield f"sent {condition['sent']} {condition.get('on', 'any')}", [True, False] if negated else [True]
    elif "signal" in condition:
        yield f"signal {condition['signal']}", [True, False] if negated else [True]
    elif "decided" in condition or "fact" in condition:
        kind = "decided" if "decided" in condition else "fact"
        yield f"{kind} {condition[kind]}", _answers(condition, negated)
    else:
        yield from ((f"fact {name}", _answers({"is": wanted}, negated)) for name, wanted in condition.items())


def _answers(condition: Mapping[str, Any], negated: bool) -> list[Any]:
    limits = [condition[test] for test in ("at_least", "at_most") if test in condition]
    if limits:
        return [0, *limits, 10**12]
    named = [condition[test] for test in ("is", "is_not") if test in condition]
    found = [None if value == UNKNOWN else value for value in named]
    return [*found, "something else"] if negated or "is" not in condition else found
