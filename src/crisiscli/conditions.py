"""Conditions: data with three values. True, False, or None for undecided, with the names that keep it so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

UNKNOWN = "unknown"
KEYS = ("fact", "decided", "sent", "signal", "any", "not")
TESTS = ("is", "is_not", "at_least", "at_most")
MOODS = ("hostile", "mixed", "mostly_kind")
"""The words of a judged reading, from the worst to the best."""
SHARES: dict[str, tuple[str, ...]] = {
    "positive": ("positive",),
    "neutral": ("neutral",),
    "negative": ("negative",),
    "positive_or_neutral": ("positive", "neutral"),
}
"""The least share of a counted reading, in percent, and which of its parts make it up."""
SIGNAL_COUNTS = ("readings", "n", *SHARES, "at_least", "at_most")
SIGNAL_SPANS = ("within", "for")
SIGNAL_KEYS = ("said_by", "is", "is_not", *SIGNAL_COUNTS, "negative_rising", *SIGNAL_SPANS)
"""What may stand beside `signal`: whose reading, its value, how many readings and items, and how fresh."""


class World(Protocol):
    """What conditions may look at."""

    def fact(self, name: str) -> Any:
        """The usable value of a fact (its `use` status reached, not disputed), or None."""
        ...

    def decided(self, step: str) -> str | None:
        """The option chosen in a `decide` step, or None."""
        ...

    def was_sent(self, message: str, on: Any) -> Verdict | bool:
        """Whether the message is out: `on` is `all`, `any`, or a list of channels. A Verdict names what is missing."""
        ...

    def signal(self, condition: dict[str, Any]) -> Verdict | bool | None:
        """Whether the readings satisfy a signal condition; undecided without enough. A Verdict says why."""
        ...


class Verdict(NamedTuple):
    """The value of a condition and what stands in its way.

    `value` is True, False, or None (undecided); `because` names each missing or false part in words.
    """

    value: bool | None
    because: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.value is True


def evaluate(condition: Any, world: World) -> Verdict:
    """The verdict over a condition; None or an empty list holds. Raises ValueError for data that is no condition."""
    if condition is None:
        return Verdict(True)
    if isinstance(condition, list):
        return _all([evaluate(part, world) for part in condition])
    if not isinstance(condition, dict):
        raise ValueError(f"not a condition: {condition!r}")
    for key, judge in _JUDGES.items():
        if key in condition:
            return judge(condition, world)
    return _all([_compare(name, {"is": wanted}, world) for name, wanted in condition.items()])


def facts_in(condition: Any) -> Iterator[str]:
    """The facts a condition looks at, in order."""
    if isinstance(condition, list):
        for part in condition:
            yield from facts_in(part)
    elif isinstance(condition, dict):
        if "fact" in condition:
            yield str(condition["fact"])
        elif "any" in condition or "not" in condition:
            yield from facts_in(condition.get("any", condition.get("not")))
        elif not any(key in condition for key in ("decided", "sent", "signal")):
            yield from (str(name) for name in condition)


def _all(parts: list[Verdict]) -> Verdict:
    failing = [part for part in parts if part.value is not True]
    if not failing:
        return Verdict(True)
    value = False if any(part.value is False for part in failing) else None
    return Verdict(value, tuple(reason for part in failing for reason in part.because))


def _any(condition: dict[str, Any], world: World) -> Verdict:
    parts = [evaluate(part, world) for part in condition["any"]]
    if any(part.value for part in parts):
        return Verdict(True)
    value = None if any(part.value is None for part in parts) else False
    return Verdict(value, tuple(reason for part in parts for reason in part.because))


def _not(condition: dict[str, Any], world: World) -> Verdict:
    part = evaluate(condition["not"], world)
    if part.value is None:
        return part
    return Verdict(not part.value, () if not part.value else (f"must not hold: {_words(condition['not'])}",))


def _fact(condition: dict[str, Any], world: World) -> Verdict:
    return _compare(str(condition["fact"]), condition, world)


def _compare(name: str, condition: dict[str, Any], world: World) -> Verdict:
    value = world.fact(name)
    for test, hold in _HOLDS.items():
        if test not in condition:
            continue
        wanted = condition[test]
        if wanted == UNKNOWN and test in ("is", "is_not"):
            held = (value is None) is (test == "is")
            return Verdict(held, () if held else (f"{name} {test.replace('_', ' ')} unknown",))
        if value is None:
            return Verdict(None, (f"{name} is not known well enough",))
        held = hold(value, wanted)
        return Verdict(held, () if held else (f"{name} is {_plain(value)}; it {_MUST[test]} {_plain(wanted)}",))
    return Verdict(value is not None or None, () if value is not None else (f"{name} is not known well enough",))


def _decided(condition: dict[str, Any], world: World) -> Verdict:
    step = str(condition["decided"])
    chosen = world.decided(step)
    if UNKNOWN in (condition.get("is"), condition.get("is_not")):
        held = (chosen is None) is (condition.get("is") == UNKNOWN)
        return Verdict(held, () if held else (f"{step} is {'not ' if chosen is None else ''}decided",))
    if chosen is None:
        return Verdict(None, (f"{step} is not decided",))
    if "is" not in condition and "is_not" not in condition:
        return Verdict(True)
    held = chosen == condition["is"] if "is" in condition else chosen != condition["is_not"]
    return Verdict(held, () if held else (f"{step} was decided: {chosen}",))


def _sent(condition: dict[str, Any], world: World) -> Verdict:
    message, on = str(condition["sent"]), condition.get("on", "any")
    held = world.was_sent(message, on)
    if isinstance(held, Verdict):
        return held
    return Verdict(held, () if held else (f"{message} is not out on {on if isinstance(on, str) else ', '.join(on)}",))


def _signal(condition: dict[str, Any], world: World) -> Verdict:
    held = world.signal(condition)
    if isinstance(held, Verdict):
        return held
    return Verdict(held, () if held else (f"signal {condition['signal']} does not say so yet",))


def _plain(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _same(value: Any, wanted: Any) -> bool:
    return _plain(value) == _plain(wanted)


def _words(condition: Any) -> str:
    return ", ".join(facts_in(condition)) or str(condition)


def _number(value: Any) -> float:
    return float(str(value).replace("\N{NO-BREAK SPACE}", "").replace(" ", "").rstrip("%"))


_MUST = {"is": "must be", "is_not": "must not be", "at_least": "must be at least", "at_most": "must be at most"}
_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "is": _same,
    "is_not": lambda value, wanted: not _same(value, wanted),
    "at_least": lambda value, wanted: _number(value) >= _number(wanted),
    "at_most": lambda value, wanted: _number(value) <= _number(wanted),
}
_JUDGES: dict[str, Callable[[dict[str, Any], World], Verdict]] = {
    "any": _any,
    "not": _not,
    "fact": _fact,
    "decided": _decided,
    "sent": _sent,
    "signal": _signal,
}
