"""Makes a plan that can be walked out of a runbook with mistakes: only what cannot be read is left out."""

from __future__ import annotations

import copy
import typing
from collections.abc import Mapping
from typing import Any

from crisiscli.loader.conditions import UNREADABLE, check_condition
from crisiscli.loader.details import wrong_times
from crisiscli.loader.findings import Findings, Place, nearest
from crisiscli.loader.keys import choices, hints, noun, required, verbs
from crisiscli.loader.texts import check_leaf
from crisiscli.runbook import (
    FORMAT,
    Audience,
    Element,
    Fact,
    Gate,
    Languages,
    Message,
    Phase,
    Role,
    Runbook,
    Stage,
)
from crisiscli.shape import Noun
from crisiscli.source import Document
from crisiscli.steps import STEPS, Step
from crisiscli.steps.do import Do
from crisiscli.timing import FollowUp

_LOST = object()
_LEAD = {"title": "Crisis lead", "duty": ""}


def repaired(document: Document, name: str) -> dict[str, Any] | None:
    """A plan for `shape.build(Runbook, ...)`, or None when there is no step to walk.

    `name` stands in for a missing id.
    """
    if not isinstance(document.value, dict):
        return None
    value = copy.deepcopy(document.value)
    for place, text, _ in reversed(list(wrong_times(value))):
        _drop_time(value, place, text)
    plan = _noun(Runbook, value, name, Findings(document))
    if plan is _LOST or not any(phase["steps"] for phase in plan["phases"]):
        return None
    plan["roles"].setdefault("lead", dict(_LEAD))
    _tell_apart([step for phase in plan["phases"] for step in phase["steps"]])
    return typing.cast(dict[str, Any], plan)


def _drop_time(value: Any, place: Place, text: Any) -> None:
    for part in place[:-1]:
        value = value[part]
    del value[place[-1]]
    if place[-1] == "wait":
        value["do"] = f"Wait {_plain(text)}"


def _tell_apart(steps: list[dict[str, Any]]) -> None:
    """Gives steps that share an id numbers, so that an answer closes only one of them."""
    seen: set[str] = set()
    for step in steps:
        name, number = step["id"], 2
        while step["id"] in seen:
            step["id"] = f"{name}-{number}"
            number += 1
        seen.add(step["id"])


def _noun(cls: type[Noun], value: Any, name: str, quiet: Findings) -> Any:
    if cls is Step:
        return _step(value, name, quiet)
    if not isinstance(value, dict):
        return _LOST
    found: dict[str, Any] = {}
    value = _guessed(cls, value)
    for key, hint in hints(cls).items():
        if key in value:
            kept = _value(hint, value[key], f"{name}-{key}" if key == "steps" else str(value.get("id") or name), quiet)
            if kept is not _LOST:
                found[key] = kept
    if cls is Message:
        found["text"] = _texts(value.get("text"), quiet)
    for key in required(cls):
        if key not in found:
            instead = _instead(cls, key, name)
            if instead is _LOST:
                return _LOST
            found[key] = instead
    return found


def _guessed(cls: type[Noun], value: dict[str, Any]) -> dict[str, Any]:
    """With the value of a misspelt key under the key that is missing."""
    strange = [key for key in value if key not in hints(cls)]
    lacking = {key: nearest(key, strange) for key in required(cls) if key not in value} if strange else {}
    return value | {key: value[guess] for key, guess in lacking.items() if guess}


def _instead(cls: type[Noun], key: str, name: str) -> Any:
    """What stands in for a key that is missing or unreadable."""
    if issubclass(cls, Step):
        return name if key == "id" else _LOST
    if cls is Message:
        return name if name in typing.get_args(Stage) else "status"
    defaults: Mapping[type[Noun], Mapping[str, Any]] = {
        Runbook: {
            "crisis": FORMAT, "id": name, "version": 0, "title": name, "languages": {"must": []},
            "roles": {"lead": dict(_LEAD)}, "phases": [],
        },
        Languages: {"must": []},
        Role: {"title": name, "duty": ""},
        Fact: {"ask": f"{name}?", "type": "text"},
        Element: {"needs": UNREADABLE},
        FollowUp: {"id": name, "at": "T+0m"},
        Gate: {"opens_when": [UNREADABLE]},
        Audience: {"who": name, "reached_by": []},
        Phase: {"id": name, "title": name, "steps": []},
    }  # fmt: skip
    return defaults.get(cls, {}).get(key, _LOST)


def _step(value: Any, name: str, quiet: Findings) -> Any:
    if not isinstance(value, dict):
        return _LOST if value is None else {"id": name, "do": _plain(value)}
    named = verbs(value)
    if len(named) == 1:
        cls = STEPS[named[0]]
        found = _noun(cls, value, name, quiet)
        if found is not _LOST:
            return found
    words = {key: item for key, item in value.items() if key not in hints(Step) and item is not None}
    kept = {key: item for key, item in value.items() if key in hints(Step)}
    said = "; ".join(f"{key}: {_plain(item)}" for key, item in words.items())
    return _noun(Do, {**kept, "do": said or str(kept.get("id", name))}, name, quiet)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(item)}" for key, item in value.items())
    return "" if value is None else str(value)


def _texts(value: Any, quiet: Findings) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for source, languages in value.items() if isinstance(value, dict) else ():
        for language, leaf in languages.items() if isinstance(languages, dict) else ():
            kept = check_leaf(leaf, (), quiet)
            if kept:
                found.setdefault(source, {})[language] = kept
    return found


def _value(hint: Any, value: Any, name: str, quiet: Findings) -> Any:
    """The value as far as it fits the annotation; `_LOST` when nothing of it does."""
    options = choices(hint)
    origins = [typing.get_origin(option) for option in options]
    if dict in origins and list in origins:
        words = [word for option in options for word in typing.get_args(option) if isinstance(word, str)]
        return value if value in words or check_condition(value, (), quiet) else UNREADABLE
    if value is None:
        return _LOST
    cls = noun(options[0]) if not origins[0] else None
    if cls is not None:
        return _noun(cls, value, name, quiet)
    if origins[0] is None:
        return _single(options[0], value)
    return _many(origins[0], typing.get_args(options[0]), value, name, quiet)


def _many(origin: Any, arguments: tuple[Any, ...], value: Any, name: str, quiet: Findings) -> Any:
    if origin is typing.Literal:
        return value if value in arguments else _LOST
    if origin is dict:
        return _dict(arguments[1], value, quiet)
    return _list(arguments[0], value, name, quiet)


def _single(hint: Any, value: Any) -> Any:
    if hint is str and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if hint in (str, int, bool) and type(value) is not hint:
        return _LOST
    return value


def _list(hint: Any, value: Any, name: str, quiet: Findings) -> Any:
    if hint is Any:
        items = value if isinstance(value, list) else [value]
        return [item if check_condition(item, (), quiet) else UNREADABLE for item in items]
    if isinstance(value, str) and hint is str:
        return [value]
    if not isinstance(value, list):
        return _LOST
    kept = [_value(hint, item, f"{name}-{number}", quiet) for number, item in enumerate(value, start=1)]
    return [item for item in kept if item is not _LOST]


def _dict(hint: Any, value: Any, quiet: Findings) -> Any:
    if not isinstance(value, dict):
        return _LOST
    kept = {key: _value(hint, item, key, quiet) for key, item in value.items()}
    return {key: item for key, item in kept.items() if item is not _LOST}
