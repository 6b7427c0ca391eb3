"""Duty clocks: deadlines somebody else sets, from their anchors. An unset anchor is not started, never a date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Literal, NamedTuple

from crisiscli.clocks import duration
from crisiscli.conditions import evaluate, facts_in
from crisiscli.incident.course import COURSE
from crisiscli.incident.event import Event, moment_of, stamp
from crisiscli.incident.records import FactVersion
from crisiscli.incident.state import Incident
from crisiscli.incident.world import IncidentWorld
from crisiscli.timing import DutyClock

DutyWord = Literal["not_started", "running", "overdue", "told", "does_not_apply"]


class Duty(NamedTuple):
    """One deadline: who must be told, by when; `due` None means its clock has not started.

    `told` is when they were told, None until then. `now` is the moment it was looked at.
    """

    name: str
    clock: DutyClock
    started: datetime | None
    due: datetime | None
    told: datetime | None
    now: datetime
    applies: bool = True
    """False when it binds others only: its `when` fails."""

    @property
    def state(self) -> DutyWord:
        """Told stops the clock; a clock without its anchor has not started."""
        if not self.applies:
            return "does_not_apply"
        if self.told is not None:
            return "told"
        if self.due is None:
            return "not_started"
        return "overdue" if self.now > self.due else "running"

    @property
    def in_time(self) -> bool | None:
        """Whether they were told by the deadline; None while they are not told or no deadline ran."""
        return None if self.told is None or self.due is None else self.told <= self.due

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "name": self.name,
            "tell": self.clock.tell,
            "within": self.clock.within,
            "cite": self.clock.cite or "",
            "verified": self.clock.verified or "",
            "state": self.state,
            "started": stamp(self.started) if self.started else None,
            "due": stamp(self.due) if self.due else None,
            "told": stamp(self.told) if self.told else None,
            "in_time": self.in_time,
        }


def duties(incident: Incident, now: datetime | None = None) -> list[Duty]:
    """The runbook's clocks as they run in this incident at `now`; without it, at its last event."""
    moment = now or incident.last or incident.opened
    found = []
    for name, clock in incident.runbook.clocks.items():
        applies = evaluate(clock.when, IncidentWorld(incident)).value is not False
        started = _started(incident, clock) if applies else None
        due = started + duration(clock.within) if started else None
        told = _time_of(incident, clock.told) if clock.told else None
        found.append(Duty(name, clock, started, due, told if told and told <= moment else None, moment, applies))
    return found


def _started(incident: Incident, clock: DutyClock) -> datetime | None:
    if clock.from_ in ("t0", "awareness"):
        if incident.armed:
            return None
        return incident.t0 if clock.from_ == "t0" else incident.learned
    if isinstance(clock.from_, dict) and set(clock.from_) == {"fact"}:
        name = str(clock.from_["fact"])
        fact = incident.runbook.facts.get(name)
        if fact is not None and fact.type == "time":
            return _time_of(incident, name)
    return held_since(clock.from_, incident)


def _time_of(incident: Incident, name: str) -> datetime | None:
    """The value of a time fact as far as it may be used."""
    value = IncidentWorld(incident).fact(name)
    try:
        found = moment_of(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def held_since(condition: Any, incident: Incident) -> datetime | None:
    """When a condition began to hold that holds now; None when it does not.

    What was said, decided, sent and read is gone through again in order of time: saying the same once more
    does not move the beginning. While a fact is disputed a clock that ran runs on: a deadline is not lost in a quarrel.
    """
    past = replace(incident, facts={}, decisions={}, words=[], readings=[])
    since = incident.learned if evaluate(condition, IncidentWorld(past, incident.opened)) else None
    for at, happen in sorted(_changes(condition, incident), key=lambda change: change[0]):
        happen(past)
        verdict = evaluate(condition, IncidentWorld(past, at))
        disputed = any(past.fact(name).status == "disputed" for name in facts_in(condition))
        if verdict:
            since = since or at
        elif verdict.value is False or not disputed:
            since = None
    return since


Change = tuple[datetime, Callable[[Incident], object]]


def _changes(condition: Any, incident: Incident) -> list[Change]:
    """Everything the condition looks at, each with the moment it happened."""
    found: list[Change] = []
    subjects = _subjects(condition)
    for name in dict.fromkeys(facts_in(condition)):
        found += [(version.at, _say(name, version)) for version in incident.fact(name).versions]
    if "decided" in subjects:
        for step, decision in incident.decisions.items():
            found.append((decision["at"], partial(_put, "decisions", {step: decision})))
    if "sent" in subjects:
        found += [(word.at, partial(_add, "words", word)) for word in incident.words]
    if "signal" in subjects:
        found += [(reading.at, partial(_add, "readings", reading)) for reading in incident.readings]
    return found


def _subjects(condition: Any) -> set[str]:
    if isinstance(condition, list):
        return {subject for part in condition for subject in _subjects(part)}
    if not isinstance(condition, dict):
        return set()
    inside = [condition[key] for key in ("any", "not") if key in condition]
    return set(condition) | {subject for part in inside for subject in _subjects(part)}


def _put(where: str, what: dict[str, Any], past: Incident) -> None:
    getattr(past, where).update(what)


def _add(where: str, what: Any, past: Incident) -> None:
    getattr(past, where).append(what)


def _say(name: str, version: FactVersion) -> Callable[[Incident], object]:
    data = {"name": name, "value": version.value, "status": version.status, "source": version.source}
    event = Event(0, version.at, version.actor, "fact_set", data, "", "")
    return lambda past: COURSE["fact_set"](past, event)
