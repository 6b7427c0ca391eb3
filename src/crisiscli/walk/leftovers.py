"""Leftovers: what stands between an incident and its end. Each is data first, then a question or a flag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crisiscli.dispatch import Desk
from crisiscli.dispatch.handing import whose
from crisiscli.errors import UsageError
from crisiscli.incident.agenda import agenda
from crisiscli.incident.state import Incident
from crisiscli.journal import Journal
from crisiscli.screen import Line, Option, Terminal
from crisiscli.steps.decide import NONE, Decide, because
from crisiscli.steps.do import Do
from crisiscli.walk import coming_back, handing_over

OWNER = "owner:"
"""How a released value names somebody who still has to do it: `owner:Ann`."""
SKIP = "skip"
FEW = 2
"""So many standing texts are asked about one by one; more get one question for all first."""


@dataclass(frozen=True)
class Endings:
    """What was given on the command line or in the answers file.

    `taken_down` are channels, `owners` leads from a channel to a name, `released` from a step to what was let go
    again (or `owner:NAME`), `decided` from a step to its option and the reason.
    """

    reason: str = ""
    taken_down: tuple[str, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    released: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    early: bool = False


def standing_texts(incident: Incident) -> list[tuple[str, str]]:
    """The channel and language of what is up and has no owner yet."""
    return [place for place in incident.up if place not in incident.owners]


def frozen(incident: Incident) -> list[Do]:
    """The steps that stopped something nobody has let go again."""
    return [
        step
        for step in (*incident.walked, *incident.runbook.steps())
        if isinstance(step, Do)
        and step.release
        and incident.step(step.id).state == "answered"
        and step.id not in incident.released
    ]


def undecided(incident: Incident) -> list[Decide]:
    """The decisions that apply and were neither made nor skipped."""
    return [
        item.step
        for item in agenda(incident)
        if isinstance(item.step, Decide) and item.applies and item.state not in ("answered", "skipped")
    ]


def silent(incident: Incident) -> bool:
    """True when nothing was said in public, is on its way there, or may be out."""
    moving = any(counts["sending"] or counts["unknown"] for counts in incident.counts.values())
    return not incident.public_words() and not moving


def check_given(incident: Incident, given: Endings) -> None:
    """Raises UsageError for a channel, step or option that is none of this incident's."""
    up = {channel for channel, _ in incident.up}
    for channel in (*given.taken_down, *given.owners):
        if channel not in up:
            listed = ", ".join(sorted(up)) or "nothing"
            raise UsageError(f"Nothing of ours is up on {channel}.", public="", then=f"up right now: {listed}")
    stopped = [
        step.id for step in (*incident.walked, *incident.runbook.steps()) if isinstance(step, Do) and step.release
    ]
    for name in given.released:
        if name not in stopped:
            listed = ", ".join(stopped) or "none"
            raise UsageError(f"Step {name} stopped nothing that is let go again.", public="", then=f"steps: {listed}")
    for name, (option, _) in given.decided.items():
        step = incident.runbook.step(name)
        if not isinstance(step, Decide):
            raise UsageError(f"{name} is no decision of this runbook.", public="", then="crisis status")
        if option not in step.options and not (option == SKIP and step.skip != "never"):
            legal = ", ".join(step.options)
            raise UsageError(f"{name}: {option!r} is not one of its options.", public="", then=f"one of: {legal}")


def ask_standing(desk: Desk, terminal: Terminal, given: Endings) -> bool:
    """Each standing text is taken down or owned by a name; False when the person went back."""
    journal = desk.journal
    named = {*given.taken_down, *given.owners}
    left = [place for place in standing_texts(journal.incident) if place[0] not in named]
    if terminal.interactive and len(left) > FEW and not _all_standing(desk, terminal, left):
        return False
    for channel, language in standing_texts(journal.incident):
        if channel in given.taken_down:
            journal.record("taken_down", channel=channel, language=language)
        elif channel in given.owners:
            journal.record("owned", channel=channel, language=language, owner=journal.person(given.owners[channel]))
        elif not _one_standing(desk, terminal, channel, language):
            return False
    return True


def _all_standing(desk: Desk, terminal: Terminal, left: list[tuple[str, str]]) -> bool:
    """One question for everything that is up, because mostly it has one answer; False when the person went back."""
    journal = desk.journal
    terminal.say("", Line(f"{len(left)} texts of ours are still up:", "strong"))
    for place in left:
        word = journal.incident.up[place]
        terminal.say(f"  {word.message or 'said'} on {'/'.join(part for part in place if part)}")
    options = [
        Option("m", "down", f"all {len(left)} are taken down"),
        Option("w", "owner", "all stay up: somebody owns them"),
        Option("1", "each", "one by one"),
        Option("b", "back", "back: the incident goes on"),
    ]
    chosen = terminal.choose("end.standing", "What happens to them?", options, record=False)
    owner = journal.person(_name(terminal, "Who takes them down later?")) if chosen == "owner" else ""
    for channel, language in left if chosen in ("down", "owner") else ():
        if owner:
            journal.record("owned", channel=channel, language=language, owner=owner)
        else:
            journal.record("taken_down", channel=channel, language=language)
    return chosen != "back"


def _one_standing(desk: Desk, terminal: Terminal, channel: str, language: str) -> bool:
    word = desk.journal.incident.up[channel, language]
    place = (
        f"{word.message or 'said'} on {channel}/{language}" if language else f"{word.message or 'said'} on {channel}"
    )
    options = [
        Option("d", "down", "it is taken down"),
        Option("w", "owner", "it stays up: somebody owns it"),
        Option("b", "back", "back: the incident goes on"),
    ]
    chosen = terminal.choose(f"end.{channel}", f"Still up: {place}.", options, record=False)
    if chosen == "down":
        desk.journal.record("taken_down", channel=channel, language=language)
        terminal.say(Line(f"c taken down  {place}", "good"))
    elif chosen == "owner":
        name = _name(terminal, "Who takes it down later?")
        desk.journal.record("owned", channel=channel, language=language, owner=desk.journal.person(name))
        terminal.say(Line(f"c stays up  {place}, {name} owns it", "good"))
    return chosen != "back"


def ask_frozen(desk: Desk, terminal: Terminal, given: Endings) -> bool:
    """Each thing that was stopped is let go again, or somebody owns that; False when the person went back."""
    for step in frozen(desk.journal.incident):
        if step.id in given.released:
            _release(desk.journal, step.id, given.released[step.id])
            continue
        terminal.say("", f"{step.id} stopped it: {step.do}")
        options = [
            Option("d", "done", "done"),
            Option("w", "owner", "somebody else does it: say who"),
            Option("b", "back", "back: the incident goes on"),
        ]
        chosen = terminal.choose(f"released.{step.id}", f"{step.release}: is it done?", options, record=False)
        if chosen == "back":
            return False
        _release(desk.journal, step.id, "done" if chosen == "done" else OWNER + _name(terminal, "Who does it?"))
    return True


def _release(journal: Journal, step: str, value: str) -> None:
    if value.startswith(OWNER):
        owner = journal.person(value.removeprefix(OWNER).strip())
        journal.record("released", step=step, value="somebody owns it", owner=owner)
    else:
        journal.record("released", step=step, value=value)


def ask_undecided(desk: Desk, terminal: Terminal, given: Endings) -> bool:
    """Each decision nobody made is made now, with its reason; False when the person went back."""
    for step in undecided(desk.journal.incident):
        if step.id in given.decided:
            option, why = given.decided[step.id]
            _decide(desk.journal, step, option, why)
            continue
        lines: list[Line | str] = ["", Line(f"Never decided: {step.id}", "heading")]
        lines += [f"  for       {argument}" for argument in (step.weigh.for_ if step.weigh else ())]
        lines += [f"  against   {argument}" for argument in (step.weigh.against if step.weigh else ())]
        terminal.say(*lines)
        never = "it stays open until it is decided" if step.skip == "never" else ""
        options = [Option(str(number), name, meaning) for number, (name, meaning) in enumerate(step.options.items(), 1)]
        options += [Option("s", ":skip", "skip: say why", never), Option("b", ":back", "back: the incident goes on")]
        chosen = terminal.choose(f"decisions.{step.id}", step.decide, options, record=False)
        if chosen == ":back":
            return False
        why = _why(terminal, step, skipped=chosen == ":skip", nothing=chosen == NONE)
        _decide(desk.journal, step, SKIP if chosen == ":skip" else chosen, why)
        terminal.say(Line(f"c {step.id}: {SKIP if chosen == ':skip' else chosen}", "good"))
    return True


def _why(terminal: Terminal, step: Decide, *, skipped: bool, nothing: bool) -> str:
    wanted = "A skipped decision has a reason."
    check = (lambda typed: None if typed.strip() else wanted) if skipped else because if nothing else None
    return terminal.ask(f"why.{step.id}", "Why, in one line:", hint="goes into the report", check=check)


def _decide(journal: Journal, step: Decide, option: str, why: str) -> None:
    incident = journal.incident
    if option == SKIP and option not in step.options:
        journal.record("step_skipped", step=step.id, reason=why or "skipped at the end")
        return
    known = {name: [record.value, record.status] for name, record in incident.facts.items()}
    journal.record("decided", step=step.id, option=option, why=why, facts=known)


def ask_hands(desk: Desk, terminal: Terminal) -> None:
    """What came of every hand-over without an answer; "not yet" leaves it open, and the end says so."""
    if len(handing_over.waiting(desk)) > 1:
        coming_back.came(desk, terminal, handing_over.waiting(desk))
        return
    for place, row in handing_over.waiting(desk):
        hand = desk.journal.incident.hands.get(row.id)
        if hand is not None and row.state == "sending":
            at = hand.at.astimezone(desk.zone)
            terminal.say(
                "", Line(f"{place} was handed to {whose(desk, hand.to)} at {at:%H:%M}; nobody answered.", "warn")
            )
            handing_over.confirm(desk, terminal, row, place)


def _name(terminal: Terminal, question: str) -> str:
    return terminal.ask("end.owner", question, check=lambda typed: None if typed.strip() else "A name.").strip()
