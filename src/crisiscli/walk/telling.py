"""Events in a few plain words: the lines above an open question, when another terminal wrote them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from crisiscli.incident import Event, moment_of
from crisiscli.journal import Journal


def tell(journal: Journal, event: Event) -> str:
    """What happened, in one line without markup; nothing for what a person need not read."""
    teller = _TELLERS.get(event.kind)
    return teller(journal, event.data) if teller is not None else ""


def _place(data: dict[str, Any]) -> str:
    return str(data["rendering"]).partition("@")[0]


def _went(journal: Journal, data: dict[str, Any]) -> str:
    counts = [f"{data[state]} {state}" for state in ("sent", "failed", "unknown", "left") if data.get(state)]
    return f"{_place(data)}: {', '.join(counts)}"


def _answered(journal: Journal, data: dict[str, Any]) -> str:
    value = data["value"]
    return f"answered {data['step']}: {', '.join(map(str, value)) if isinstance(value, list) else value}"


def _fact(journal: Journal, data: dict[str, Any]) -> str:
    value = "unknown" if data["value"] is None else _shown(journal, data["name"], data["value"])
    source = f", says {journal.name(data['source'])}" if data.get("source") else ""
    return f"fact {data['name']} = {value if not isinstance(value, list) else 'changed'} ({data['status']}{source})"


def _shown(journal: Journal, name: str, value: Any) -> Any:
    """A time as it stands on the wall clock of the company; everything else as it is."""
    fact = journal.incident.runbook.facts.get(name)
    zone = journal.incident.company.get("timezone")
    if fact is None or fact.type != "time" or not zone or not isinstance(value, str):
        return value
    return f"{moment_of(value).astimezone(ZoneInfo(str(zone))):%H:%M, %d %b}"


def _approved(journal: Journal, data: dict[str, Any]) -> str:
    return f"yes of {journal.name(data['person'])} to {data['message']} ({data['how']}), tag {data['tag']}"


_TELLERS: dict[str, Callable[[Journal, dict[str, Any]], str]] = {
    "t0_set": lambda j, d: "corrected T0",
    "role_taken": lambda j, d: f"{j.name(d['person'])} holds {d['role']}",
    "fact_set": _fact,
    "step_told": lambda j, d: f"{j.name(d['person'])} has {d['step']}",
    "step_parked": lambda j, d: f"parked {d['step']}",
    "step_answered": _answered,
    "step_skipped": lambda j, d: f"skipped {d['step']}: {d['reason']}",
    "step_reopened": lambda j, d: f"reopened {d['step']}: {d['reason']}",
    "decided": lambda j, d: f"decided {d['step']}: {d['option']}",
    "tried": lambda j, d: f"tried {j.name(d['person'])} for {d['role']}: {d['result']}",
    "edited": lambda j, d: f"edited {d['place']}",
    "edit_dropped": lambda j, d: f"went back to the runbook's words on {d['place']}",
    "approved": _approved,
    "approval_void": lambda j, d: f"a yes to {d['message']} was not recorded: {d['why']}",
    "sending": lambda j, d: f"sending {_place(d)} ({d['rows']})",
    "went": _went,
    "handed": lambda j, d: f"handed {_place(d)} to {j.name(d['to'])}",
    "settled": lambda j, d: f"{_place(d)}: {d['state']}, {d['proof']}",
    "swept": lambda j, d: f"{sum(d['rows'].values())} became unknown after a crash",
    "said": lambda j, d: f"said on {d['channel']}: {d['text']}",
    "taken_down": lambda j, d: f"taken down: {d['channel']}",
    "owned": lambda j, d: f"{d['channel']} stays up; {j.name(d['owner'])} takes it down",
    "noted": lambda j, d: f"note: {d['text']}",
    "handed_over": lambda j, d: f"{j.name(d['to'])} leads now",
    "channel_set": lambda j, d: f"channel {d['channel']} is {d['health']}",
    "signal_read": lambda j, d: f"signal {d['signal']}: {d.get('value') if d.get('value') is not None else d.get('n')}",
    "warned": lambda j, d: f"went on in spite of: {d['what']}",
    "released": lambda j, d: f"let go again: {d['step']}",
    "switched": lambda j, d: f"went on with {d['title']}",
    "settings_taken": lambda j, d: "read the company's settings again",
    "ended": lambda j, d: f"ended it: {d['completeness']}",
}
