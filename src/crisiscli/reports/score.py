"""The score of a drill: each target against what was reached, beside the drill before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from crisiscli.incident import stamp
from crisiscli.journal import Journal
from crisiscli.reports.markdown import plain, table
from crisiscli.reports.scoring import Mark, finished, last_drill, marks
from crisiscli.screen import Line

_VERDICTS = {True: "+ ok", False: "! missed", None: "-"}


def score(journal: Journal, zone: tzinfo) -> str:
    """The score as Markdown, compared with the last ended drill of the same runbook."""
    incident = journal.incident
    before = last_drill(journal)
    lines = [f"# {incident.mode} score: {plain(incident.runbook.title)} ({incident.code})", ""]
    lines += [plain(_finish(journal)), ""]
    if before is not None:
        lines += [plain(_before(before, zone)), ""]
    then = _actuals(before)
    head = ["", "What", "Reached", "Target", "Note", *(["Last time"] if before else [])]
    rows = [
        [plain(text) for text in (_VERDICTS[mark.ok], mark.words, mark.actual, mark.target, mark.note)]
        + ([plain(then.get(mark.name, ""))] if before else [])
        for mark in marks(journal)
    ]
    return "\n".join([*lines, *table(head, rows)]) + "\n"


def lines(journal: Journal, zone: tzinfo) -> Iterable[Line]:
    """The same for the screen."""
    before = last_drill(journal)
    then = _actuals(before)
    yield Line("")
    yield Line(f"{journal.incident.mode}  {journal.code}  {_finish(journal)}", "heading")
    if before is not None:
        yield Line(_before(before, zone))
    for mark in marks(journal):
        beside = [f"target {mark.target}" if mark.target else "", _then(mark, then)]
        about = "; ".join(part for part in beside if part)
        text = f"  {_VERDICTS[mark.ok]:<9} {mark.words:<19} {mark.actual}" + (f"  ({about})" if about else "")
        yield Line(text, "good" if mark.ok else "warn" if mark.ok is False else "")
        if mark.note and not mark.ok:
            yield Line(f"{'':<12}{mark.note}", "dim")


def data(journal: Journal) -> dict[str, Any]:
    """The same as plain data."""
    before = last_drill(journal)
    return {
        "schema_version": 1,
        "code": journal.code,
        "runbook": journal.incident.runbook.id,
        "ended": stamp(journal.incident.ended_at) if journal.incident.ended_at else None,
        "finished": finished(journal.incident, journal.now()),
        "marks": [mark._asdict() for mark in marks(journal)],
        "last": {"code": before.code, "finished": finished(before.incident, before.now()), "actual": _actuals(before)}
        if before
        else None,
    }


def _finish(journal: Journal) -> str:
    incident = journal.incident
    clock = finished(incident, journal.now())
    if incident.ended is None:
        return f"Not ended yet; so far, at {clock}:"
    return f"You finished in {clock}: {incident.ended['completeness']}."


def _before(before: Journal, zone: tzinfo) -> str:
    opened = before.incident.opened.astimezone(zone)
    return f"Last time ({opened.day} {opened:%b}, {before.code}): {finished(before.incident, before.now())}"


def _actuals(before: Journal | None) -> dict[str, str]:
    return {mark.name: mark.actual for mark in marks(before)} if before else {}


def _then(mark: Mark, then: dict[str, str]) -> str:
    return f"last time {then[mark.name]}" if mark.name in then else ""
