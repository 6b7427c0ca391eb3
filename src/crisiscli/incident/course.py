"""The course of an incident: T0, roles, facts, steps, decisions, edits, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crisiscli.incident.event import Event, moment_of
from crisiscli.incident.records import Edit, FactRecord, FactVersion, StepRecord
from crisiscli.incident.state import Incident


def _t0_set(incident: Incident, event: Event) -> None:
    incident.t0 = moment_of(event.data["t0"])


def _role_taken(incident: Incident, event: Event) -> None:
    incident.roles[event.data["role"]] = event.data["person"]
    if event.data["role"] == "lead":
        incident.lead = event.data["person"]


def _fact_set(incident: Incident, event: Event) -> None:
    name, data = event.data["name"], event.data
    record = incident.fact(name)
    version = FactVersion(data["value"], data["status"], data["source"], event.actor, event.at)
    fact = incident.runbook.facts.get(name)
    incident.facts[name] = _settle_fact(record, version, bool(fact and fact.promise and not fact.confirmed_by))


def _settle_fact(record: FactRecord, version: FactVersion, promise: bool) -> FactRecord:
    """What a fact comes to after one more word about it.

    "Unknown" takes everything back. A confirmed word settles it. Else the last word of each person counts, since
    the fact was taken back or confirmed: while they differ, it is disputed and keeps the value it had.
    """
    versions = (*record.versions, version)
    if version.value is None:
        return FactRecord(versions)
    if promise or version.status == "confirmed" or not record.versions or record.status == "unknown":
        return FactRecord(versions, version.status, version.value)
    voices: dict[str, FactVersion] = {}
    for said in reversed(versions):
        if said.value is None:
            break
        voices.setdefault(_voice(said), said)
        if said.status == "confirmed":
            break
    if any(said.value != version.value for said in voices.values()):
        return FactRecord(versions, "disputed", record.value)
    sure = any(said.status == "confirmed" for said in voices.values())
    return FactRecord(versions, "confirmed" if sure else version.status, version.value)


def _voice(version: FactVersion) -> str:
    """Whose word it is: the source that was named, or else whoever typed it."""
    return " ".join(version.source.casefold().split()) or version.actor


def _step(state: Any) -> Callable[[Incident, Event], None]:
    def handler(incident: Incident, event: Event) -> None:
        data = event.data
        parks = incident.step(data["step"]).parks + 1 if state == "parked" else 0
        incident.steps[data["step"]] = StepRecord(
            state=state,
            value=data.get("value"),
            how=data.get("how", ""),
            reason=data.get("reason", ""),
            actor=event.actor,
            person=data.get("person", ""),
            at=moment_of(data["at"]) if "at" in data else event.at,
            back=moment_of(data["back"]) if data.get("back") else None,
            parks=parks,
        )

    return handler


def _decided(incident: Incident, event: Event) -> None:
    incident.decisions[event.data["step"]] = {**event.data, "at": event.at, "actor": event.actor}
    _step("answered")(
        incident, event._replace(data={"step": event.data["step"], "value": event.data["option"], "how": "confirmed"})
    )


def _edited(incident: Incident, event: Event) -> None:
    data = event.data
    incident.edits[data["place"]] = Edit(data["title"], data["body"], event.actor, event.at)


def _edit_dropped(incident: Incident, event: Event) -> None:
    incident.edits.pop(event.data["place"], None)


def _ended(incident: Incident, event: Event) -> None:
    incident.ended, incident.ended_at = event.data, event.at


def _settings_taken(incident: Incident, event: Event) -> None:
    incident.company = event.data["company"]


Handler = Callable[[Incident, Event], None]

COURSE: dict[str, Handler] = {
    "t0_set": _t0_set,
    "role_taken": _role_taken,
    "fact_set": _fact_set,
    "step_told": _step("told"),
    "step_parked": _step("parked"),
    "step_answered": _step("answered"),
    "step_skipped": _step("skipped"),
    "step_reopened": _step("open"),
    "decided": _decided,
    "edited": _edited,
    "edit_dropped": _edit_dropped,
    "settings_taken": _settings_taken,
    "ended": _ended,
}
