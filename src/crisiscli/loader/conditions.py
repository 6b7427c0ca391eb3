"""The shape of conditions: what `conditions.evaluate` can read, and what it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crisiscli.clocks import duration
from crisiscli.conditions import KEYS, MOODS, SIGNAL_KEYS, SIGNAL_SPANS, TESTS
from crisiscli.loader.findings import Findings, Place, meant

UNREADABLE: dict[str, Any] = {"decided": "a condition that cannot be read"}
"""Stands in a plan for a condition nobody could read: it stays undecided for ever."""

_BESIDE = {"fact": TESTS, "decided": ("is", "is_not"), "sent": ("on",), "any": (), "not": ()}


def conditions_of(value: dict[str, Any]) -> Iterator[tuple[Place, Any]]:
    """Every condition of a runbook's data with its place, the ones beside sentences excepted."""
    for number, phase in enumerate(_list(value.get("phases"))):
        for index, step in enumerate(_list(phase.get("steps") if isinstance(phase, dict) else None)):
            if isinstance(step, dict) and "when" in step:
                yield ("phases", number, "steps", index, "when"), step["when"]
    for number, later in enumerate(_list(value.get("follow_ups"))):
        if isinstance(later, dict) and "when" in later:
            yield ("follow_ups", number, "when"), later["when"]
    for block, key in (("elements", "needs"), ("gates", "opens_when"), ("clocks", "from"), ("clocks", "when")):
        entries = value.get(block)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict) and isinstance(entry.get(key), dict | list):
                yield (block, name, key), entry[key]


def check_condition(condition: Any, place: Place, found: Findings) -> bool:
    """True when a condition can be evaluated; otherwise the findings say why not."""
    if isinstance(condition, list):
        good = [check_condition(part, (*place, index), found) for index, part in enumerate(condition)]
        return all(good)
    if condition is None:
        return False
    if not isinstance(condition, dict) or not condition:
        found.add("condition-shape", place, "This is not a condition.", "Write it like `{is_attack: no}`.")
        return False
    named = [key for key in KEYS if key in condition]
    if len(named) > 1:
        what = f"One condition has both `{named[0]}` and `{named[1]}`."
        found.add("condition-shape", (*place, named[1]), what, "Make it a list of two conditions.", key=True)
        return False
    if not named:
        return _all_wanted(condition, list(condition), place, found)
    return _named(condition, named[0], place, found)


def _named(condition: dict[str, Any], key: str, place: Place, found: Findings) -> bool:
    inside = condition[key]
    if key in ("any", "not"):
        if key == "any" and not isinstance(inside, list):
            cure = "Write one `- ` per condition."
            found.add("condition-shape", (*place, key), "`any` takes a list of conditions.", cure)
            return False
        return check_condition(inside, (*place, key), found) and _beside(condition, key, place, found)
    if not isinstance(inside, str):
        found.add("condition-shape", (*place, key), f"`{key}` takes a name.", f"Write it like `{key}: name`.")
        return False
    if key == "signal":
        return _signal(condition, place, found)
    return _beside(condition, key, place, found) and _tests(condition, place, found)


def _beside(condition: dict[str, Any], key: str, place: Place, found: Findings) -> bool:
    known = _BESIDE[key]
    strange = [name for name in condition if name != key and name not in known]
    for name in strange:
        cure = meant(name, list(known), "Beside it may stand") or "Make it a condition of its own."
        found.add("condition-shape", (*place, name), f"`{name}` has no meaning beside `{key}`.", cure, key=True)
    return not strange


def _tests(condition: dict[str, Any], place: Place, found: Findings) -> bool:
    on = condition.get("on", "any")
    if "sent" in condition and on not in ("all", "any") and not _names(on):
        cure = "Write `on: all`, `on: any`, or a list of channels."
        found.add("condition-shape", (*place, "on"), "`on` says on which channels it is out.", cure)
        return False
    for name in ("at_least", "at_most"):
        if name in condition and not _number(condition[name]):
            found.add("condition-shape", (*place, name), f"`{name}` takes a number.", f"Write it like `{name}: 60`.")
            return False
    return _all_wanted(condition, ["is", "is_not"], place, found)


def _signal(condition: dict[str, Any], place: Place, found: Findings) -> bool:
    strange = [name for name in condition if name != "signal" and name not in SIGNAL_KEYS]
    for name in strange:
        cure = meant(name, list(SIGNAL_KEYS), "Beside it may stand") or "Make it a condition of its own."
        found.add("condition-shape", (*place, name), f"`{name}` has no meaning beside `signal`.", cure, key=True)
    trouble = {name: _signal_trouble(name, wanted) for name, wanted in condition.items() if name in SIGNAL_KEYS}
    for name, (what, cure) in trouble.items():
        if what:
            found.add("condition-shape", (*place, name), what, cure)
    return not strange and not any(what for what, _ in trouble.values())


def _signal_trouble(name: str, wanted: Any) -> tuple[str, str]:
    """What is wrong with the value of a key beside `signal`, and the cure; two empty strings when nothing is."""
    if name == "said_by":
        good, cure = isinstance(wanted, str), "Write it like `said_by: social`."
        return ("" if good else "`said_by` takes a role."), cure
    if name in ("is", "is_not"):
        good = wanted in MOODS or _number(wanted)
        return ("" if good else f"A reading is never {wanted!r}."), f"Judged readings are {', '.join(MOODS)}."
    if name == "negative_rising":
        good = isinstance(wanted, bool) or wanted in ("yes", "no")
        return ("" if good else "`negative_rising` takes yes or no."), "Write `negative_rising: no`."
    if name in SIGNAL_SPANS:
        return ("" if _span(wanted) else f"`{name}` takes a duration."), f"Write it like `{name}: 30m`."
    return ("" if _number(wanted) else f"`{name}` of a signal is a count."), "Write a number, like `readings: 2`."


def _all_wanted(condition: dict[str, Any], names: list[str], place: Place, found: Findings) -> bool:
    good = [_wanted(condition[name], (*place, name), found) for name in names if name in condition]
    return all(good)


def _wanted(value: Any, place: Place, found: Findings) -> bool:
    if isinstance(value, str | int | float):
        return True
    if value is not None:
        found.add("condition-shape", place, "A condition compares with one value.", "Write it like `is: no`.")
    return False


def _number(value: Any) -> bool:
    try:
        float(str(value).replace(" ", "").rstrip("%"))
    except ValueError:
        return False
    return not isinstance(value, bool)


def _span(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(duration(value))
    except ValueError:
        return False


def _names(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
