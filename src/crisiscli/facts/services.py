"""The state of services: which work, which are slow or down, what to use instead, until when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from crisiscli.facts.moments import moment
from crisiscli.facts.words import one_line

SERVICES_HELP = "type it like: cards: down, alternative cash, eta 16:00 by Ops; app: slow"
STATES = ("works", "slow", "down")
_STATE_WORDS = {
    **dict.fromkeys(("works", "working", "work", "ok", "up", "działa", "dziala", "merge"), "works"),
    **dict.fromkeys(("slow", "slowly", "wolno", "lent"), "slow"),
    **dict.fromkeys(("down", "out", "broken", "nie działa", "nie dziala", "nu merge"), "down"),
}
KEYS = ("service", "state", "alternative", "eta", "by")

Service = dict[str, str]
"""`service` and `state` always; `alternative`, `eta` (ISO 8601) and `by` when they are known."""


def read_services(typed: str | list[Any], known: tuple[str, ...], now: datetime, zone: tzinfo) -> list[Service]:
    """The services in the order typed. Raises ValueError with what would be accepted.

    `known` are the services of the fact; with none, any name is taken.
    """
    parts = [part for part in re.split(r"[;\n]", typed) if part.strip()] if isinstance(typed, str) else typed
    found = [_one(part, known, now, zone) for part in parts]
    names = [service["service"] for service in found]
    if not found:
        raise ValueError(f"no service is named; {SERVICES_HELP}")
    if len(set(names)) < len(names):
        raise ValueError(f"a service is named twice: {', '.join(names)}; {SERVICES_HELP}")
    return found


def _one(part: object, known: tuple[str, ...], now: datetime, zone: tzinfo) -> Service:
    raw = _pieces(part) if isinstance(part, str) else part
    if not isinstance(raw, Mapping):
        raise ValueError(f"{part!r} is not a service; {SERVICES_HELP}")
    strange = [str(key) for key in raw if key not in KEYS]
    if strange:
        raise ValueError(f"{', '.join(strange)} is not known; {SERVICES_HELP}")
    given = {key: one_line(str(raw[key])) for key in KEYS if raw.get(key) not in (None, "")}
    if "service" not in given or "state" not in given:
        raise ValueError(f"a service needs its name and its state; {SERVICES_HELP}")
    given["service"] = _name(given["service"], known)
    given["state"] = _state(given["state"])
    if "eta" in given:
        given["eta"] = moment(given["eta"], now, zone).isoformat()
    return given


def _pieces(text: str) -> dict[str, str]:
    name, colon, rest = text.partition(":")
    if not colon:
        raise ValueError(f"{text.strip()!r} does not say a state; {SERVICES_HELP}")
    state, *more = (piece.strip() for piece in rest.split(","))
    found = {"service": name.strip(), "state": state}
    for piece in more:
        key, _, value = piece.partition(" ")
        key = {"alt": "alternative", "use": "alternative"}.get(key.lower().rstrip(":"), key.lower().rstrip(":"))
        if key not in KEYS[2:] or not value.strip():
            raise ValueError(f"{piece!r} is not understood; {SERVICES_HELP}")
        found[key] = value.strip()
        if key == "eta" and " by " in value:
            found["eta"], _, found["by"] = (side.strip() for side in value.partition(" by "))
    return found


def _name(name: str, known: tuple[str, ...]) -> str:
    if not known:
        return name
    for service in known:
        if service.casefold() == name.casefold():
            return service
    raise ValueError(f"{name!r} is not one of the services: {', '.join(known)}")


def _state(text: str) -> str:
    state = _STATE_WORDS.get(" ".join(text.casefold().split()))
    if state is None:
        raise ValueError(f"{text!r} is not a state; type works, slow or down")
    return state
