"""Drills: the pace of their clock, and bad news that arrives."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from crisiscli.clock import Clock, PacedClock
from crisiscli.clocks import offset, since
from crisiscli.errors import UsageError
from crisiscli.incident import Event, stamp
from crisiscli.incident.injects import arrived
from crisiscli.incident.state import Incident
from crisiscli.journal import Journal
from crisiscli.screen import Line
from crisiscli.stores.base import Entry
from crisiscli.timing import Inject

FASTEST = 600
"""How many times faster a drill may run: six hundred makes two days a few minutes."""
LOST = timedelta(minutes=10)
"""A drill that nobody paused goes on from its last event when that is longer ago than this: nobody sat there."""
RUNBOOK = 1000
"""How far the numbers of one runbook's injects lie from those of the runbook a drill went on with."""
_SPEED = re.compile(r"x?(?P<number>[0-9]{1,3}(?:\.[0-9]{1,2})?)x?")


def read_speed(typed: str) -> str:
    """`5`, `5x` or `2.5` as the record keeps it. Raises UsageError for no number from 0.1 to FASTEST."""
    found = _SPEED.fullmatch(typed.strip().lower())
    number = Decimal(found["number"]) if found else Decimal(0)
    if not Decimal("0.1") <= number <= FASTEST:
        raise UsageError(f"--speed {typed} is not a number from 0.1 to {FASTEST}.", then="crisis drill --speed 5")
    return f"{number.normalize():f}"


def go_on(journal: Journal) -> None:
    """Lets the clock of a drill that rested go on from its last event; one that runs is left alone."""
    incident = journal.incident
    pace = incident.pace
    if pace is None or incident.ended:
        return
    last = incident.last or incident.opened
    rested = pace["speed"] == "0"
    if rested or journal.now() - last > LOST:
        _set(journal, last, pace["ran"] if rested else pace["speed"])


def rest(journal: Journal) -> None:
    """Stops the clock of a drill that is left before its end, so that a break costs nothing."""
    journal.refresh()
    pace = journal.incident.pace
    if pace is not None and not journal.incident.ended and pace["speed"] != "0":
        _set(journal, journal.now(), "0", ran=pace["speed"])


def _set(journal: Journal, at: datetime, speed: str, **more: str) -> None:
    """The event stands at the drill's new time: the old pace may have run hours ahead while nobody sat there."""
    quiet = bool((journal.incident.pace or {}).get("quiet"))
    data = {"real": stamp(_inner(journal.clock).now()), "at": stamp(at), "speed": speed, "quiet": quiet, **more}
    journal.store.append(journal.code, Entry("paced", data, journal.actor, at))
    journal.refresh()


def _inner(clock: Clock) -> Clock:
    return clock.inner if isinstance(clock, PacedClock) else clock


def speed_line(journal: Journal) -> Line | None:
    """How fast the clock of a drill runs, in one sentence; None outside a drill."""
    pace = journal.incident.pace
    if pace is None:
        return None
    speed = pace.get("ran") or pace["speed"]
    fast = "at normal speed" if speed == "1" else f"{speed} times as fast"
    return Line(f"DRILL  nothing can be sent. The clock runs {fast}.", "strong")


def arrivals(journal: Journal) -> list[Line]:
    """The bad news whose time has come and that no terminal has shown yet; each is recorded once.

    The first line of each is in the style that rings.
    """
    incident = journal.incident
    if incident.mode != "DRILL" or incident.ended or (incident.pace or {}).get("quiet"):
        return []
    lines = []
    first = RUNBOOK * len(incident.plans)
    for number, inject in enumerate(incident.runbook.injects, start=first):
        due = _due(journal, inject)
        if due is None or due > journal.now() or number in incident.injected:
            continue
        event = journal.record_while(
            _not_arrived(number),
            "injected",
            number=number,
            **{"from": inject.from_, "says": inject.says},
        )
        if event is not None:
            lines.append(_line(journal, event))
    return lines


def _not_arrived(number: int) -> Callable[[Incident], bool]:
    return lambda incident: number not in incident.injected


def _due(journal: Journal, inject: Inject) -> datetime | None:
    try:
        return journal.incident.t0 + offset(inject.at)
    except ValueError:
        return None


def heading_lines(journal: Journal) -> list[Line]:
    """The last bad news nobody reacted to yet: it stays above every step until a note or a fact follows it."""
    if not journal.incident.injected:
        return []
    waiting = [one for one in arrived(journal.store.events(journal.code)) if one.reaction is None]
    if not waiting:
        return []
    more = f"  ({len(waiting) - 1} more before it)" if len(waiting) > 1 else ""
    line = _line(journal, waiting[-1].event)
    return [Line(line.text, "warn"), Line(f"  no reaction yet: n = note, f = change a fact{more}", "warn")]


def _line(journal: Journal, event: Event) -> Line:
    said = event.data
    return Line(f'{since(journal.incident.t0, event.at)}  INJECT  {said["from"]}: "{said["says"]}"', "late")
