"""Opening an incident: the runbook, its texts, layouts and the company's rules are pinned into the first event."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crisiscli.clock import Clock, PacedClock
from crisiscli.config import Config, pinned
from crisiscli.dispatch.stamp import drilled
from crisiscli.errors import UsageError
from crisiscli.incident import stamp
from crisiscli.journal import Journal
from crisiscli.loader import Loaded
from crisiscli.stores.base import Entry, Mode, Store
from crisiscli.walk.codenames import SHAPE, code_name
from crisiscli.walk.tongues import narrowed


@dataclass(frozen=True)
class Opening:
    """What is known when an incident is opened. `t0` is when it happened, `learned` when we heard of it."""

    loaded: Loaded
    layouts: dict[str, str]
    lead: str
    operator: str
    """Who types, when that is known to be somebody else than the lead; else ""."""
    t0: datetime
    learned: datetime
    code: str = ""
    mode: Mode = "LIVE"
    taken: Collection[str] = ()
    """Code names that are used elsewhere: in the other file."""
    armed_until: datetime | None = None
    """Set for one that is armed before a planned test: T0 then counts as not set."""
    speed: str = "1"
    """How many times faster a drill's clock runs."""
    injects: bool = True
    """False for a drill in which no bad news arrives."""


def open_incident(store: Store, opening: Opening, config: Config, clock: Clock) -> Journal:
    """Writes the first event and returns the incident's journal, which in a drill keeps the drill's time.

    Raises UsageError for a code name that cannot be said and typed, Refused when it is taken.
    """
    runbook = opening.loaded.runbook
    assert runbook is not None  # noqa: S101
    code = opening.code or _code_name(store, opening, config)
    if not SHAPE.match(code) or len(code) > 40:
        raise UsageError(
            f"{code!r} cannot be a code name.", then="lower case letters, digits and dashes, like amber-heron"
        )
    lead = store.person(opening.lead)
    operator = store.person(opening.operator) if opening.operator else lead
    now = clock.now()
    plan = narrowed(opening.loaded.plan, config.languages)
    data: dict[str, Any] = {
        "code": code,
        "mode": opening.mode,
        "title": runbook.title,
        "version": runbook.version,
        "runbook": plan,
        "runbook_sha256": hashlib.sha256(opening.loaded.document.text.encode("utf-8")).hexdigest(),
        "runbook_problems": len(opening.loaded.problems),
        "layouts": opening.layouts,
        "company": pinned(drilled(config) if opening.mode == "DRILL" else config),
        "t0": stamp(opening.t0),
        "learned": stamp(opening.learned),
        "lead": lead,
        "operator": operator,
        **_more(opening, now),
    }
    store.create(code, opening.mode, runbook.title, Entry("opened", data, operator, now))
    journal = Journal(store, code, clock, operator)
    if opening.mode == "DRILL":
        journal.clock = PacedClock(clock, lambda: journal.incident.pace)
    return journal


def _code_name(store: Store, opening: Opening, config: Config) -> str:
    taken = {*(heading.code for heading in store.headings()), *opening.taken}
    return code_name(taken, next(iter(config.languages), "en"))


def _more(opening: Opening, now: datetime) -> dict[str, Any]:
    if opening.mode == "DRILL":
        return {"pace": {"real": stamp(now), "at": stamp(now), "speed": opening.speed, "quiet": not opening.injects}}
    if opening.armed_until is not None:
        return {"armed": True, "armed_until": stamp(opening.armed_until)}
    return {}
