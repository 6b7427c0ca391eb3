"""Bare `crisis`: the open incident and the one command to type, or what can be started."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from crisiscli.cli.outside import Flags, Outside
from crisiscli.screen import Line

if TYPE_CHECKING:
    from crisiscli.journal import Journal


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


def _open_lines(outside: Outside) -> list[Line | str]:
    """What is open in the LIVE record, the most urgent first; a drill is one line at the end."""
    from crisiscli.errors import NotFound

    try:
        files = outside.files(writing=False)
    except NotFound:
        return []
    opened = [
        outside.opened(store, heading.code, writing=False)
        for store in files
        for heading in store.headings()
        if not heading.ended and heading.mode == "LIVE"
    ]
    running = [journal for journal in opened if not journal.incident.armed]
    lines: list[Line | str] = [line for journal in running for line in _running(journal, outside)]
    armed = [line for journal in opened if journal.incident.armed for line in _armed(journal, outside)]
    if running:
        lines = ["An incident is open." if len(running) == 1 else "Incidents are open.", "", *lines]
    drills = [h.code for store in files for h in store.headings() if h.mode == "DRILL" and not h.ended]
    rest: list[Line | str] = [f"A drill rests: crisis resume {code}" for code in drills]
    if not running and (armed or rest):
        return [*armed, *rest, "", *_idle_lines(outside)]
    return [*lines, *armed, *rest]


def _running(journal: Journal, outside: Outside) -> list[Line | str]:
    from crisiscli.incident.agenda import agenda, current
    from crisiscli.walk.bar import bar
    from crisiscli.walk.going_on import follow_up, to_come

    code, zone = journal.code, outside.pinned_zone(journal)
    lines: list[Line | str] = [
        f"  {bar(journal, keys=False)}",
        f"  {journal.incident.runbook.title}, lead {journal.name(journal.incident.lead)}",
    ]
    now = journal.now()
    busy = current(agenda(journal.incident), now)
    coming = [item for item in to_come(journal) if not busy or (item.starts and item.starts <= now)]
    for item in coming[:3]:
        line = follow_up(item, now, zone)
        lines.append(Line(f"  {line.text}", line.style))
    return [*lines, "", f"  Go on:    crisis resume {code}", f"  See all:  crisis status {code}", ""]


def _armed(journal: Journal, outside: Outside) -> list[Line | str]:
    from crisiscli.walk.arming import armed_lines

    return [*armed_lines(journal, outside.pinned_zone(journal)), ""]


def _idle_lines(outside: Outside) -> list[Line | str]:
    from crisiscli.cli.runbooks import in_order
    from crisiscli.loader.shipped import find_runbooks, first_words

    found = in_order(find_runbooks(outside.runbook_folders()))
    wide = max((len(name) for name in found), default=0)
    lines: list[Line | str] = ["No incident is open.", ""]
    lines += ["  Start one:  crisis start", "  Practise:   crisis drill", "  Look first: crisis preview RUNBOOK", ""]
    lines += ["Runbooks:", *(f"  {n:<{wide}}  {first_words(p, ('title',)).get('title', '')}" for n, p in found.items())]
    problems = [f"  {p.path}:{p.span.line}:{p.span.column}  {p.what}" for p in outside.config.problems[:5]]
    if problems:
        lines += ["", "crisis.yaml has mistakes; what it says wrongly does not hold:", *problems]
    bound = [channel for channel, binding in outside.config.channels.items() if binding.provider not in ("", "manual")]
    if bound:
        lines += ["", f"Channels with a provider: {', '.join(bound)}. The others are handed over by hand."]
    else:
        lines += ["", "No channel is bound to a provider: every text is handed to a person to paste. That works today."]
    return lines
