"""The live line at the bottom: mode, code name, clock, step, what is overdue or due next, what was promised."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from crisiscli.clocks import lasting, since
from crisiscli.incident.agenda import agenda, current, open_promise, overdue
from crisiscli.incident.state import Incident
from crisiscli.journal import Journal


def clock_word(incident: Incident, now: datetime) -> str:
    """The crisis clock, or that it does not run yet."""
    return "ARMED" if incident.armed else since(incident.t0, now)


def bar(journal: Journal, at: str = "", *, keys: bool = True) -> str:
    """The live line: mode, code name, clock, step, what is overdue or due next.

    `at` is the step she stands at; without `keys` it names none, for where no key can be pressed.
    """
    incident, now = journal.incident, journal.now()
    items = agenda(incident)
    here = next((item for item in items if item.step.id == at), None) or current(items, now)
    parts = [f"{incident.mode} {incident.code}", clock_word(incident, now)]
    parts.append(f"{here.number}/{len(items)}" if here else "all steps done")
    late = overdue(items, now)
    if late:
        key = " [j]" if any(item is not here for item in late) else ""
        parts.append(f"OVERDUE {len(late)}: {late[0].step.id} +{lasting(late[0].late(now) or timedelta(0))}{key}")
    elif here and here.due and here.due > now:
        parts.append(f"due in {lasting(here.due - now)}")
    promise = open_promise(incident)
    if promise:
        left = promise.due - now
        parts.append(f"promise {lasting(left)}" if left > timedelta(0) else f"PROMISE BROKEN {lasting(-left)} ago [g]")
    if keys:
        parts.append("? help")
    whole = " | ".join(parts)
    return whole if keys else re.sub(r" \[[a-z]\]", "", whole)
