"""`crisis status`: where am I, what is late, what have we said, what is up right now."""

from __future__ import annotations

from typing import Annotated

import typer

from crisiscli.cli.flags import Incident, Json
from crisiscli.cli.outside import Outside
from crisiscli.errors import EXIT_OVERDUE


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
    found = board.status(journal)
    if as_json:
        outside.print_json(found)
    else:
        outside.print(board_lines.lines(found, outside.pinned_zone(journal)))
    late = bool(found["overdue"]) or bool(found["promise"] and found["promise"]["broken"])
    return EXIT_OVERDUE if check and late and not found["ended"] else 0
