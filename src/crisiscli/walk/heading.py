"""What stands above every question: where am I, what is due, what have we said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from crisiscli.clocks import lasting, since
from crisiscli.dispatch import Desk
from crisiscli.incident.agenda import Item
from crisiscli.incident.state import Incident
from crisiscli.screen import Line
from crisiscli.walk import drilling, ladder
from crisiscli.walk.bar import clock_word


def clock_text(moment: datetime, zone: tzinfo) -> str:
    """A moment on the wall clock, with its zone: `03:23 CET`."""
    return moment.astimezone(zone).strftime("%H:%M %Z")


def due_text(item: Item, incident: Incident, now: datetime) -> str:
    """`due T+15:00 (10:50 left)`, `OVERDUE by 0:05`, or nothing."""
    if item.due is None:
        return ""
    late = item.late(now)
    if late:
        return f"OVERDUE by {lasting(late)}"
    left = item.due - now
    return f"due {since(incident.t0, item.due)} ({lasting(left)} left)" if left > timedelta(0) else ""


def said_text(incident: Incident) -> str:
    """What we have said so far, in one sentence."""
    words = incident.public_words()
    doubtful = sum(counts["unknown"] for counts in incident.counts.values())
    waiting = len(incident.hands)
    moving = sum(counts["sending"] for counts in incident.counts.values()) - waiting
    none = "Nothing is known to be out." if doubtful or moving > 0 else "Nothing has been sent."
    first = f"Said in public: {len(words)}." if words else none
    rest = [
        f"{moving} on the way." if moving > 0 else "",
        f"{doubtful} unknown." if doubtful else "",
        f"{waiting} handed over, not confirmed." if waiting else "",
    ]
    return " ".join(part for part in (first, *rest) if part)


def step_lines(desk: Desk, item: Item, total: int, body: Sequence[Line | str]) -> list[Line | str]:
    """A step as it is shown: heading, why, what to do, whose it is."""
    journal, step = desk.journal, item.step
    incident, now = journal.incident, journal.now()
    due = due_text(item, incident, now)
    role = step.role or "lead"
    whose = f"{ladder.title_of(desk, role)}: {ladder.holder_text(desk, role)}"
    lines: list[Line | str] = [
        "",
        *drilling.heading_lines(journal),
        Line(f"{incident.mode} {clock_word(incident, now)}  Step {item.number} of {total}  {item.phase}", "heading"),
        Line("", "rule"),
    ]
    if due:
        lines.append(Line(due, "late" if due.startswith("OVERDUE") else "warn"))
    lines.append(f"Who   {whose}")
    if item.state == "told" and item.record.person != journal.actor:
        lines.append(Line(f"Told  {journal.name(item.record.person)} has it. What came of it?", "warn"))
    if step.why:
        lines.append(f"Why   {step.why}")
    lines += body
    if step.say:
        lines.append(Line(f'Say   "{step.say}"', "strong"))
    if item.waits_for:
        lines.append(Line(f"Waits for: {', '.join(item.waits_for)} (you can still do it now)", "warn"))
    if item.asks:
        lines.append(Line(f"Undecided: {'; '.join(item.asks)}", "warn"))
    lines.append(Line(said_text(incident), "dim"))
    return lines
