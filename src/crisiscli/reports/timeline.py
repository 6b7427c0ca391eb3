"""The timeline: every event, exact texts, approvals and how they were given, targets against actuals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from textwrap import shorten
from typing import Any

from crisiscli.clocks import lasting, since
from crisiscli.facts import show
from crisiscli.incident import Event
from crisiscli.incident.agenda import agenda, promises
from crisiscli.incident.records import StepRecord
from crisiscli.incident.roster import unclaimed
from crisiscli.incident.state import Incident
from crisiscli.incident.step_words import step_words, titles
from crisiscli.incident.targets import targets
from crisiscli.journal import Journal
from crisiscli.reports import around
from crisiscli.reports.markdown import plain, table, verbatim
from crisiscli.reports.told import Teller
from crisiscli.steps.base import Step

WORDS = 70
"""Characters of what a step says that stand beside its id in the checklist."""


def timeline(journal: Journal, zone: tzinfo) -> str:
    """The after-action report as Markdown. Times are on the company's clock, with T+ from T0."""
    events = journal.store.events(journal.code)
    teller = Teller(journal, zone)
    parts = [
        _head(journal, teller),
        around.loud(journal, teller),
        _targets(journal),
        _promises(journal, teller),
        around.silence(journal, teller),
        _said(journal, teller),
        _decisions(journal, events, teller),
        _steps(journal, teller),
        _facts(journal, zone),
        around.clocks(journal, teller),
        around.readings(journal, teller),
        around.channels(journal, teller),
        around.tried(journal, teller),
        around.left_behind(journal, teller),
        around.later(journal, teller),
        _texts(journal, teller),
        _timeline(journal, events, teller, zone),
        _seal(journal, events),
    ]
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(journal: Journal, teller: Teller) -> Iterator[str]:
    incident = journal.incident
    yield f"# {incident.mode}: {plain(incident.runbook.title)} ({incident.code})"
    yield ""
    yield f"Runbook {incident.runbook.id} v{incident.runbook.version}. Lead: {teller.name(incident.lead)}."
    for plan in incident.plans:
        until = since(incident.t0, plan.until)
        yield f"Began with {plain(plan.title)} (`{plan.id}` v{plan.version}), until {until}."
    began = f"{incident.t0.astimezone(teller.zone):%Y-%m-%d %H:%M:%S %Z}"
    yield f"T0 {began}, opened {since(incident.t0, incident.opened)}."
    if incident.ended and incident.ended_at:
        yield f"Ended {since(incident.t0, incident.ended_at)}: {plain(incident.ended['completeness'])}."
        yield f"Reason: {plain(incident.ended['reason'])}"
    else:
        yield "**Not ended yet.**"
    yield ""
    held = [[plain(title), teller.name(incident.roles[role])] for role, title in _held(incident)]
    if held:
        yield from table(["Role", "Held by"], held)
        yield ""
    nobody = titles(incident.runbook, unclaimed(incident))
    if nobody:
        yield f"Nobody held by name, so the lead: {plain(', '.join(nobody))}."
        yield ""


def _held(incident: Incident) -> Iterator[tuple[str, str]]:
    """The roles held by name with their titles, in the runbook's order."""
    order = [*incident.runbook.roles, *(role for role in incident.roles if role not in incident.runbook.roles)]
    held = [role for role in order if role in incident.roles]
    yield from zip(held, titles(incident.runbook, held), strict=True)


def _targets(journal: Journal) -> Iterator[str]:
    found = targets(journal.incident)
    if not found:
        return
    yield "## Targets against actuals"
    yield ""
    rows = []
    for target in found:
        met = {True: "met", False: "**missed**", None: "**not reached**"}[target.met]
        actual = lasting(target.actual) if target.actual is not None else "-"
        rows.append([target.name, lasting(target.allowed), actual, met, plain(target.note)])
    yield from table(["Target", "Allowed", "Actual", "", "Note"], rows)
    yield ""


def _promises(journal: Journal, teller: Teller) -> Iterator[str]:
    found = promises(journal.incident)
    if not found:
        return
    yield "## Promises made in public"
    yield ""
    now = journal.now()
    rows = []
    for promise in found:
        state = f"kept at {teller.wall(promise.kept.isoformat())}" if promise.kept else "open"
        if promise.kept is None and now > promise.due:
            state = "**broken**"
        rows.append([teller.wall(promise.due.isoformat()), teller.wall(promise.made.isoformat()), promise.where, state])
    yield from table(["Next word by", "Promised at", "First on", ""], rows)
    yield ""


def _said(journal: Journal, teller: Teller) -> Iterator[str]:
    yield "## What was said"
    yield ""
    incident = journal.incident
    rows = []
    for word in sorted(incident.words, key=lambda found: found.at):
        place = f"{word.message}/{word.channel}/{word.language}" if word.message else word.channel
        heard = ("public" if word.public else "our own people") + (
            f": {', '.join(word.audience)}" if word.audience else ""
        )
        wall = f"{since(incident.t0, word.at)} {teller.wall(word.at.isoformat())}"
        rows.append([wall, word.how, f"`{place}`", heard, str(word.rows), plain(word.proof)])
    if rows:
        yield from table(["When", "How we know", "Where", "For whom", "People or places", "Proof"], rows)
    else:
        yield "Nothing was said."
    loose = [
        f"`{hand.rendering.partition('@')[0]}` to {plain(teller.name(hand.to))}" for hand in incident.hands.values()
    ]
    for name, counts in incident.counts.items():
        loose += [f"`{name.partition('@')[0]}`: {counts[s]} {s}" for s in ("unknown", "failed") if counts[s]]
    if loose:
        yield ""
        yield f"**Not settled:** {'; '.join(loose)}."
    yield ""


def _texts(journal: Journal, teller: Teller) -> Iterator[str]:
    approvals = journal.store.approvals(journal.code)
    dispatches = journal.store.dispatches(journal.code)
    names = dict.fromkeys([*(d.rendering for d in dispatches), *(a.rendering for a in approvals)])
    if not names:
        return
    yield "## Exact texts"
    yield ""
    for name in names:
        rendering = journal.store.rendering(journal.code, name)
        yield f"### `{rendering.place}`"
        yield ""
        yield f"sha256 `{rendering.sha256}`" + (
            f", edited by {teller.name(rendering.author)}" if rendering.author else ""
        )
        yield ""
        yield from verbatim(rendering.text)
        yield ""
        for approval in approvals:
            if approval.rendering == name:
                recorded = f", recorded by {teller.name(approval.recorded_by)}"
                yield (
                    f"- yes of {teller.name(approval.person)} for {approval.role}: {approval.how}"
                    + (f", {plain(approval.detail)}" if approval.detail else "")
                    + f", tag {approval.tag}, {teller.wall(approval.at.isoformat())}{recorded}"
                )
        yield from _rows([d for d in dispatches if d.rendering == name])
        yield ""


def _rows(dispatches: list[Any]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for dispatch in dispatches:
        counts[dispatch.state] = counts.get(dispatch.state, 0) + 1
    if counts:
        yield f"- send record: {', '.join(f'{number} {state}' for state, number in counts.items())}"
    for dispatch in [d for d in dispatches if d.state in ("failed", "unknown")][:50]:
        whom = dispatch.address or dispatch.recipient or dispatch.audience
        yield f"  - {dispatch.state}: {plain(whom)}, {plain(dispatch.detail or dispatch.kind)}"


def _steps(journal: Journal, teller: Teller) -> Iterator[str]:
    yield "## Checklist"
    yield ""
    incident = journal.incident
    items = agenda(incident)
    rows = [_before(incident, step) for step in incident.walked if incident.step(step.id).at]
    for item in items:
        record = item.record
        value = _answer(item.step, record)
        when = since(incident.t0, record.at) if record.at else ""
        due = since(incident.t0, item.due) if item.due else ""
        late = record.at and item.due and record.at > item.due and item.state in ("answered", "skipped")
        rows.append(
            [
                str(item.number),
                f"`{item.step.id}` {_words(incident, item.step)}",
                item.mark,
                due,
                when + (" **late**" if late else ""),
                plain(value),
            ]
        )
    yield from table(["", "Step", "State", "Due", "When", "Answer or reason"], rows)
    yield ""


def _words(incident: Incident, step: Step) -> str:
    return plain(shorten(step_words(incident.runbook, step), WORDS, placeholder=" ..."))


def _before(incident: Incident, step: Step) -> list[str]:
    """A step of the runbook the incident began with; it has no number among those of the present one."""
    record = incident.step(step.id)
    state = record.how if record.state == "answered" else record.state
    when = since(incident.t0, record.at) if record.at else ""
    return ["-", f"`{step.id}`", state, "", when, plain(_answer(step, record))]


def _answer(step: Step, record: StepRecord) -> str:
    """What was answered; of questions, which: their answers stand among the facts."""
    if step.verb == "ask" and record.state == "answered":
        return f"asked: {', '.join(getattr(step, 'ask', ()))}"
    return ", ".join(record.value) if isinstance(record.value, list) else str(record.value or record.reason or "")


def _decisions(journal: Journal, events: list[Event], teller: Teller) -> Iterator[str]:
    made = [event for event in events if event.kind == "decided"]
    if not made:
        return
    yield "## Decisions"
    yield ""
    for event in made:
        step = journal.incident.runbook.step(event.data["step"])
        options = getattr(step, "options", {}) if step else {}
        chosen = options.get(event.data["option"], event.data["option"])
        question = plain(step.text if step else event.data["step"])
        yield f"- {since(journal.incident.t0, event.at)} {question} **{plain(chosen)}**"
        if event.data["why"]:
            yield f"  - because: {plain(event.data['why'])}"
    yield ""


def _facts(journal: Journal, zone: tzinfo) -> Iterator[str]:
    yield "## Facts"
    yield ""
    rows = []
    for name, fact in journal.incident.runbook.facts.items():
        record = journal.incident.fact(name)
        for number, version in enumerate(record.versions, start=1):
            value = "unknown" if version.value is None else show(fact, version.value, zone)
            when = since(journal.incident.t0, version.at)
            rows.append(
                [f"`{name}`", str(number), plain(value), version.status, plain(journal.name(version.source)), when]
            )
        if record.status == "disputed":
            rows.append([f"`{name}`", "", "", "**disputed**", "", ""])
    if rows:
        yield from table(["Fact", "Version", "Value", "Status", "Source", "When"], rows)
    else:
        yield "No fact was recorded."
    yield ""


def _timeline(journal: Journal, events: list[Event], teller: Teller, zone: tzinfo) -> Iterator[str]:
    yield "## Timeline"
    yield ""
    rows = []
    for event in events:
        wall = event.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
        rows.append(
            [str(event.seq), since(journal.incident.t0, event.at), wall, teller.name(event.actor), teller.tell(event)]
        )
    yield from table(["#", "T+", "Time", "Who", "What"], rows)
    yield ""


def _seal(journal: Journal, events: list[Event]) -> Iterator[str]:
    problems = journal.store.verify(journal.code)
    state = "fit together" if not problems else f"**do not fit together**: {plain('; '.join(problems))}"
    yield f"{len(events)} events {state}. Head of the chain: `{events[-1].hash if events else ''}`."
