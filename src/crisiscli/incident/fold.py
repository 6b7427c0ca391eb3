"""The fold: events in, incident out. A new kind of event is one line on a label and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from crisiscli.incident.around import AROUND
from crisiscli.incident.course import COURSE
from crisiscli.incident.event import Event, moment_of
from crisiscli.incident.spoken import SPOKEN
from crisiscli.incident.state import Incident
from crisiscli.runbook import Runbook
from crisiscli.shape import build

HANDLERS = {**COURSE, **SPOKEN, **AROUND}


def apply(incident: Incident, event: Event) -> None:
    """Takes one event in; a kind this version does not know is kept in the chain and changes nothing."""
    handler = HANDLERS.get(event.kind)
    if handler is not None:
        handler(incident, event)
    incident.seq = event.seq
    incident.last = max(incident.last, event.at) if incident.last else event.at


def fold(events: Iterable[Event]) -> Incident:
    """The incident the events tell. Raises ValueError when the first is not `opened`."""
    steps = iter(events)
    first = next(steps, None)
    if first is None or first.kind != "opened":
        raise ValueError("the record does not begin with an opening")
    incident = _opened(first)
    for event in steps:
        apply(incident, event)
    return incident


def _opened(event: Event) -> Incident:
    data = event.data
    incident = Incident(
        code=data["code"],
        mode=data["mode"],
        runbook=build(Runbook, data["runbook"]),
        plan=data["runbook"],
        layouts=data["layouts"],
        company=data["company"],
        opened=event.at,
        t0=moment_of(data["t0"]),
        learned=moment_of(data["learned"]),
        lead=data["lead"],
        operator=event.actor,
    )
    incident.armed = bool(data.get("armed"))
    incident.armed_until = moment_of(data["armed_until"]) if data.get("armed_until") else None
    incident.pace = data.get("pace")
    incident.seq, incident.last = event.seq, event.at
    return incident
