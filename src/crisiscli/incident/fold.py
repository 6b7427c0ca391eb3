"""Incident: one running crisis, as its events tell it. Nothing here is stored; everything is folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from crisiscli.incident.event import Event
from crisiscli.incident.records import (
    Edit,
    FactRecord,
    FactVersion,
    Hand,
    StepRecord,
    Word,
)
from crisiscli.runbook import Runbook
from crisiscli.shape import build


@dataclass
class Incident:
    """One running crisis. Times are aware, UTC. People are ids; their names live in the store."""

    code: str
    mode: str
    runbook: Runbook
    plan: dict[str, Any]
    layouts: dict[str, str]
    company: dict[str, Any]
    opened: datetime
    t0: datetime
    learned: datetime
    lead: str
    seq: int = 0
    last: datetime | None = None
    steps: dict[str, StepRecord] = field(default_factory=dict)
    facts: dict[str, FactRecord] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    edits: dict[str, Edit] = field(default_factory=dict)
    hands: dict[str, Hand] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    """Rendering id to how many of its rows are sending, sent, failed, unknown."""
    promised: dict[str, datetime] = field(default_factory=dict)
    """Rendering id to the time it promises."""
    up: dict[tuple[str, str], Word] = field(default_factory=dict)
    """What is up right now: standing channel and language to the words."""
    owners: dict[tuple[str, str], str] = field(default_factory=dict)
    ended: dict[str, Any] | None = None
    ended_at: datetime | None = None

    def apply(self, event: Event) -> None:
        """Takes one event in; a kind this version does not know is kept in the chain and changes nothing."""
        handler = _HANDLERS.get(event.kind)
        if handler is not None:
            handler(self, event)
        self.seq = event.seq
        self.last = max(self.last, event.at) if self.last else event.at

    def moment(self, now: datetime) -> datetime:
        """The present, never before the last event: a clock that jumps back cannot un-pass a deadline."""
        return max(now, self.last) if self.last else now

    def step(self, name: str) -> StepRecord:
        """Where a step stands."""
        return self.steps.get(name, StepRecord())

    def fact(self, name: str) -> FactRecord:
        """What the ledger says of a fact."""
        return self.facts.get(name, FactRecord())

    def holder(self, role: str) -> str:
        """The person who holds a role: the lead holds every role until it is given away."""
        return self.roles.get(role, self.lead)

    def public_words(self) -> list[Word]:
        """What the world heard, in order of time."""
        return sorted((word for word in self.words if word.public), key=lambda word: word.at)


def fold(events: Iterable[Event]) -> Incident:
    """The incident the events tell. Raises ValueError when the first is not `opened`."""
    steps = iter(events)
    first = next(steps, None)
    if first is None or first.kind != "opened":
        raise ValueError("the record does not begin with an opening")
    incident = _opened(first)
    for event in steps:
        incident.apply(event)
    return incident


def moment_of(text: str) -> datetime:
    """A time from the record."""
    return datetime.fromisoformat(text)


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
    )
    incident.seq, incident.last = event.seq, event.at
    return incident


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
    incident.facts[name] = _settle_fact(record, version, bool(fact and fact.promise))


def _settle_fact(record: FactRecord, version: FactVersion, promise: bool) -> FactRecord:
    versions = (*record.versions, version)
    if version.value is None:
        return FactRecord(versions)
    known = record.status in ("reported", "confirmed", "disputed")
    other = known and record.value != version.value and version.source != record.versions[-1].source
    if version.status != "confirmed" and other and not promise:
        return FactRecord(versions, "disputed", record.value)
    if version.status != "confirmed" and record.status == "confirmed" and record.value == version.value:
        return FactRecord(versions, "confirmed", record.value)
    if version.status != "confirmed" and record.status == "disputed":
        return FactRecord(versions, "disputed", record.value)
    return FactRecord(versions, version.status, version.value)


def _step(state: Any) -> Callable[[Incident, Event], None]:
    def handler(incident: Incident, event: Event) -> None:
        data = event.data
        incident.steps[data["step"]] = StepRecord(
            state=state,
            value=data.get("value"),
            how=data.get("how", ""),
            reason=data.get("reason", ""),
            actor=event.actor,
            person=data.get("person", ""),
            at=moment_of(data["at"]) if "at" in data else event.at,
            back=moment_of(data["back"]) if data.get("back") else None,
        )

    return handler


def _decided(incident: Incident, event: Event) -> None:
    incident.decisions[event.data["step"]] = {**event.data, "at": event.at, "actor": event.actor}
    _step("answered")(
        incident, replace(event, data={"step": event.data["step"], "value": event.data["option"], "how": "confirmed"})
    )


def _edited(incident: Incident, event: Event) -> None:
    data = event.data
    incident.edits[data["place"]] = Edit(data["title"], data["body"], event.actor, event.at)


def _edit_dropped(incident: Incident, event: Event) -> None:
    incident.edits.pop(event.data["place"], None)


def _count(incident: Incident, rendering: str, **changes: int) -> None:
    counts = incident.counts.setdefault(rendering, {"sending": 0, "sent": 0, "failed": 0, "unknown": 0})
    for state, change in changes.items():
        counts[state] = max(0, counts[state] + change)


def _sending(incident: Incident, event: Event) -> None:
    data = event.data
    _count(incident, data["rendering"], sending=data["rows"], failed=-data.get("again", 0))
    if data.get("promise"):
        incident.promised[data["rendering"]] = moment_of(data["promise"])


def _went(incident: Incident, event: Event) -> None:
    data = event.data
    done = {state: data.get(state, 0) for state in ("sent", "failed", "unknown")}
    _count(incident, data["rendering"], sending=-sum(done.values()), **done)
    if data.get("left"):
        _count(incident, data["rendering"], sending=-data["left"])
    if done["sent"]:
        _word(incident, event, "sensed", done["sent"])


def _handed(incident: Incident, event: Event) -> None:
    data = event.data
    incident.hands[data["dispatch"]] = Hand(
        data["rendering"],
        data["dispatch"],
        data["to"],
        data["through"],
        event.at,
        moment_of(data["back"]) if data.get("back") else None,
    )


def _settled(incident: Incident, event: Event) -> None:
    data = event.data
    rows, was = len(data["dispatches"]), data["was"]
    state = data["state"]
    changes = {was: -rows}
    if state in ("sent", "failed", "unknown"):
        changes[state] = changes.get(state, 0) + rows
    _count(incident, data["rendering"], **changes)
    for dispatch in data["dispatches"]:
        if state != "unknown":
            incident.hands.pop(dispatch, None)
    if state == "sent":
        _word(incident, event, "confirmed", rows)


def _swept(incident: Incident, event: Event) -> None:
    for rendering, rows in event.data["rows"].items():
        _count(incident, rendering, sending=-rows, unknown=rows)


def _recounted(incident: Incident, event: Event) -> None:
    for rendering, counts in event.data["counts"].items():
        before = incident.counts.get(rendering, {}).get("sent", 0)
        incident.counts[rendering] = dict(counts)
        if counts["sent"] > before:
            facts = {**event.data["facts"][rendering], "rendering": rendering}
            _word(incident, replace(event, data=facts), "sensed", counts["sent"] - before)


def _word(incident: Incident, event: Event, how: Any, rows: int) -> None:
    data = event.data
    place = data["rendering"].partition("@")[0]
    message, channel, language = place.split("/")
    audience = tuple(data.get("audience", ()))
    word = Word(
        at=moment_of(data["left_at"]) if data.get("left_at") else event.at,
        how=how,
        channel=channel,
        message=message,
        language=language,
        rendering=data["rendering"],
        audience=audience,
        proof=data.get("proof", ""),
        public=data.get("public", True),
        promise=incident.promised.get(data["rendering"]),
        rows=rows,
    )
    incident.words.append(word)
    if data.get("standing"):
        incident.up[channel, language] = word


def _said(incident: Incident, event: Event) -> None:
    data = event.data
    word = Word(
        at=moment_of(data["at"]),
        how="reported",
        channel=data["channel"],
        text=data["text"],
        message="",
        audience=tuple(data.get("audience", ())),
        proof=data.get("proof", ""),
        public=data.get("public", True),
        promise=moment_of(data["promise"]) if data.get("promise") else None,
    )
    incident.words.append(word)
    if data.get("standing"):
        incident.up[word.channel, ""] = word


def _taken_down(incident: Incident, event: Event) -> None:
    key = (event.data["channel"], event.data["language"])
    incident.up.pop(key, None)
    incident.owners.pop(key, None)


def _owned(incident: Incident, event: Event) -> None:
    incident.owners[event.data["channel"], event.data["language"]] = event.data["owner"]


def _ended(incident: Incident, event: Event) -> None:
    incident.ended, incident.ended_at = event.data, event.at


_HANDLERS: dict[str, Callable[[Incident, Event], None]] = {
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
    "sending": _sending,
    "went": _went,
    "handed": _handed,
    "settled": _settled,
    "swept": _swept,
    "recounted": _recounted,
    "said": _said,
    "taken_down": _taken_down,
    "owned": _owned,
    "ended": _ended,
}
