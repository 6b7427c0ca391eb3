"""What surrounds the words: people who were tried, channels, readings of the outside, warnings, drills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crisiscli.incident.event import Event, moment_of
from crisiscli.incident.records import Ahead, Health, Plan, Reading, Try, Warned
from crisiscli.incident.state import Incident
from crisiscli.runbook import Runbook
from crisiscli.shape import build


def _tried(incident: Incident, event: Event) -> None:
    data = event.data
    back = moment_of(data["back"]) if data.get("back") else None
    found = Try(data["person"], data["result"], event.actor, event.at, back)
    incident.tries.setdefault(data["role"], []).append(found)


def _stood_by(incident: Incident, event: Event) -> None:
    incident.standby[event.data["role"]] = event.data["person"]


def _handed_over(incident: Incident, event: Event) -> None:
    incident.roles["lead"] = incident.lead = incident.operator = event.data["to"]


def _channel_set(incident: Incident, event: Event) -> None:
    data = event.data
    incident.health[data["channel"]] = Health(data["health"], data.get("why", ""), event.actor, event.at)


def _signal_read(incident: Incident, event: Event) -> None:
    data = event.data
    reading = Reading(
        signal=data["signal"],
        kind=data["kind"],
        at=moment_of(data["at"]),
        value=data.get("value"),
        n=data.get("n", 0),
        parts=dict(data.get("parts", {})),
        source=data.get("source", ""),
        by=data.get("by", ""),
        note=data.get("note", ""),
        role=data.get("role", ""),
    )
    incident.readings.append(reading)


def _warned(incident: Incident, event: Event) -> None:
    data = event.data
    incident.warnings.append(
        Warned(data["about"], data.get("message", ""), data["what"], data.get("reason", ""), event.actor, event.at)
    )


def _released(incident: Incident, event: Event) -> None:
    incident.released[event.data["step"]] = event.data["value"]


def _injected(incident: Incident, event: Event) -> None:
    incident.injected.add(event.data["number"])


def _approved_ahead(incident: Incident, event: Event) -> None:
    data = event.data
    incident.ahead.append(
        Ahead(
            message=data["message"],
            person=data["person"],
            roles=tuple(data["roles"]),
            may_vary=tuple(data["may_vary"]),
            tag=data["tag"],
            how=data["how"],
            detail=data.get("detail", ""),
            at=event.at,
        )
    )


def _begun(incident: Incident, event: Event) -> None:
    """An armed incident became a real one: T0 is set, and who stood by holds the role."""
    incident.armed = False
    incident.t0 = moment_of(event.data["t0"])
    incident.learned = moment_of(event.data["learned"])
    incident.opened = event.at
    incident.roles = {**incident.standby, **incident.roles}


def _switched(incident: Incident, event: Event) -> None:
    """The right runbook was found: T0, facts, roles and what was said stay, the plan changes."""
    before = incident.runbook
    incident.walked += incident.runbook.steps()
    incident.injected.clear()
    incident.plans.append(Plan(before.id, before.title, before.version, event.at))
    incident.plan = event.data["runbook"]
    incident.layouts = event.data["layouts"]
    found = build(Runbook, incident.plan)
    said = {name: fact for name, fact in before.facts.items() if name in incident.facts and name not in found.facts}
    incident.runbook = replace(found, facts={**found.facts, **said})


def _paced(incident: Incident, event: Event) -> None:
    incident.pace = event.data


AROUND: dict[str, Callable[[Incident, Event], None]] = {
    "tried": _tried,
    "stood_by": _stood_by,
    "handed_over": _handed_over,
    "channel_set": _channel_set,
    "signal_read": _signal_read,
    "warned": _warned,
    "released": _released,
    "injected": _injected,
    "approved_ahead": _approved_ahead,
    "begun": _begun,
    "switched": _switched,
    "paced": _paced,
}
