"""`crisis end`: stands down; what is still up gets an owner or comes down."""

from __future__ import annotations

from typing import Annotated

import typer

from crisiscli.cli.flags import Incident
from crisiscli.cli.outside import Outside


def end(
    outside: Outside,
    incident: Incident = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it ends, for the report.")] = "",
    taken_down: Annotated[list[str] | None, typer.Option("--taken-down", help="A channel whose text is down.")] = None,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", help="CHANNEL=NAME: stays up, NAME takes it down.")
    ] = None,
) -> int:
    """Stand down: nothing open is hidden, nothing standing is left without a name.

    crisis end --reason "all clear since 14:00" --taken-down website --owner ivr=Ann
    """
    from crisiscli.cli.walking import parse_facts
    from crisiscli.dispatch import recover
    from crisiscli.walk.ending import Endings
    from crisiscli.walk.ending import end as stand_down

    desk = outside.desk(outside.journal(incident))
    recover(desk)
    given = Endings(reason, tuple(taken_down or ()), dict(parse_facts(owner or [])))
    return 0 if stand_down(desk, outside.terminal, given) else 1
