"""What can be true together: conditions tried with every answer people can give."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crisiscli.conditions import UNKNOWN, evaluate
from crisiscli.loader.conditions import UNREADABLE
from crisiscli.loader.findings import Place
from crisiscli.rules.book import Book
from crisiscli.steps.decide import Decide

LIMIT = 4096
"""So many combinations of answers are tried; with more of them everything counts as possible."""
OTHER = "\N{NULL}any other answer"
ANOTHER = 10**14 + 7
"""The same for a number: one that no condition names."""
NUMBERS = ("count", "percent", "duration")
"""Types of facts whose values are numbers; a duration is one in seconds."""

Part = tuple[Place, Any]
"""One of several conditions that must all hold, and where it stands."""


class Answers:
    """A World in which everything a condition looks at has one answer; None stands for unknown or undecided."""

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
        return bool(self.values.get(_signal(condition)))


def parts(condition: Any, place: Place) -> Iterator[Part]:
    """The conditions that must all hold, each alone, with its place."""
    if isinstance(condition, list):
        for index, part in enumerate(condition):
            yield from parts(part, (*place, index))
    elif isinstance(condition, dict) and condition != UNREADABLE:
        if any(word in condition for word in ("any", "not", "fact", "decided", "sent", "signal")):
            yield place, condition
        else:
            yield from (((*place, name), {name: wanted}) for name, wanted in condition.items())


def looks(condition: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each thing a condition looks at (`fact is_attack`, `decided same-channel`), and how it compares it."""
    if isinstance(condition, list):
        for part in condition:
            yield from looks(part)
    elif not isinstance(condition, dict) or condition == UNREADABLE:
        return
    elif "any" in condition or "not" in condition:
        yield from looks(condition.get("any", condition.get("not")))
    elif "sent" in condition:
        yield f"sent {condition['sent']} {condition.get('on', 'any')}", condition
    elif "signal" in condition:
        yield _signal(condition), condition
    elif "decided" in condition or "fact" in condition:
        kind = "decided" if "decided" in condition else "fact"
        yield f"{kind} {condition[kind]}", condition
    else:
        yield from ((f"fact {name}", {"is": wanted}) for name, wanted in condition.items())


class Possible:
    """Tries conditions of one runbook. `fixed` narrows the answers of some of the things they look at."""

    def __init__(self, book: Book, fixed: Mapping[str, list[Any]] | None = None) -> None:
        self.book = book
        self.fixed = fixed or {}
        self.when = book.course.conditional

    def worth_trying(self, conditions: Sequence[Any]) -> bool:
        """False when each thing is looked at once and freely: then everything can hold."""
        names = [name for condition in conditions for name, _ in looks(condition)]
        if len(set(names)) < len(names) or any(name in self.fixed for name in names):
            return True
        return bool(self.when) and any(name.partition(" ")[2] in self.when for name in names)

    def holds(self, conditions: Sequence[Any], *, never: Sequence[Any] = (), value: bool | None = True) -> bool:
        """True when some answers give each of the conditions this value, while each of `never` fails."""
        for world in self.worlds([*conditions, *never]):
            if world is None or (
                all(_verdict(condition, world) is value for condition in conditions)
                and all(_verdict(condition, world) is False for condition in never)
            ):
                return True
        return False

    def worlds(self, conditions: Sequence[Any]) -> Iterator[Answers | None]:
        """Every set of answers that people can give; one None when there are too many or they cannot be compared."""
        values = self.values(conditions)
        if math.prod(map(len, values.values())) > LIMIT:
            yield None
            return
        for chosen in itertools.product(*values.values()):
            world = Answers(dict(zip(values, chosen, strict=True)))
            try:
                if all(_may_be_decided(name, self.when, world) for name in values):
                    for condition in conditions:
                        evaluate(condition, world)
                    yield world
            except (ValueError, TypeError, KeyError, AttributeError):
                yield None
                return

    def values(self, conditions: Sequence[Any]) -> dict[str, list[Any]]:
        """What everything that is looked at can be; a decision brings along what its own step looks at."""
        values: dict[str, list[Any]] = {}
        waiting = list(conditions)
        seen: set[str] = set()
        while waiting:
            for name, comparison in looks(waiting.pop(0)):
                known = values.setdefault(name, self._answers(name))
                if name not in self.fixed:
                    known += [value for value in _named(comparison) if value not in known]
                step = name.removeprefix("decided ")
                if step in self.when and step != name and name not in seen:
                    waiting.append(self.when[step])
                seen.add(name)
        return values

    def _answers(self, name: str) -> list[Any]:
        if name in self.fixed:
            return list(self.fixed[name])
        kind, _, what = name.partition(" ")
        if kind in ("sent", "signal"):
            return [True, False]
        if kind == "decided":
            found = next((step for _, step in self.book.steps if step.id == what and isinstance(step, Decide)), None)
            return [*(found.options if found else ()), None]
        fact = self.book.runbook.facts.get(what)
        if fact is not None and fact.type == "yes_no":
            return ["yes", "no", None]
        if fact is not None and fact.type == "choice" and fact.options:
            return [*fact.options, None]
        return [ANOTHER if fact is not None and fact.type in NUMBERS else OTHER, None]


def _verdict(condition: Any, world: Answers) -> bool | None:
    return evaluate(condition, world).value


def _may_be_decided(name: str, when: Mapping[str, Any], world: Answers) -> bool:
    """False for a decision that was made although its step does not apply."""
    step = name.removeprefix("decided ")
    if step == name or step not in when or world.values[name] is None:
        return True
    return evaluate(when[step], world).value is not False


def _named(comparison: Mapping[str, Any]) -> list[Any]:
    """The values a comparison names, plainly, and for a limit those on both sides of it."""
    named = [comparison[test] for test in ("is", "is_not") if test in comparison]
    found = [None if value == UNKNOWN else _plain(value) for value in named]
    for test in ("at_least", "at_most"):
        if test in comparison:
            limit = float(str(comparison[test]).replace(" ", "").rstrip("%"))
            found += [limit - 1, limit, limit + 1]
    return found


def _plain(value: Any) -> Any:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _signal(condition: Mapping[str, Any]) -> str:
    return f"signal {sorted((key, str(value)) for key, value in condition.items())}"
