"""Coming late: what was done before anybody typed, in one tick list and with the times one still knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from textwrap import shorten

from crisiscli.clocks import since
from crisiscli.dispatch import Desk
from crisiscli.errors import UsageError
from crisiscli.facts import ago
from crisiscli.incident import stamp
from crisiscli.incident.agenda import Item, agenda
from crisiscli.incident.step_words import step_words
from crisiscli.screen import Line, Option, Terminal, letter
from crisiscli.steps.call import Call
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk import calls

VERBS = ("do", "call", "wait", "watch")
"""Steps that somebody may have done without us; facts, decisions and words have to be given here."""

DONE = "done before this was opened"
TICKED = "done before it was ticked here"
SEVERAL = 2
"""From so many late steps on, a list saves questions."""

AHEAD = timedelta(minutes=15)
"""How far ahead of the clock a step may have been done already."""
SHOWN = 36
"""How much of a step stands in the list: it must fit one screen with everything that is late."""
SLACK = timedelta(minutes=1)
"""T0 is typed to the minute, so a time may seem to lie that much before it."""


def comes_late(desk: Desk) -> bool:
    """True at the start of an incident that was opened when several steps were due already.

    One late step is asked about anyway, because it comes first: a list for it would be one more question.
    """
    incident = desk.journal.incident
    if incident.armed or incident.steps:
        return False
    due = [item for item in agenda(incident) if item.open and item.due and item.due < incident.opened]
    return len(due) >= SEVERAL and any(item.step.verb in VERBS for item in due)


def at_start(desk: Desk, terminal: Terminal) -> bool:
    """Asks once, before the first step, when she comes late, or takes the answers file's `done`. True when ticked."""
    if isinstance(terminal, Scripted):
        return caught_up(desk, terminal)
    return comes_late(desk) and caught_up(desk, terminal)


def after_switch(desk: Desk, terminal: Terminal) -> bool:
    """Asks once after another runbook took over: its first steps are late the moment it begins. True when ticked."""
    now = desk.journal.now()
    due = [item for item in agenda(desk.journal.incident) if item.open and item.due and item.due < now]
    if not terminal.interactive or len(due) < SEVERAL:
        return False
    return caught_up(desk, terminal)


def caught_up(desk: Desk, terminal: Terminal) -> bool:
    """One tick list of what is done already, what is overdue first, then one line for the times.

    True when something was ticked. A time that is not known is not made up: the record says when it was ticked.
    Answers file: `done: {stop-sends: "03:02", freeze: true}`. Raises UsageError for a step or time it cannot take.
    """
    items = _undone(desk)
    if isinstance(terminal, Scripted):
        ticked = _from_answers(desk, terminal, items)
    else:
        if not items:
            terminal.say("No step can be ticked now: what is left is asked one by one.")
        names = _tick(desk, terminal, items) if items else []
        ticked = {**dict.fromkeys(names), **_times(desk, terminal, names)} if names else {}
    value = TICKED if desk.journal.incident.steps else DONE
    for item in items:
        if item.step.id in ticked:
            _record(desk, terminal, item, ticked[item.step.id], value)
    for item in items:
        if terminal.interactive and item.step.id in ticked and isinstance(item.step, Call):
            # a call that was made has put people into roles, and nobody has said which
            calls.call(desk, terminal, item.step.id, item.step.call)
    return bool(ticked)


def _undone(desk: Desk) -> list[Item]:
    """The steps somebody may have done already, overdue ones first, each part in the runbook's order.

    What is due much later than now is left out, and what has no time before its phase began: nobody did it yet.
    """
    now, items = desk.journal.now(), agenda(desk.journal.incident)
    begun = {item.phase for item in items if not item.open or (item.due and item.due <= now)}
    found = [
        item
        for item in items
        if item.step.verb in VERBS
        and item.open
        and not (item.starts and item.starts > now)
        and (item.due <= now + AHEAD if item.due else item.phase in begun)
    ]
    return sorted(found, key=lambda item: not (item.due and item.due < now))


def _tick(desk: Desk, terminal: Terminal, items: Sequence[Item]) -> list[str]:
    incident, now = desk.journal.incident, desk.journal.now()
    options = []
    for number, item in enumerate(items):
        due = f"  (due {since(incident.t0, item.due)})" if item.due and item.due < now else ""
        words = shorten(step_words(incident.runbook, item.step), SHOWN, placeholder=" ...")
        options.append(Option(letter(number), item.step.id, f"{item.step.id}: {words}{due}"))
    terminal.say("", Line(f"The clock stands at {since(incident.t0, now)}.", "strong"))
    return terminal.tick("done", "What is done already? Tick it, then Enter.", options)


def _times(desk: Desk, terminal: Terminal, names: Sequence[str]) -> dict[str, datetime]:
    """The times that are still known; an empty line knows none."""

    def check(typed: str) -> str | None:
        try:
            read_times(desk, typed, names)
        except ValueError as error:
            return str(error)
        return None

    example = ", ".join(f"{name} 03:{number:02}" for number, name in enumerate(names[:2], start=2))
    typed = terminal.ask(
        "done.times",
        "At what times?",
        hint=f"like: {example}, or times alone in this order; Enter = not known",
        check=check,
    )
    return read_times(desk, typed, names)


def read_times(desk: Desk, typed: str, names: Sequence[str]) -> dict[str, datetime]:
    """`stop-sends 03:02, freeze 03:10`, or bare times in the order of the list, as times by step.

    Raises ValueError with what would be accepted.
    """
    found: dict[str, datetime] = {}
    for number, part in enumerate(typed.split(",")):
        name, _, when = part.strip().partition(" ")
        if not name:
            continue
        if name[0].isdigit() and number < len(names):
            name, when = names[number], part
        if name not in names:
            raise ValueError(f"{name!r} was not ticked; one of: {', '.join(names)}")
        if not when.strip():
            raise ValueError(f"{name} has no time; write it like {name} 03:02")
        found[name] = moment(desk, when.strip())
    return found


def moment(desk: Desk, typed: str) -> datetime:
    """A time at which a step was done, in UTC. Raises ValueError for one before T0, to come, or not readable."""
    incident = desk.journal.incident
    found = ago(typed, desk.journal.now(), desk.zone)
    if found < incident.t0 - SLACK:
        raise ValueError(f"{typed} is before T0 ({incident.t0.astimezone(desk.zone):%H:%M}); leave the time out")
    return found


def _from_answers(desk: Desk, terminal: Scripted, items: Sequence[Item]) -> dict[str, datetime | None]:
    if not terminal.has("done"):
        return {}
    given = terminal.get("done")
    said = dict.fromkeys(map(str, given), True) if isinstance(given, list) else given
    if not isinstance(said, Mapping):
        raise UsageError("done must name the steps.", where="done", then='done: {stop-sends: "03:02", freeze: true}')
    waiting = {item.step.id for item in items}
    found: dict[str, datetime | None] = {}
    for name, when in said.items():
        step = desk.journal.incident.runbook.step(str(name))
        if step is None or step.verb not in VERBS:
            known = ", ".join(sorted(waiting)) or "none is open"
            raise UsageError(f"done.{name}: no such step to tick.", where=f"done.{name}", then=f"one of: {known}")
        if str(name) in waiting and when is not False:
            found[str(name)] = _answered_at(desk, str(name), when)
    return found


def _answered_at(desk: Desk, name: str, when: object) -> datetime | None:
    if when is True or when is None:
        return None
    try:
        return moment(desk, str(when))
    except ValueError as error:
        raise UsageError(f"done.{name}: {error}", where=f"done.{name}", then=f'done: {{{name}: "03:02"}}') from None


def _record(desk: Desk, terminal: Terminal, item: Item, at: datetime | None, value: str) -> None:
    value = DONE if at is not None and at <= desk.journal.incident.opened else value
    data = {"at": stamp(at)} if at else {}
    desk.journal.record("step_answered", step=item.step.id, value=value, how="confirmed", **data)
    when = f"at {at.astimezone(desk.zone):%H:%M}" if at else "time not known"
    terminal.say(Line(f"c {item.step.id}: {value}, {when}", "good"))
