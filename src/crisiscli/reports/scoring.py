"""Scoring: what a drill set out to reach against what was reached, counted from its record."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from crisiscli.clocks import duration, lasting, since
from crisiscli.conditions import evaluate
from crisiscli.incident import Event
from crisiscli.incident.agenda import Item, agenda, promises
from crisiscli.incident.fold import fold
from crisiscli.incident.injects import arrived
from crisiscli.incident.state import Incident
from crisiscli.incident.targets import targets
from crisiscli.incident.world import IncidentWorld
from crisiscli.journal import Journal
from crisiscli.runbook import Runbook

USUAL = {"first_word": "15m", "all_channels": "60m", "front_line_lag": "0m"}
"""What a drill is held to where its runbook sets no target of its own."""
_WORDS = {
    "call_open": "Call open",
    "first_word": "First public words",
    "all_channels": "All channels",
    "front_line_lag": "Front line told",
}
_UNASKED = "break-glass"
"""The one way of a yes for which nobody said yes, now or before."""


class Mark(NamedTuple):
    """One line of a score. `ok` is None for what is counted and not judged; `target` is empty then."""

    name: str
    words: str
    actual: str
    target: str = ""
    ok: bool | None = None
    note: str = ""


def finished(incident: Incident, now: datetime) -> str:
    """The crisis clock at the end, or now: `T+21:40`."""
    return since(incident.t0, incident.ended_at or now)


def marks(journal: Journal) -> list[Mark]:
    """The score, the most important first."""
    incident, events = journal.incident, journal.store.events(journal.code)
    end = incident.ended_at or journal.now()
    return [
        *_targets(incident),
        *_gates(incident, events),
        *_promises(incident, end),
        *_late(incident, end),
        *_silence(incident, end),
        *_unasked(incident, events),
        *_news(events),
        *_outside(incident),
        *_edited(events),
    ]


def last_drill(journal: Journal) -> Journal | None:
    """The newest drill of the same runbook that was opened before this one and has ended, or None."""
    headings = journal.store.headings()
    own = next(at for at, heading in enumerate(headings) if heading.code == journal.code)
    return ended_drill(journal, journal.incident.runbook.id, [h.code for h in headings[own + 1 :] if h.ended])


def ended_drill(beside: Journal, runbook: str, codes: Sequence[str]) -> Journal | None:
    """The first of these incidents, beside another in the same file, that was walked with that runbook."""
    journals = (Journal(beside.store, code, beside.clock, "") for code in codes)
    return next((found for found in journals if found.incident.runbook.id == runbook), None)


def _targets(incident: Incident) -> Iterator[Mark]:
    runbook = incident.runbook
    held = copy.copy(incident)
    held.runbook = _with_targets(runbook)
    for found in targets(held):
        lag = found.name == "front_line_lag"
        shown: Callable[[timedelta], str] = lasting if lag else _clock
        actual = shown(found.actual) if found.actual is not None else "not reached"
        words = _WORDS.get(found.name, found.name.replace("_", " ").capitalize())
        allowed = "with the public" if lag and not found.allowed else shown(found.allowed)
        if lag and found.actual is not None:
            actual = f"{lasting(abs(found.actual))} {'after' if found.actual > timedelta(0) else 'before'} the public"
        yield Mark(found.name, words, actual, allowed, bool(found.met), found.note)


def _with_targets(runbook: Runbook) -> Runbook:
    held = {name: runbook.targets.get(name, usual) for name, usual in USUAL.items()}
    own = {name: value for name, value in runbook.targets.items() if name not in held}
    changed: Runbook = dataclasses.replace(runbook, targets={**own, **held})
    return changed


def _clock(span: timedelta) -> str:
    text = lasting(span)
    return f"T+{text if len(text) > 4 else f'0{text}'}"


def _gates(incident: Incident, events: Sequence[Event]) -> Iterator[Mark]:
    guarded = {name for name, message in incident.runbook.messages.items() if message.gate in incident.runbook.gates}
    if not guarded:
        return
    passed: dict[str, str] = {}
    sent: set[str] = set()
    for at, event in enumerate(events):
        message = event.data["rendering"].split("/")[0] if event.kind == "sending" else ""
        if message in guarded:
            sent.add(message)
            gate = incident.runbook.gates[incident.runbook.messages[message].gate or ""]
            verdict = evaluate(list(gate.opens_when), IncidentWorld(fold(events[:at])))
            if not verdict:
                passed.setdefault(message, "; ".join(verdict.because))
    actual = f"{len(passed)} passed while shut, {len(sent - set(passed))} gone through open"
    note = "; ".join(f"{name}: {why}" if why else name for name, why in passed.items())
    yield Mark("gates", "Gates", actual, "0 passed", not passed, note)


def _promises(incident: Incident, end: datetime) -> Iterator[Mark]:
    made = promises(incident)
    broken = [promise for promise in made if promise.kept is None and promise.due < end]
    kept = sum(promise.kept is not None for promise in made)
    if made:
        actual = f"{kept} kept, {len(broken)} broken, {len(made) - kept - len(broken)} open"
        yield Mark("promises", "Promises", actual, "0 broken", not broken)


def _late(incident: Incident, end: datetime) -> Iterator[Mark]:
    late = sorted(((_lateness(item, end), item.step.id) for item in agenda(incident)), reverse=True)
    late = [(span, name) for span, name in late if span > timedelta(0)]
    note = ", ".join(f"{name} {lasting(span)}" for span, name in late[:3])
    yield Mark("late_steps", "Late steps", str(len(late)), "0", not late, note)


def _lateness(item: Item, end: datetime) -> timedelta:
    if item.due is None or not item.applies:
        return timedelta(0)
    done = item.record.at if item.state in ("answered", "skipped") and item.record.at else end
    return done - item.due


def _silence(incident: Incident, end: datetime) -> Iterator[Mark]:
    """The longest pause between two public words; after the all-clear nobody waits for the next one."""
    words = [word.at for word in incident.public_words()]
    clear = [word.at for word in incident.public_words() if _stage(incident, word.message) == "all_clear"]
    last = min(clear, default=end)
    spoken = [at for at in words if at <= last]
    if not spoken:
        return
    cadence = incident.runbook.cadence
    calm = incident.t0 + duration(cadence.early_for)
    gaps = list(zip(spoken, [*spoken[1:], max(last, spoken[-1])], strict=True))
    over = [(b - a, a) for a, b in gaps if b - a > duration(cadence.early if a < calm else cadence.later)]
    longest = max(b - a for a, b in gaps)
    target = f"{cadence.early}, later {cadence.later}"
    yield Mark("silence", "Longest silence", lasting(longest), target, not over)


def _stage(incident: Incident, message: str) -> str:
    noun = incident.runbook.messages.get(message)
    return noun.stage if noun else ""


def _unasked(incident: Incident, events: Sequence[Event]) -> Iterator[Mark]:
    """Words that went without the yes of a role that nobody had tried to reach."""
    tried: set[str] = set()
    found: dict[str, None] = {}
    for event in events:
        if event.kind == "tried":
            tried.add(event.data["role"])
        if event.kind == "approved" and event.data["how"] == _UNASKED:
            missing = [role for role in event.data["roles"] if role not in tried]
            found.update({f"{event.data['message']} ({role})": None for role in missing})
    yield Mark("unasked", "Yes without asking", str(len(found)), "0", not found, ", ".join(found))


def _news(events: Sequence[Event]) -> Iterator[Mark]:
    came = arrived(events)
    if not came:
        return
    spans = [one.reaction - one.event.at for one in came if one.reaction is not None]
    slowest = f", the slowest after {lasting(max(spans))}" if spans else ""
    actual = f"{len(spans)} of {len(came)} answered{slowest}"
    yield Mark("injects", "Bad news", actual, "all answered", len(spans) == len(came))


def _outside(incident: Incident) -> Iterator[Mark]:
    many = sum(word.how == "reported" for word in incident.words)
    if many:
        yield Mark("outside", "Said outside", str(many), note="words that left without a yes recorded here")


def _edited(events: Sequence[Event]) -> Iterator[Mark]:
    places = dict.fromkeys(event.data["place"] for event in events if event.kind == "edited")
    if places:
        note = f"put them into the runbook: {', '.join(places)}"
        yield Mark("edited", "Changed by hand", str(len(places)), note=note)
