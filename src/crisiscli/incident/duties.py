"""Duty clocks: deadlines somebody else sets, from their anchors. An unset anchor is not started, never a date."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from crisiscli.clocks import duration
from crisiscli.conditions import evaluate, facts_in
from crisiscli.incident.event import stamp
from crisiscli.incident.state import Incident
from crisiscli.incident.world import IncidentWorld
from crisiscli.timing import DutyClock


class Duty(NamedTuple):
    """One deadline: who must be told, by when; `due` None means its clock has not started."""

    name: str
    clock: DutyClock
    started: datetime | None
    due: datetime | None

    def data(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "name": self.name,
            "tell": self.clock.tell,
            "within": self.clock.within,
            "cite": self.clock.cite or "",
            "verified": self.clock.verified or "",
            "started": stamp(self.started) if self.started else None,
            "due": stamp(self.due) if self.due else None,
        }


def duties(incident: Incident) -> list[Duty]:
    """The runbook's clocks as they run in this incident."""
    found = []
    for name, clock in incident.runbook.clocks.items():
        started = _started(incident, clock)
        found.append(Duty(name, clock, started, started + duration(clock.within) if started else None))
    return found


def _started(incident: Incident, clock: DutyClock) -> datetime | None:
    if clock.from_ == "t0":
        return incident.t0
    if clock.from_ == "awareness":
        return incident.learned
    if not evaluate(clock.from_, IncidentWorld(incident)):
        return None
    moments = [incident.fact(name).versions[-1].at for name in facts_in(clock.from_) if incident.fact(name).versions]
    return max(moments, default=incident.learned)
