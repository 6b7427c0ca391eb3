"""Switching: from the runbook for the first minutes to the right one, in the same incident."""

from __future__ import annotations

import hashlib

from crisiscli.dispatch import Desk
from crisiscli.errors import FilesUnusable, NotFound
from crisiscli.screen import Line, Terminal
from crisiscli.steps.base import Step
from crisiscli.walk.tongues import narrowed


def switch(desk: Desk, terminal: Terminal, step: Step, runbook: str) -> bool:
    """Goes on with another runbook; T0, code name, facts, roles and what was said stay as they are.

    Raises NotFound for a runbook that is not there, FilesUnusable for one that cannot be walked.
    """
    from crisiscli.loader import load
    from crisiscli.loader.shipped import find_runbooks, layouts

    path = find_runbooks(desk.config.runbook_folders()).get(runbook)
    if path is None:
        raise NotFound(f"There is no runbook {runbook}.", then="choose another one; crisis lint says what is there")
    loaded = load(path)
    if loaded.runbook is None:
        first = loaded.problems[0]
        raise FilesUnusable(
            f"{first.what} It cannot be walked.",
            where=f"{first.path}:{first.span.line}:{first.span.column}",
            then="choose another one, or go on here",
        )
    journal = desk.journal
    journal.record("step_answered", step=step.id, value=runbook, how="confirmed")
    journal.record(
        "switched",
        runbook=narrowed(loaded.plan, desk.config.languages),
        layouts=layouts(desk.config.template_folders()),
        title=loaded.runbook.title,
        version=loaded.runbook.version,
        runbook_sha256=hashlib.sha256(loaded.document.text.encode("utf-8")).hexdigest(),
        runbook_problems=len(loaded.problems),
    )
    terminal.say(
        "",
        Line(f"{journal.code} goes on with: {loaded.runbook.title} v{loaded.runbook.version}.", "heading"),
        "T0, the code name, the facts, the roles and what was said stay.",
    )
    return True
