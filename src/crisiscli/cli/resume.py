"""`crisis resume`: goes on at the first open step after any kind of death."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crisiscli.cli.flags import Incident
from crisiscli.cli.outside import Outside


def resume(
    outside: Outside,
    incident: Incident = None,
    settings: Annotated[bool, typer.Option("--settings", help="Take crisis.yaml as it is now; recorded.")] = False,
    answers: Annotated[Path | None, typer.Option("--answers", help="Answers file instead of questions.")] = None,
) -> int:
    """Go on where you stopped, however it stopped.

    crisis resume
    crisis resume amber-heron
    crisis resume --settings
    """
    from crisiscli.cli.walking import walk
    from crisiscli.clocks import since
    from crisiscli.config import pinned
    from crisiscli.walk.calls import take_roles
    from crisiscli.walk.drilling import go_on
    from crisiscli.walk.heading import said_text
    from crisiscli.walk.welcome import named

    outside.use_answers(answers)
    journal = outside.journal(incident)
    go_on(journal)
    if settings:
        journal.record("settings_taken", company=pinned(outside.config))
    desk = outside.desk(journal)
    now = journal.now()
    quiet = journal.incident.last or now
    outside.terminal.say(
        f"{journal.code}: last entry {since(journal.incident.t0, quiet)}, now {since(journal.incident.t0, now)}. "
        f"Nothing is lost. {said_text(journal.incident)}"
    )
    outside.terminal.say(*named(desk.config.problems))
    take_roles(desk, outside.terminal)
    return walk(outside, desk)
