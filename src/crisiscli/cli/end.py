"""`crisis end`: stands down; what is still up gets an owner or comes down, what was stopped is let go again."""

from __future__ import annotations

from typing import Annotated

import typer

from crisiscli.cli.flags import Incident
from crisiscli.cli.outside import Outside
from crisiscli.errors import UsageError


def end(
    outside: Outside,
    incident: Incident = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it ends, for the report.")] = "",
    taken_down: Annotated[list[str] | None, typer.Option("--taken-down", help="A channel whose text is down.")] = None,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", help="CHANNEL=NAME: stays up, NAME takes it down.")
    ] = None,
    released: Annotated[
        list[str] | None, typer.Option("--released", help="STEP=VALUE: what it stopped runs again; or =owner:NAME.")
    ] = None,
    decide: Annotated[
        list[str] | None, typer.Option("--decide", help="STEP=OPTION:WHY: a decision nobody made yet.")
    ] = None,
    early: Annotated[bool, typer.Option("--early", help="This is not a crisis: no decisions, only a reason.")] = False,
) -> int:
    """Stand down: nothing open is hidden, nothing standing is left without a name.

    crisis end --reason "all clear since 14:00" --taken-down website --owner ivr=Ann
    crisis end --reason "over" --released freeze=done --decide "compensation=none:nobody lost money"
    crisis end --early --reason "a planned test nobody told us about"
    """
    from crisiscli.cli.walking import parse_facts
    from crisiscli.dispatch import recover
    from crisiscli.walk.ending import Endings
    from crisiscli.walk.ending import end as stand_down

    desk = outside.desk(outside.journal(incident))
    recover(desk)
    given = Endings(
        reason=reason,
        taken_down=tuple(taken_down or ()),
        owners=dict(parse_facts(owner or [])),
        released=dict(parse_facts(released or [])),
        decided={step: _choice(choice) for step, choice in parse_facts(decide or [])},
        early=early,
    )
    return 0 if stand_down(desk, outside.terminal, given) else 1


def _choice(text: str) -> tuple[str, str]:
    option, _, why = text.partition(":")
    if not option.strip():
        raise UsageError(f"{text!r} names no option.", public="", then="--decide STEP=OPTION:WHY")
    return option.strip(), why.strip()
