"""Handing the lead over: the packet the next lead needs, the sentence to say, and the acceptance on record."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path

from crisiscli.clocks import lasting, since
from crisiscli.dispatch import Desk
from crisiscli.errors import FilesUnusable
from crisiscli.incident.agenda import agenda, current, open_promise, overdue
from crisiscli.incident.duties import duties
from crisiscli.incident.records import Word
from crisiscli.incident.step_words import step_words
from crisiscli.journal import Journal
from crisiscli.screen import Line, Option, Terminal
from crisiscli.walk.going_on import day, to_come
from crisiscli.walk.ledger import text as fact_text

FEW = 4
"""Rows of one kind that are read aloud in full."""


def sentence(journal: Journal, to: str) -> str:
    """What to say on the phone."""
    incident = journal.incident
    me = journal.name(incident.lead)
    return (
        f"{to}, this is {me}. I hand you the lead of {incident.code}, {incident.runbook.title}, "
        f"{since(incident.t0, journal.now())}. I read you where we are. Say: I have it."
    )


def packet(journal: Journal, zone: tzinfo, to: str) -> list[str]:
    """Everything the next lead needs, as Markdown lines: state, open items, words, promises, people."""
    incident, now = journal.incident, journal.now()
    step = next((f"step {item.number} {item.step.id}" for item in agenda(incident) if item.open), "every step walked")
    return [
        f"# Handover of {incident.code} to {to}",
        "",
        f"**{incident.mode}** {incident.runbook.title} v{incident.runbook.version}, "
        f"{since(incident.t0, now)} ({day(now, zone)}), {step}. Lead until now: {journal.name(incident.lead)}.",
        "",
        *_section("Open", _open(journal, zone)),
        *_section("Promised", _promised(journal, zone)),
        *_section("Said", _said(journal, zone)),
        *_section("Up right now", _up(journal, zone)),
        *_section("Waiting for an answer", _waiting(journal, zone)),
        *_section("Facts", (f"`{name}`: {fact_text(journal, zone, name)}" for name in incident.runbook.facts)),
        *_section("Who holds what", _roles(journal)),
        *_section("Who was tried", _tried(journal, zone)),
        *_section("Decided", _decided(journal)),
    ]


def spoken(journal: Journal, zone: tzinfo) -> list[Line | str]:
    """The packet's heart, short enough to be read aloud in a minute: where, late, said, promised, waiting, unknown."""
    incident, now = journal.incident, journal.now()
    items = agenda(incident)
    here, late = current(items, now), overdue(items, now)
    resting = [item for item in items if item.state in ("told", "parked")]
    facts = [name for name in incident.runbook.facts if incident.fact(name).status in ("unknown", "disputed")]
    words, coming = incident.public_words(), [item for item in to_come(journal)[:3] if item.starts]
    said = f"{len(words)} in public, the last {day(words[-1].at, zone)} on {words[-1].channel}" if words else ""
    rows = {
        "Where": f"{since(incident.t0, now)}, " + (f"step {here.number}, {here.step.text}" if here else "all walked"),
        "Late": _first([item.step.id for item in late], 5),
        "With": "; ".join(f"{item.step.id}: {journal.name(item.record.person) or 'parked'}" for item in resting),
        "Said": said or "nothing in public",
        "Promised": "; ".join(_promised(journal, zone)),
        "Up": _briefly(list(_up(journal, zone)), _standing(journal, zone)),
        "Waiting": _briefly(list(_waiting(journal, zone)), _handed(journal, zone)),
        "Not known": _first(facts, 8),
        "Later": "; ".join(f"{item.step.id} {day(item.starts, zone)}" for item in coming if item.starts),
    }
    return [f"  {title:<10}{text}" for title, text in rows.items() if text]


def _first(names: Sequence[str], many: int) -> str:
    """The first names, and how many more."""
    more = f" and {len(names) - many} more" if len(names) > many else ""
    return ", ".join(names[:many]) + more


def _briefly(rows: Sequence[str], short: Sequence[str]) -> str:
    """The rows as they are while they are few enough to be read aloud, else the short ones, each once."""
    return "; ".join(rows if len(rows) <= FEW else dict.fromkeys(short))


def _standing(journal: Journal, zone: tzinfo) -> list[str]:
    """What is up, without language and time; then the channels that are not."""
    up = journal.incident.up.values()
    return [*(f"{one.message} on {one.channel}" for one in up), *list(_up(journal, zone))[len(up) :]]


def _handed(journal: Journal, zone: tzinfo) -> list[str]:
    """What is in hands: how many texts of each message, and when to ask first; then what failed or is unknown."""
    hands = list(journal.incident.hands.values())
    many = Counter(hand.rendering.split("/")[0] for hand in hands)
    first = min((hand.back for hand in hands if hand.back), default=None)
    asked = [f"ask first at {day(first, zone)}"] if first else []
    handed = [f"{n} texts of {message}" for message, n in many.items()]
    return [*handed, *asked, *list(_waiting(journal, zone))[len(hands) :]]


def _section(title: str, rows: Iterator[str]) -> list[str]:
    listed = [f"- {row}" for row in rows]
    return [f"## {title}", "", *(listed or ["- nothing"]), ""]


def _open(journal: Journal, zone: tzinfo) -> Iterator[str]:
    now, items, book = journal.now(), agenda(journal.incident), journal.incident.runbook
    late = overdue(items, now)
    for item in late:
        span = item.late(now)
        yield f"OVERDUE {lasting(span) if span else ''}: {item.step.id}, {step_words(book, item.step)}"
    for item in items:
        if item.open and item not in late and item.starts is None:
            who = f", {journal.name(item.record.person)} has it" if item.state == "told" else ""
            yield f"{item.state}: {item.step.id}, {step_words(book, item.step)}{who}"
    for item in to_come(journal):
        when = day(item.starts, zone) if item.starts else ""
        yield f"follow-up {when}: {item.step.id}, {step_words(book, item.step)}"
    for duty in duties(journal.incident, now):
        if duty.state in ("told", "does_not_apply"):
            continue
        state = f"by {day(duty.due, zone)}" if duty.due else "not started"
        yield f"clock {duty.name}: tell {duty.clock.tell}, {state}"


def _promised(journal: Journal, zone: tzinfo) -> Iterator[str]:
    promise = open_promise(journal.incident)
    if promise is None:
        return
    left = promise.due - journal.now()
    state = f"{lasting(left)} left" if left.total_seconds() > 0 else f"BROKEN {lasting(-left)} ago"
    yield f"next public word by {day(promise.due, zone)} ({state}), said on {promise.where}"


def _said(journal: Journal, zone: tzinfo) -> Iterator[str]:
    for word in sorted(journal.incident.words, key=lambda found: found.at):
        heard = "public" if word.public else "our own people"
        yield f"{day(word.at, zone)} {_place(word)} ({heard}, {word.how}): {_words(journal, word)}"


def _place(word: Word) -> str:
    return "/".join(part for part in (word.message, word.channel, word.language) if part)


def _words(journal: Journal, word: Word) -> str:
    text = journal.store.rendering(journal.code, word.rendering).text if word.rendering else word.text
    return " ".join(text.split())


def _up(journal: Journal, zone: tzinfo) -> Iterator[str]:
    for word in journal.incident.up.values():
        yield f"{_place(word)} since {day(word.at, zone)}"
    for channel, health in journal.incident.health.items():
        if health.state != "up":
            why = f": {health.why}" if health.why else ""
            yield f"channel {channel} is {health.state} since {day(health.at, zone)}{why}"


def _waiting(journal: Journal, zone: tzinfo) -> Iterator[str]:
    for hand in journal.incident.hands.values():
        back = f", check back {day(hand.back, zone)}" if hand.back else ""
        yield f"{hand.rendering.partition('@')[0]} with {journal.name(hand.to)} through {hand.through}{back}"
    for rendering, counts in journal.incident.counts.items():
        for state in ("unknown", "failed"):
            if counts[state]:
                yield f"{rendering.partition('@')[0]}: {counts[state]} {state}"


def _roles(journal: Journal) -> Iterator[str]:
    incident = journal.incident
    for name, role in incident.runbook.roles.items():
        held = incident.roles.get(name)
        yield f"{role.title}: {journal.name(held)}" if held else f"{role.title}: nobody yet (the lead holds it)"


def _tried(journal: Journal, zone: tzinfo) -> Iterator[str]:
    for role, tries in journal.incident.tries.items():
        for one in tries:
            yield f"{day(one.at, zone)} {journal.name(one.person)} for {role}: {one.result}"


def _decided(journal: Journal) -> Iterator[str]:
    for name, found in journal.incident.decisions.items():
        yield f"{name}: {found['option']}" + (f", because {found['why']}" if found.get("why") else "")


def write(lines: list[str], code: str, path: Path | None) -> Path:
    """Writes the packet; returns where. Raises FilesUnusable."""
    target = path or Path(f"{code}-handover.md")
    try:
        target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise FilesUnusable(
            f"The handover cannot be written: {error.strerror}.", where=str(target), then="crisis handover --file PATH"
        ) from None
    return target


def accept(desk: Desk, to: str, lines: list[str], said: str) -> None:
    """Records that somebody took the lead, with the hash of what they were read."""
    journal = desk.journal
    digest = hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()
    before, after = journal.incident.lead, journal.person(to)
    journal.record("handed_over", **{"from": before, "to": after, "sha256": digest, "said": said})


def hand_lead(desk: Desk, terminal: Terminal, to: str = "", path: Path | None = None) -> bool:
    """Hands the lead over with the next lead on the phone; True when it was accepted."""
    journal = desk.journal
    name = to or terminal.ask("handover.to", "Who takes the lead?", hint="a name, Enter = back").strip()
    if not name:
        return False
    lines = packet(journal, desk.zone, name)
    terminal.say("", Line(f'Say   "{sentence(journal, name)}"', "strong"), "Then read:", *spoken(journal, desk.zone))
    try:
        terminal.say(f"Everything, with the exact words and who holds what: {write(lines, journal.code, path)}")
    except FilesUnusable as error:
        terminal.say(*(Line(line, "warn") for line in error.lines()))
    options = [
        Option("d", "accepted", f"{name} said: I have it"),
        Option("b", "back", "back: I keep the lead"),
    ]
    if terminal.choose("handover.accepted", f"Does {name} have it?", options, record=False) != "accepted":
        terminal.say(f"{journal.name(journal.incident.lead)} keeps the lead.")
        return False
    accept(desk, name, lines, "I have it")
    phone = desk.config.phone(name)
    terminal.say(
        Line(f"{name} leads {journal.code} now.", "good"),
        f'Tell the call: "{name} leads {journal.code} now{f", {phone}" if phone else ""}."',
        f"{name} types: crisis resume {journal.code}",
    )
    return True
