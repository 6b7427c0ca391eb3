"""What `start`, `drill` and `resume` share: opening, walking, and the exit code a walk ends with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crisiscli.errors import EXIT_FINDINGS, CrisisError, MessageTrouble, Refused, UsageError

if TYPE_CHECKING:
    from crisiscli.cli.outside import Outside
    from crisiscli.dispatch import Desk
    from crisiscli.journal import Journal
    from crisiscli.loader import Loaded
    from crisiscli.runbook import Runbook
    from crisiscli.stores.base import Mode


@dataclass(frozen=True)
class Asked:
    """What was typed for a new incident: when it began, who leads, facts known already, and how a drill runs."""

    at: str | None = None
    lead: str | None = None
    code_name: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    mode: Mode = "LIVE"
    speed: str = "1"
    injects: bool = True
    until: datetime | None = None


def parse_facts(pairs: list[str]) -> list[tuple[str, str]]:
    """`NAME=VALUE` pairs. Raises UsageError for anything else."""
    found = []
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise UsageError(f"{pair!r} is not NAME=VALUE.", then='--fact people_reached="4 700 000"')
        found.append((name.strip(), value.strip()))
    return found


def facts_told(outside: Outside, runbook: Runbook, asked: Asked) -> list[tuple[str, Any]]:
    """The facts given on the command line in the ledger's form. Raises UsageError, NotFound."""
    from crisiscli.walk.ledger import fact_of, value_of

    now = outside.clock.now()
    return [(name, value_of(fact_of(runbook, name), name, v, now, outside.zone)) for name, v in asked.facts]


def open_new(outside: Outside, loaded: Loaded, t0: datetime, asked: Asked) -> Journal:
    """Opens an incident or a drill in its own file. No code name of the one is used in the other."""
    from crisiscli.loader.shipped import layouts
    from crisiscli.walk.opening import Opening, open_incident

    opening = Opening(
        loaded=loaded,
        layouts=layouts(outside.template_folders()),
        lead=outside.lead(asked.lead),
        operator=outside.operator(),
        t0=t0,
        learned=outside.clock.now(),
        code=asked.code_name or "",
        mode=asked.mode,
        taken=_taken(outside, asked),
        armed_until=asked.until,
        speed=asked.speed,
        injects=asked.injects,
    )
    journal = open_incident(
        outside.drills if asked.mode == "DRILL" else outside.store, opening, outside.config, outside.clock
    )
    outside.clock = journal.clock
    return journal


def _taken(outside: Outside, asked: Asked) -> set[str]:
    taken = {heading.code for store in outside.files(writing=True) for heading in store.headings()}
    if asked.mode == "DRILL" and asked.code_name in taken:
        raise Refused(f"The code name {asked.code_name} is taken.", then="choose another one")
    return taken


def first_screen(outside: Outside, journal: Journal, loaded: Loaded | None, facts: list[tuple[str, Any]]) -> Desk:
    """The desk of an incident that begins now: facts and roles that are known, and what is said once."""
    from crisiscli.walk.calls import take_roles
    from crisiscli.walk.ledger import Told, set_fact
    from crisiscli.walk.welcome import welcome

    desk = outside.desk(journal)
    for name, value in facts:
        set_fact(journal, name, Told(value))
    take_roles(desk, outside.terminal)
    others = [h.code for h in journal.store.headings() if not h.ended and h.code != journal.code]
    outside.terminal.say(*welcome(desk, loaded, others))
    return desk


def since_when(outside: Outside, question: str | None, at: str | None, command: str = "start") -> datetime:
    """When it began: from the flag, from the person, or now. Raises UsageError for a time that is none."""
    from crisiscli.facts import ago
    from crisiscli.terminal.scripted import Scripted

    now = outside.clock.now()

    def check(typed: str) -> str | None:
        try:
            found = ago(typed or "now", now, outside.zone)
        except ValueError as error:
            return str(error)
        return "That is in the future." if found > now else None

    if at is not None:
        trouble = check(at)
        if trouble:
            raise UsageError(f"--at {at}: {trouble}", then=f'crisis {command} --at "12 min ago"')
        return ago(at, now, outside.zone)
    if isinstance(outside.terminal, Scripted) and not outside.terminal.has("at"):
        return now
    asked = question or "When did it begin?"
    typed = outside.terminal.ask("at", asked, hint='"12 min ago", 14:05', default="now", check=check)
    return ago(typed or "now", now, outside.zone)


def walk(outside: Outside, desk: Desk) -> int:
    """Walks to the end, a pause, or an answer nobody gave; returns the exit code.

    A drill's clock rests when it is left, and its score follows its end. Raises Refused for an incident that is
    armed, and MessageTrouble, without a person, when a message failed or is unknown.
    """
    from crisiscli.terminal.scripted import Scripted
    from crisiscli.walk import drilling
    from crisiscli.walk.walk import Walk

    journal, terminal = desk.journal, outside.terminal
    if journal.incident.armed:
        raise Refused(
            f"{journal.code} is armed: nothing happened yet, and T0 is not set.", then=f"crisis start {journal.code}"
        )
    drilling.go_on(journal)
    try:
        result = Walk(desk, terminal).run()
    except CrisisError:
        drilling.rest(journal)
        raise
    if journal.incident.mode == "DRILL":
        _drilled(desk, outside, result)
    return _without_a_person(desk, terminal, result) if isinstance(terminal, Scripted) else 0


def _drilled(desk: Desk, outside: Outside, result: str) -> None:
    from crisiscli.reports.score import lines
    from crisiscli.walk import drilling

    drilling.rest(desk.journal)
    if result == "paused":
        outside.terminal.say(f"DRILL  its clock rests until: crisis resume {desk.journal.code}")
    else:
        outside.terminal.say(*lines(desk.journal, desk.zone))
        outside.terminal.say("", f"All of it: crisis report {desk.journal.code}     Again: crisis drill")


def _without_a_person(desk: Desk, terminal: Any, result: str) -> int:
    from crisiscli.incident.agenda import agenda

    incident = desk.journal.incident
    for name in terminal.unused():
        terminal.say(f"The answer {name} was not asked for.")
    left = [item.step.id for item in agenda(incident) if item.open]
    still = f"{len(left)} steps stay open: {', '.join(left)}" if left else "every step is answered"
    terminal.say(f"{incident.code}: {result}; {still}. See: crisis status {incident.code}")
    trouble = [name.partition("@")[0] for name, n in incident.counts.items() if n["failed"] or n["unknown"]]
    if trouble:
        raise MessageTrouble(
            f"Failed or unknown: {', '.join(trouble)}.",
            public="What is out stands in: crisis status",
            then="crisis resume",
        )
    now = desk.journal.now()
    owed = [item for item in agenda(incident) if item.open and not (item.starts and item.starts > now)]
    silent = [item.step.id for item in owed if item.step.verb == "send"]
    return EXIT_FINDINGS if silent else 0
