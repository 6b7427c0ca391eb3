"""What types cannot say: times, days and names that other parts of the file point at."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from crisiscli.clocks import duration, offset
from crisiscli.conditions import KEYS
from crisiscli.loader.findings import Findings, Place, meant
from crisiscli.loader.spots import Spots
from crisiscli.runbook import Stage
from crisiscli.sentences import NAME

DASHED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
NAMED = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
SLOT = re.compile(rf"{NAME}\Z")


def _either(text: str) -> Any:
    return offset(text) if text.startswith("T+") else duration(text)


def _day(text: str) -> Any:
    if not re.match(r"\d{4}-\d{2}-\d{2}\Z", text):
        raise ValueError(text)
    return date.fromisoformat(text)


Reader = Callable[[str], Any]
_EITHER: tuple[Reader, str] = (_either, "a time like `T+9m` (from T0) or `9m` (from the opening of the step)")
_OFFSET: tuple[Reader, str] = (offset, "a time from T0 like `T+9m` or `T+2d`")
_SPAN: tuple[Reader, str] = (duration, "a duration like `90s`, `30m`, `72h` or `2d`")
_DATE: tuple[Reader, str] = (_day, "a day like `2026-11-20`")

_TIMES: dict[tuple[str, ...], tuple[Reader, str]] = {
    ("phases", "*", "steps", "*", "by"): _EITHER,
    ("phases", "*", "steps", "*", "wait"): _EITHER,
    ("phases", "*", "steps", "*", "every"): _SPAN,
    ("follow_ups", "*", "at"): _OFFSET,
    ("injects", "*", "at"): _OFFSET,
    ("clocks", "*", "within"): _SPAN,
    ("clocks", "*", "verified"): _DATE,
    ("languages", "follow", "*"): _SPAN,
    ("targets", "*"): _SPAN,
    ("gates", "*", "at_most", "within"): _SPAN,
    ("gates", "*", "at_most", "until"): _OFFSET,
    ("gates", "*", "at_most", "apart"): _SPAN,
    ("cadence", "early"): _SPAN,
    ("cadence", "early_for"): _SPAN,
    ("cadence", "later"): _SPAN,
    ("reviewed", "on"): _DATE,
    ("rehearsed", "on"): _DATE,
    ("messages", "*", "pre_approved", "on"): _DATE,
    ("messages", "*", "pre_approved", "until"): _DATE,
}
"""Every value of the format that is a time, and what reads it."""


_SPOTS = Spots(_TIMES)


def is_time(place: Place) -> bool:
    """True for a place that holds a time or a day: its own check speaks about it."""
    return any(len(place) == len(path) and all(map(_fits, path, place)) for path in _TIMES)


def wrong_times(value: dict[str, Any]) -> Iterator[tuple[Place, Any, str]]:
    """The place of each time that cannot be read, what stands there, and what is wanted."""
    for place, text, (read, wanted) in _SPOTS.find(value):
        if text is None:
            continue
        try:
            read(text if isinstance(text, str) else "")
        except ValueError:
            yield place, text, wanted


def check_times(value: dict[str, Any], found: Findings) -> None:
    """Durations, times from T0 and days."""
    for place, text, wanted in wrong_times(value):
        shown = text if isinstance(text, str | int | float) else "This"
        found.add("wrong-time", place, f"`{shown}` is not {wanted.partition(' like')[0]}.", f"Write {wanted}.")


CAP_TIMES = ("within", "until", "apart")
"""The keys of a cap that are times; the others are stages."""

_NAMES = Spots(
    {
        ("id",): False,
        ("phases", "*", "id"): False,
        ("phases", "*", "steps", "*", "id"): True,
        ("follow_ups", "*", "id"): True,
    }
)
"""The fixed names, and whether it is one of a step."""
_WORDS = Spots({("phases", "*", "steps", "*", "skip"): "skip", ("gates", "*", "at_most"): "caps"})
_KEYED = {
    **dict.fromkeys(("roles", "audiences", "messages", "gates", "clocks"), NAMED),
    **dict.fromkeys(("elements", "facts"), SLOT),
}


def check_words(value: dict[str, Any], found: Findings) -> None:
    """Values that are one of a few words or a count, where the nouns leave them open."""
    for place, here, kind in _WORDS.find(value):
        if kind == "caps":
            _check_caps(here, place, found)
        elif isinstance(here, str) and here not in ("never", "with a reason"):
            found.add("wrong-value", place, f"`skip` cannot be `{here}`.", "Write `skip: never`, or delete the line.")


def _check_caps(caps: Any, place: Place, found: Findings) -> None:
    for name, cap in caps.items() if isinstance(caps, dict) else ():
        if name in CAP_TIMES or cap is None:
            continue
        if name not in typing.get_args(Stage):
            cure = meant(name, [*typing.get_args(Stage), *CAP_TIMES])
            found.add("unknown-key", (*place, name), f"`{name}` is no stage of messages.", cure, key=True)
        elif not isinstance(cap, int) or isinstance(cap, bool) or cap < 0:
            cure = f"Write it like `{name}: 3`."
            found.add("wrong-value", (*place, name), f"`{name}` caps a number of messages.", cure)


def check_names(value: dict[str, Any], found: Findings) -> None:
    """Ids and keys that other parts of the file, or a typed command, point at; step ids are unique."""
    first: dict[str, Place] = {}
    for place, name, of_step in _NAMES.find(value):
        if not isinstance(name, str):
            continue
        if not DASHED.match(name):
            cure = f"Use lower case letters, digits and dashes: `{_made_of(name, DASHED) or 'speak-first'}`."
            found.add("wrong-name", place, f"`{name}` cannot be a fixed name.", cure)
        if of_step and first.setdefault(name, place) != place:
            others = (found.label(first[name], "first used here", key=False),)
            found.add("duplicate-step", place, f"Two steps are called `{name}`.", "Rename one of them.", others=others)
    for block, pattern in _KEYED.items():
        entries = value.get(block)
        for name in entries if isinstance(entries, dict) else ():
            if not pattern.match(name):
                cure = f"Use letters, digits and underscores: `{_made_of(name, pattern) or 'next_update'}`."
                found.add("wrong-name", (block, name), f"`{name}` cannot be a name.", cure, key=True)
            elif block == "facts" and name in KEYS:
                cure = "Choose another name."
                found.add("wrong-name", (block, name), f"`{name}` is a word of the conditions.", cure, key=True)


def _made_of(name: str, pattern: re.Pattern[str]) -> str:
    """The nearest name to what somebody wrote that fits a pattern; "" when nothing of it does."""
    from crisiscli.authoring.choosing import slug

    plain = slug(name)
    return next((one for one in (plain.replace("-", "_"), plain) if pattern.match(one)), "")


def _fits(wanted: str, part: str | int) -> bool:
    return wanted in ("*", part)
