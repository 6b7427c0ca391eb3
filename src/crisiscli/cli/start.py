"""`crisis start`: opens an incident and walks it, or begins one that was armed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crisiscli.cli.outside import Outside
from crisiscli.cli.walking import Asked, facts_told, first_screen, open_new, parse_facts, since_when, walk

if TYPE_CHECKING:
    from crisiscli.journal import Journal


def start(
    outside: Outside,
    runbook: Annotated[
        str | None,
        typer.Argument(help="Runbook id, a YAML file, or the code name of what is armed.", show_default=False),
    ] = None,
    at: Annotated[str | None, typer.Option("--at", help='When it began: "12 min ago", 14:05, an ISO time.')] = None,
    lead: Annotated[str | None, typer.Option("--lead", help="Who leads.")] = None,
    fact: Annotated[list[str] | None, typer.Option("--fact", help="NAME=VALUE, known already.")] = None,
    code_name: Annotated[str | None, typer.Option("--code-name", help="Code name to use.")] = None,
    answers: Annotated[Path | None, typer.Option("--answers", help="Answers file instead of questions.")] = None,
) -> int:
    """Open an incident and walk it. One that was armed for this runbook begins now.

    crisis start
    crisis start erroneous-mass-message --at "12 min ago"
    """
    from crisiscli.cli.runbooks import find_runbook, load_runbook
    from crisiscli.screen import Option
    from crisiscli.walk.arming import armed_text, waiting

    outside.use_answers(answers)
    asked = Asked(at, lead, code_name, tuple(parse_facts(fact or [])))
    armed = waiting(outside.store, lambda: outside.clock)
    found = next((one for one in armed if runbook in (one.code, one.incident.runbook.id)), None)
    if found is not None:
        return _begin(outside, found, asked)
    first = [Option("", one.code, armed_text(one, outside.zone)) for one in armed]
    path = find_runbook(outside, runbook, before=first)
    found = next((one for one in armed if runbook is None and str(path) == one.code), None)
    if found is not None:
        return _begin(outside, found, asked)
    loaded = load_runbook(outside, path)
    assert loaded.runbook is not None  # noqa: S101
    found = next((one for one in armed if one.incident.runbook.id == loaded.runbook.id), None)
    if found is not None:
        return _begin(outside, found, asked)
    t0 = since_when(outside, loaded.runbook.t0, at)
    told = facts_told(outside, loaded.runbook, asked)
    return walk(outside, first_screen(outside, open_new(outside, loaded, t0, asked), loaded, told))


def _begin(outside: Outside, armed: Journal, asked: Asked) -> int:
    from crisiscli.walk.arming import begin

    if asked.code_name is not None and asked.code_name != armed.code:
        outside.terminal.say(f"It was armed as {armed.code} and keeps that name.")
    t0 = since_when(outside, armed.incident.runbook.t0, asked.at)
    told = facts_told(outside, armed.incident.runbook, asked)
    journal = outside.opened(armed.store, armed.code)
    begin(journal, t0, asked.lead or outside.operator())
    return walk(outside, first_screen(outside, journal, None, told))
