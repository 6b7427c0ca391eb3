"""Phases: where one begins, how its list is meant to be used, and what it leaves open where it ends."""

from __future__ import annotations

from crisiscli.clocks import since
from crisiscli.incident.agenda import Item, agenda
from crisiscli.journal import Journal
from crisiscli.screen import Line, Option, Terminal
from crisiscli.walk.marks import item_line

MODES = {
    "read-do": "Read one line, do it, then the next.",
    "do-confirm": "Do these from memory, each at its own desk. Then confirm them here, line by line.",
}


def ended(journal: Journal, phase: str) -> Line:
    """The completion call of a phase: complete, or what it leaves behind (Degani and Wiener: say it aloud)."""
    left = [item.step.id for item in agenda(journal.incident) if item.phase == phase and item.open]
    clock = since(journal.incident.t0, journal.now())
    if not left:
        return Line(f"{clock}  {phase}: complete.", "good")
    return Line(f"{clock}  {phase}: complete except {', '.join(left)}.", "warn")


def begins(journal: Journal, item: Item) -> list[Line | str]:
    """The phase's title, how to use it, and its lines at a glance."""
    phase = next((found for found in journal.incident.runbook.phases if found.title == item.phase), None)
    if phase is None:
        return ["", Line(item.phase, "heading")]
    lines: list[Line | str] = ["", Line(f"{phase.title}  ({phase.mode.upper()})", "heading"), MODES[phase.mode]]
    if phase.mode == "do-confirm":
        ids = {step.id for step in phase.steps}
        lines += [item_line(journal, found) for found in agenda(journal.incident) if found.step.id in ids]
    return lines


def pause(journal: Journal, terminal: Terminal, item: Item) -> None:
    """Shows where a phase begins; before the lines of a do-confirm phase the team has its moment, unless it is late."""
    terminal.say(*begins(journal, item))
    phase = next((found for found in journal.incident.runbook.phases if found.title == item.phase), None)
    if phase is None or phase.mode != "do-confirm" or not terminal.interactive:
        return
    now = journal.now()
    if any(found.late(now) or not found.open for found in agenda(journal.incident) if found.phase == item.phase):
        return
    ready = [Option("d", "confirm", "done from memory, or not: go through them one by one")]
    terminal.choose(f"phase.{phase.id}", "Ready to confirm?", ready, record=False)
