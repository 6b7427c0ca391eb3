"""Report sections about what surrounds the words: warnings, silence, channels, people, readings, what comes later."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.clocks import lasting, since
from crisiscli.incident.agenda import agenda
from crisiscli.incident.cadence import next_word
from crisiscli.incident.duties import duties
from crisiscli.incident.signals import trend
from crisiscli.journal import Journal
from crisiscli.reports.markdown import plain, table
from crisiscli.reports.told import Teller


def loud(journal: Journal, teller: Teller) -> Iterator[str]:
    """What went against a rule, with the reason, before anything else: nobody should have to look for it."""
    incident = journal.incident
    if not incident.warnings:
        return
    yield "## Done in spite of a warning"
    yield ""
    for one in incident.warnings:
        clock = since(incident.t0, one.at)
        reason = f" Because: {plain(one.reason)}" if one.reason else " No reason was given."
        about = f"`{one.message}`: " if one.message else ""
        what = plain(one.what).rstrip(".")
        yield f"- **{plain(one.about.replace('_', ' '))}** {clock} {teller.name(one.actor)}: {about}{what}.{reason}"
    yield ""


def silence(journal: Journal, teller: Teller) -> Iterator[str]:
    """The longest time the world heard nothing."""
    found = next_word(journal.incident, journal.now())
    if found.longest is None or found.longest_from is None:
        return
    began = since(journal.incident.t0, found.longest_from)
    yield f"Longest silence in public: {lasting(found.longest)}, from {began}."
    yield ""


def clocks(journal: Journal, teller: Teller) -> Iterator[str]:
    """Deadlines of regulators and contracts: started, told, late."""
    found = duties(journal.incident, journal.now())
    if not found:
        return
    yield "## Clocks set by others"
    yield ""
    rows = []
    for duty in found:
        due = f"{duty.due.astimezone(teller.zone):%Y-%m-%d %H:%M %Z}" if duty.due else "-"
        state = {"not_started": "not started", "does_not_apply": "does not apply"}.get(duty.state, duty.state)
        if duty.told is not None:
            in_time = {True: ", in time", False: ", **late**", None: ""}[duty.in_time]
            state = f"told {duty.told.astimezone(teller.zone):%Y-%m-%d %H:%M}{in_time}"
        rows.append([duty.name, plain(duty.clock.tell), duty.clock.within, due, state, plain(duty.clock.cite or "")])
    yield from table(["Clock", "Tell", "Within", "Due", "State", "Source"], rows)
    yield ""
    yield "Check with legal; a clock that is not started has no anchor in the facts."
    yield ""


def channels(journal: Journal, teller: Teller) -> Iterator[str]:
    """Channels that did not carry words, and what was put in their place."""
    if not journal.incident.health:
        return
    yield "## Channels"
    yield ""
    rows = [
        [
            since(journal.incident.t0, event.at),
            event.data["channel"],
            event.data["health"],
            plain(event.data.get("why", "")),
            teller.name(event.actor),
        ]
        for event in journal.store.events(journal.code)
        if event.kind == "channel_set"
    ]
    yield from table(["When", "Channel", "State", "Why", "Said by"], rows)
    yield ""


def tried(journal: Journal, teller: Teller) -> Iterator[str]:
    """Who was called, and who did not answer."""
    incident = journal.incident
    rows = [
        [since(incident.t0, one.at), f"`{role}`", teller.name(one.person), plain(one.result)]
        for role, tries in incident.tries.items()
        for one in tries
    ]
    if not rows:
        return
    yield "## Who was called"
    yield ""
    yield from table(["When", "Role", "Person", "Result"], rows)
    yield ""


def readings(journal: Journal, teller: Teller) -> Iterator[str]:
    """What was read outside, and where it was going."""
    found = trend(journal.incident)
    if not found:
        return
    yield "## Signals"
    yield ""
    for one in found:
        yield f"- {plain(one.told(teller.zone))}"
    yield ""


def left_behind(journal: Journal, teller: Teller) -> Iterator[str]:
    """What is still up and who takes it down, and what was stopped and whether it runs again."""
    incident = journal.incident
    up = []
    for key, word in incident.up.items():
        owner = incident.owners.get(key)
        whose = f"{teller.name(owner)} takes it down" if owner else "**nobody owns it**"
        place = "/".join(part for part in (word.message, *key) if part)
        up.append(f"- `{place}`, up since {since(incident.t0, word.at)}: {whose}")
    steps = {step.id: step for step in (*incident.walked, *incident.runbook.steps())}
    stopped = [
        f"- `{name}` {plain(getattr(steps.get(name), 'release', None) or 'what it stopped')}: {plain(value)}"
        for name, value in incident.released.items()
    ]
    if not up and not stopped:
        return
    yield "## Still up, and what runs again"
    yield ""
    yield from [*up, *stopped]
    yield ""


def later(journal: Journal, teller: Teller) -> Iterator[str]:
    """Follow-ups: done, skipped, or still to come."""
    items = [item for item in agenda(journal.incident) if item.starts is not None]
    if not items:
        return
    yield "## Follow-ups"
    yield ""
    for item in items:
        when = f"{item.starts.astimezone(teller.zone):%Y-%m-%d %H:%M}" if item.starts else ""
        done = since(journal.incident.t0, item.record.at) if item.record.at else "to come"
        yield f"- `{item.step.id}` {when}: {plain(item.step.text)} **{item.mark}** {done}"
    yield ""
