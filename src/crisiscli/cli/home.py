"""Bare `crisis`: the open incident and the one command to type, or what can be started."""

from __future__ import annotations

from typing import Annotated

import typer

from crisiscli.cli.outside import Flags, Outside


def _version(wanted: bool) -> None:
    if wanted:
        from crisiscli import __version__

        typer.echo(f"crisis {__version__}")
        raise typer.Exit


def home(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")] = False,
) -> None:
    """Walks a communications lead through a crisis: a runbook, a clock, approved words, and a record."""
    if context.invoked_subcommand is not None:
        return
    outside = Outside(Flags())
    outside.print(_open_lines(outside) or _idle_lines(outside))


def _open_lines(outside: Outside) -> list[str]:
    from crisiscli.errors import NotFound
    from crisiscli.journal import Journal
    from crisiscli.walk.heading import bar

    try:
        store = outside.reading
    except NotFound:
        return []
    lines: list[str] = []
    for heading in store.headings():
        if heading.ended:
            continue
        journal = Journal(store, heading.code, outside.clock, "")
        lines += [
            f"  {bar(journal).removesuffix(' | ? help')}",
            f"  {heading.title}, lead {journal.name(journal.incident.lead)}",
        ]
        lines += [f"  Go on:  crisis resume {heading.code}     See all:  crisis status {heading.code}", ""]
    return ["An incident is open.", "", *lines] if lines else []


def _idle_lines(outside: Outside) -> list[str]:
    from crisiscli.loader.shipped import find_runbooks

    found = find_runbooks(outside.runbook_folders())
    lines = ["No incident is open.", "", "  Start one:  crisis start", "  Look first: crisis preview RUNBOOK", ""]
    lines += ["Runbooks:", *(f"  {name}" for name in found)]
    problems = [f"  {p.path}:{p.span.line}:{p.span.column}  {p.what}" for p in outside.config.problems[:5]]
    if problems:
        lines += ["", "crisis.yaml has mistakes; what it says wrongly does not hold:", *problems]
    bound = [channel for channel, binding in outside.config.channels.items() if binding.provider not in ("", "manual")]
    if bound:
        lines += ["", f"Channels with a provider: {', '.join(bound)}. The others are handed over by hand."]
    else:
        lines += ["", "No channel is bound to a provider: every text is handed to a person to paste. That works today."]
    return lines
