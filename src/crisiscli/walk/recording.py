"""Recording a step's answer when two people sit at one incident: the first answer wins, the second is told and kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from crisiscli.incident.agenda import agenda, overdue
from crisiscli.incident.records import StepRecord
from crisiscli.incident.state import Incident
from crisiscli.journal import Journal
from crisiscli.screen import Line, Terminal
from crisiscli.terminal.scripted import Scripted

CHECK_BACK = timedelta(minutes=5)
OVER = ("answered", "skipped")


def record(journal: Journal, terminal: Terminal, step: str, kind: str, **data: Any) -> bool:
    """Writes the answer unless the step was answered meanwhile; then says by whom and keeps the words as a note."""
    if journal.record_while(still_open(step), kind, step=step, **data) is not None:
        return True
    _tell(journal, terminal, step)
    given = data.get("value") or data.get("option") or data.get("reason") or ""
    words = ", ".join(map(str, given)) if isinstance(given, list) else str(given)
    if words:
        journal.record("noted", text=f"{step}, said second: {words}")
        terminal.say("What you typed is kept as a note.")
    return False


def still_open(step: str) -> Callable[[Incident], bool]:
    """Whether nobody answered or skipped a step yet: what an answer to it must hold against when it is written."""
    return lambda incident: incident.step(step).state not in OVER


def moved(journal: Journal, terminal: Terminal, step: str, before: StepRecord) -> bool:
    """True when the step was answered by somebody else while its question stood open; says so."""
    journal.refresh()
    now = journal.incident.step(step)
    if now == before or now.state not in OVER or isinstance(terminal, Scripted):
        return False
    _tell(journal, terminal, step)
    return True


def _tell(journal: Journal, terminal: Terminal, step: str) -> None:
    found = journal.incident.step(step)
    value = ", ".join(map(str, found.value)) if isinstance(found.value, list) else found.value or found.reason
    who = journal.name(found.actor)
    terminal.say(Line(f"{step} was {found.state} at another terminal first, by {who}: {value}", "warn"))


def is_over(journal: Journal, step: str) -> bool:
    """True when a step was answered or skipped."""
    return journal.incident.step(step).state in OVER


def jump(journal: Journal, terminal: Terminal, here: str) -> str:
    """The step a jump leads to: the most overdue but `here`, else a follow-up whose day has come; "" for none.

    It is looked for when the key is pressed: a step may have become late while the question stood open.
    """
    now, items = journal.now(), agenda(journal.incident)
    come = [item for item in items if item.open and item.starts and item.starts <= now]
    other = next((one for one in (*overdue(items, now), *come) if one.step.id != here), None)
    if other is None:
        terminal.say("Nothing else is overdue.")
        return ""
    return reopen(journal, other.step.id, "jumped to")


def before(journal: Journal) -> str:
    """The step that was answered or skipped last, or ""."""
    done = [item for item in agenda(journal.incident) if item.state in OVER and item.record.at]
    last = max(reversed(done), key=lambda item: item.record.at or journal.incident.opened, default=None)
    return last.step.id if last else ""


def step_back(journal: Journal, terminal: Terminal) -> str:
    """Reopens the step that was walked last; its answer stays in the record. Returns its id."""
    last = before(journal)
    if not last:
        return ""
    terminal.say(f"Back to {last}. Its answer stays in the record; a new one is added.")
    return reopen(journal, last, "went back")


def reopen(journal: Journal, step: str, why: str) -> str:
    """Opens a step again unless it is open; returns its id."""
    if journal.incident.step(step).state != "open":
        journal.record("step_reopened", step=step, reason=why)
    return step
