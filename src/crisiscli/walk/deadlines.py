"""Deadlines an answer sets going or stops: said at once, because a clock nobody saw start is a clock that is missed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from crisiscli.incident.duties import DutyWord, duties
from crisiscli.journal import Journal
from crisiscli.screen import Line


def running(journal: Journal) -> dict[str, DutyWord]:
    """Every regulator clock and where it stands now."""
    return {duty.name: duty.state for duty in duties(journal.incident, journal.now())}


def changed(journal: Journal, zone: tzinfo, before: Mapping[str, DutyWord]) -> list[Line]:
    """The clocks that started, were stopped or no longer bind us since `before`, a line each."""
    lines: list[Line] = []
    for duty in duties(journal.incident, journal.now()):
        if duty.state == before.get(duty.name):
            continue
        if duty.state in ("running", "overdue") and duty.due is not None:
            when = duty.due.astimezone(zone).strftime("%a %d %b %H:%M")
            lines.append(Line(f"Clock started  {duty.name}: tell {duty.clock.tell} by {when}", "warn"))
        elif duty.state == "told":
            late = "" if duty.in_time is not False else ", after its deadline"
            lines.append(Line(f"Clock stopped  {duty.name}: {duty.clock.tell} was told{late}", "good"))
        elif duty.state == "does_not_apply":
            lines.append(Line(f"Clock off  {duty.name}: it does not bind us"))
    return lines
