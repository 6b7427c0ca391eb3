"""`crisis status`: where am I, what is late, what have we said, what is up right now."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING, Annotated

import typer

from crisiscli.cli.flags import Incident, Json
from crisiscli.cli.outside import Outside
from crisiscli.errors import EXIT_OVERDUE
from crisiscli.screen import Line

if TYPE_CHECKING:
    from crisiscli.journal import Journal


def status(
    outside: Outside,
    incident: Incident = None,
    as_json: Json = False,
    check: Annotated[bool, typer.Option("--check", help="Exit 8 when something is overdue.")] = False,
) -> int:
    """Where are we, what is late, what have we said.

    crisis status
    crisis status --check --json
    """
    from crisiscli.walk import board, board_lines

    journal = outside.journal(incident, writing=False, latest=True)
    found = board.status(journal, lambda: outside.desk(journal))
    if as_json:
        outside.print_json(found)
    else:
        zone = outside.pinned_zone(journal)
        outside.print([*_before(journal, zone), *board_lines.lines(found, zone)])
    late = bool(found["overdue"]) or bool(found["promise"] and found["promise"]["broken"])
    return EXIT_OVERDUE if check and late and not found["ended"] else 0


def _before(journal: Journal, zone: tzinfo) -> list[Line]:
    """What stands above the board: that it is only armed, or bad news in a drill nobody reacted to."""
    if journal.incident.armed:
        from crisiscli.walk.arming import armed_lines

        return [*armed_lines(journal, zone), Line("")]
    if journal.incident.injected:
        from crisiscli.walk.drilling import heading_lines

        return heading_lines(journal)
    return []
