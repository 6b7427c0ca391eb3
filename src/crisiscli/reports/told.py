"""Every kind of event as one sentence of the timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crisiscli.facts import show
from crisiscli.incident import Event
from crisiscli.journal import Journal
from crisiscli.reports.markdown import plain
from crisiscli.reports.told_around import AROUND


class Teller:
    """Tells events; people by name, facts as they are shown. `zone` is the company's."""

    def __init__(self, journal: Journal, zone: Any) -> None:
        self.journal = journal
        self.zone = zone

    def tell(self, event: Event) -> str:
        """One event in one sentence; a kind it does not know is told by its name and data."""
        teller = _TELLERS.get(event.kind)
        if teller is None:
            return f"{event.kind}: {plain(str(event.data))}"
        return teller(self, event.data)

    def name(self, person: str) -> str:
        """A person, as Markdown."""
        return plain(self.journal.name(person))

    def value(self, name: str, value: Any) -> str:
        """A value of a fact as it is read out."""
        fact = self.journal.incident.runbook.facts.get(name)
        return "unknown" if value is None else show(fact, value, self.zone) if fact else str(value)

    def wall(self, text: str) -> str:
        """A time of the record on the wall clock."""
        return self.journal.moment(text).astimezone(self.zone).strftime("%H:%M:%S")


def _place(rendering: str) -> str:
    return f"`{rendering.partition('@')[0]}`"


def _opened(teller: Teller, data: dict[str, Any]) -> str:
    return (
        f"**{data['mode']}** {data['code']} opened: {plain(data['title'])} v{data['version']}, "
        f"T0 {teller.wall(data['t0'])}, lead {teller.name(data['lead'])}"
    )


def _fact_set(teller: Teller, data: dict[str, Any]) -> str:
    value = teller.value(data["name"], data["value"])
    source = f", says {teller.name(data['source'])}" if data["source"] else ""
    return f"Fact `{data['name']}` = {plain(value)} ({data['status']}{source})"


def _answered(teller: Teller, data: dict[str, Any]) -> str:
    value = data["value"]
    shown = ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
    at = f", at {teller.wall(data['at'])}" if data.get("at") else ""
    return f"Step `{data['step']}` answered ({data['how']}{at}): {plain(shown)}"


def _step_told(teller: Teller, data: dict[str, Any]) -> str:
    """Somebody has it, or, of a watch, what was seen this time."""
    if data.get("value"):
        return f"Seen for `{data['step']}`: {plain(str(data['value']))}; next look {teller.wall(data['back'])}"
    return f"Step `{data['step']}`: {teller.name(data['person'])} was told, check back {teller.wall(data['back'])}"


def _decided(teller: Teller, data: dict[str, Any]) -> str:
    why = f", because: {plain(data['why'])}" if data["why"] else ""
    known = ", ".join(f"{name}={teller.value(name, value[0])} ({value[1]})" for name, value in data["facts"].items())
    return f"**Decided** `{data['step']}`: {plain(data['option'])}{why}. Known then: {plain(known) or 'nothing'}"


def _approved(teller: Teller, data: dict[str, Any]) -> str:
    places = ", ".join(_place(item["id"]) for item in data["renderings"])
    detail = f", {plain(data['detail'])}" if data["detail"] else ""
    open_facts = f"; left open: {', '.join(data['may_vary'])}" if data["may_vary"] else ""
    return (
        f"**Approved** {places} by {teller.name(data['person'])} for {', '.join(data['roles'])} "
        f"({data['how']}{detail}), tag {data['tag']}{open_facts}"
    )


def _went(teller: Teller, data: dict[str, Any]) -> str:
    counts = ", ".join(f"{data[state]} {state}" for state in ("sent", "failed", "unknown", "left") if data[state])
    details = "; ".join(
        f"{o['state']}: {plain(o['detail'] or o['proof'])}" for o in data["outcomes"] if o["detail"] or o["proof"]
    )
    return f"**Outcome** {_place(data['rendering'])}: {counts or 'nothing'}{f' ({details})' if details else ''}"


def _sending(teller: Teller, data: dict[str, Any]) -> str:
    audience = ", ".join(name for name in data["audience"] if name)
    promise = f"; promises {teller.wall(data['promise'])}" if data.get("promise") else ""
    return (
        f"Sending {_place(data['rendering'])} through {plain(data['provider'])} ({plain(data['target'])}), "
        f"{data['rows']} row(s){f', for {audience}' if audience else ''}, sha256 `{data['sha256'][:16]}`{promise}"
    )


def _settled(teller: Teller, data: dict[str, Any]) -> str:
    differs = data.get("differs")
    compared = f"; the live text differs: {plain('; '.join(differs))}" if differs else ""
    same = "; the live text was compared and is the approved one" if differs == [] else ""
    words = {"sent": "confirmed as out", "failed": "declined, not out", "approved": "not there, approved again"}
    said = words.get(data["state"], data["state"])
    if data.get("declined"):
        said = "declined, not out; the yes to these words still holds,"
    since = f", up since {teller.wall(data['left_at'])}" if data.get("left_at") else ""
    proof = plain(data["proof"]) or "no proof given"
    return f"{_place(data['rendering'])} {said} by a person{since}: {proof}{compared}{same}"


def _said(teller: Teller, data: dict[str, Any]) -> str:
    link = f" ({plain(data['proof'])})" if data["proof"] else ""
    return (
        f"**Said** outside the program on {plain(data['channel'])} at {teller.wall(data['at'])} "
        f"by {teller.name(data['by'])}: {plain(data['text'])}{link}"
    )


_TELLERS: dict[str, Callable[[Teller, dict[str, Any]], str]] = {
    **AROUND,
    "opened": _opened,
    "t0_set": lambda t, d: f"T0 corrected to {t.wall(d['t0'])}",
    "role_taken": lambda t, d: f"{t.name(d['person'])} holds the role `{d['role']}`",
    "fact_set": _fact_set,
    "step_answered": _answered,
    "step_told": _step_told,
    "step_parked": lambda t, d: f"Step `{d['step']}` parked until {t.wall(d['back'])}",
    "step_skipped": lambda t, d: f"Step `{d['step']}` **skipped**: {plain(d['reason'])}",
    "step_reopened": lambda t, d: f"Step `{d['step']}` reopened: {plain(d['reason'])}",
    "decided": _decided,
    "edited": lambda t, d: f"`{d['place']}` edited; earlier approvals do not cover the new words",
    "edit_dropped": lambda t, d: f"`{d['place']}` went back to the runbook's words",
    "approved": _approved,
    "approval_void": lambda t, d: (
        f"A yes of {t.name(d['person'])} to {d['message']} was **not recorded**: {plain(d['why'])}"
    ),
    "sending": _sending,
    "went": _went,
    "asked_again": lambda t, d: f"{_place(d['rendering'])} not out yet; asked again {t.wall(d['back'])}",
    "handed": lambda t, d: f"{_place(d['rendering'])} handed to {plain(t.name(d['to']))} through {plain(d['through'])}",
    "settled": _settled,
    "swept": lambda t, d: f"After a crash: {sum(d['rows'].values())} row(s) became **unknown**",
    "recounted": lambda t, d: (
        f"After a crash: the send record was read again for {', '.join(map(_place, d['counts']))}"
    ),
    "said": _said,
    "taken_down": lambda t, d: f"Taken down: {plain(d['channel'])} {d['language']}",
    "owned": lambda t, d: f"{plain(d['channel'])} {d['language']} stays up; {t.name(d['owner'])} takes it down",
    "noted": lambda t, d: f"Note: {plain(d['text'])}",
    "settings_taken": lambda t, d: "The company's settings were read again; what was pinned before no longer holds",
    "ended": lambda t, d: f"**Ended**: {plain(d['completeness'])}. {plain(d['reason'])}",
}
