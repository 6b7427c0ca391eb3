"""`crisis start`: opens an incident and walks it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crisiscli.cli.outside import Outside
from crisiscli.cli.walking import find_runbook, load_runbook, parse_facts, walk

if TYPE_CHECKING:
    from crisiscli.loader import Loaded


def start(
    outside: Outside,
    runbook: Annotated[str | None, typer.Argument(help="Runbook id, or a YAML file.", show_default=False)] = None,
    at: Annotated[str | None, typer.Option("--at", help='When it began: "12 min ago", 14:05, an ISO time.')] = None,
    lead: Annotated[str | None, typer.Option("--lead", help="Who leads.")] = None,
    fact: Annotated[list[str] | None, typer.Option("--fact", help="NAME=VALUE, known already.")] = None,
    code_name: Annotated[str | None, typer.Option("--code-name", help="Code name to use.")] = None,
    answers: Annotated[Path | None, typer.Option("--answers", help="Answers file instead of questions.")] = None,
) -> int:
    """Open an incident and walk it.

    crisis start
    crisis start erroneous-mass-message --at "12 min ago"
    """
    outside.use_answers(answers)
    given = parse_facts(fact or [])
    outside.store  # noqa: B018 - a disk that cannot be written is said before the first question
    loaded = load_runbook(outside, find_runbook(outside, runbook))
    t0 = _since_when(outside, loaded.runbook.t0 if loaded.runbook else None, at)
    return _open(outside, loaded, t0, lead, code_name, given)


def _open(
    outside: Outside,
    loaded: Loaded,
    t0: datetime,
    lead: str | None,
    code_name: str | None,
    given: list[tuple[str, str]],
) -> int:
    from crisiscli.loader.shipped import layouts
    from crisiscli.walk.calls import take_roles
    from crisiscli.walk.ledger import Told, fact_of, set_fact, value_of
    from crisiscli.walk.opening import Opening, open_incident
    from crisiscli.walk.welcome import welcome

    store, now = outside.store, outside.clock.now()
    assert loaded.runbook is not None  # noqa: S101
    facts = [(name, value_of(fact_of(loaded.runbook, name), name, v, now, outside.zone)) for name, v in given]
    opening = Opening(
        loaded=loaded,
        layouts=layouts(outside.template_folders()),
        lead=outside.lead(lead),
        operator=outside.operator(),
        t0=t0,
        learned=now,
        code=code_name or "",
    )
    others = [heading.code for heading in store.headings() if not heading.ended]
    journal = open_incident(store, opening, outside.config, outside.clock)
    desk = outside.desk(journal)
    for name, value in facts:
        set_fact(journal, name, Told(value))
    take_roles(desk, outside.terminal)
    outside.terminal.say(*welcome(desk, loaded, others))
    return walk(outside, desk)


def _since_when(outside: Outside, question: str | None, at: str | None) -> datetime:
    from crisiscli.errors import UsageError
    from crisiscli.facts import ago
    from crisiscli.terminal.scripted import Scripted

    now = outside.clock.now()

    def check(typed: str) -> str | None:
        try:
            found = ago(typed or "now", now, outside.zone)
        except ValueError as error:
            return str(error)
        return "That is in the future." if found > now else None

    if at is not None:
        trouble = check(at)
        if trouble:
            raise UsageError(f"--at {at}: {trouble}", then='crisis start --at "12 min ago"')
        return ago(at, now, outside.zone)
    if isinstance(outside.terminal, Scripted) and not outside.terminal.has("at"):
        return now
    asked = question or "When did it begin?"
    typed = outside.terminal.ask("at", asked, hint='"12 min ago", 14:05', default="now", check=check)
    return ago(typed or "now", now, outside.zone)
