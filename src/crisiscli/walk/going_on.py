"""Going on later: what rests, which follow-up comes next, and the command to type then."""

from __future__ import annotations

from datetime import datetime, tzinfo

from crisiscli.clocks import lasting, since
from crisiscli.incident.agenda import Item, agenda, open_promise
from crisiscli.journal import Journal
from crisiscli.screen import Line

SHOWN = 4
"""Follow-ups named at once: the next ones, the others stand in the overview and in status."""


def to_come(journal: Journal) -> list[Item]:
    """The follow-ups nobody has answered, the next first."""
    found = [item for item in agenda(journal.incident) if item.starts is not None and item.open]
    return sorted(found, key=lambda item: item.starts or journal.incident.opened)


def day(moment: datetime, zone: tzinfo) -> str:
    """A moment days away: `Mon 24 Nov 03:05`."""
    return moment.astimezone(zone).strftime("%a %d %b %H:%M")


def resting(journal: Journal, zone: tzinfo) -> list[Line | str]:
    """Where the incident stands when no step is open now."""
    incident, now = journal.incident, journal.now()
    waits = [_rests(journal, item, zone) for item in agenda(incident) if item.open and item.starts is None]
    lines: list[Line | str] = [
        "",
        Line(f"{since(incident.t0, now)}  Every step is walked or rests with somebody.", "heading"),
    ]
    if waits:
        lines.append(f"Resting: {', '.join(waits)}")
    promise = open_promise(incident)
    if promise is not None:
        lines.append(Line(f"Promised: the next word by {day(promise.due, zone)}.", "strong"))
    coming = to_come(journal)
    lines += [follow_up(item, now, zone) for item in coming[:SHOWN]]
    if len(coming) > SHOWN and (last := coming[-1].starts):
        lines.append(f"and {len(coming) - SHOWN} more follow-ups, the last {day(last, zone)}  (o = overview)")
    return lines


def _rests(journal: Journal, item: Item, zone: tzinfo) -> str:
    """`roles (told Hubert, again 05:20)`."""
    back = item.record.back
    who = f" {journal.name(item.record.person)}" if item.state == "told" else ""
    again = f", again {back.astimezone(zone):%H:%M}" if back else ""
    return f"{item.step.id} ({item.state}{who}{again})"


def follow_up(item: Item, now: datetime, zone: tzinfo) -> Line:
    """One follow-up: its time, and how long until then or how late."""
    assert item.starts is not None  # noqa: S101
    left = item.starts - now
    when = f"in {lasting(left)}" if left.total_seconds() > 0 else "due now"
    return Line(f"Follow-up  {item.step.id}  {day(item.starts, zone)} ({when}): {item.step.text}", "")


def lines(journal: Journal, zone: tzinfo) -> list[Line | str]:
    """What to type to go on, and what comes first then."""
    coming = to_come(journal)
    found: list[Line | str] = [f"Go on with: crisis resume {journal.code}"]
    if coming and coming[0].starts:
        when = day(coming[0].starts, zone)
        found.append(f"Next follow-up: {coming[0].step.id}, {when}. Bare `crisis` reminds you.")
    return found
