"""`crisis drill`: the same walk with nobody to send to, on a faster clock, scored at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crisiscli.cli.flags import Json
from crisiscli.cli.outside import Outside
from crisiscli.cli.walking import Asked, facts_told, first_screen, open_new, parse_facts, since_when, walk


def drill(
    outside: Outside,
    runbook: Annotated[str | None, typer.Argument(help="Runbook id, or a YAML file.", show_default=False)] = None,
    speed: Annotated[str, typer.Option("--speed", help="How many times faster the clock runs.")] = "5",
    no_injects: Annotated[bool, typer.Option("--no-injects", help="No bad news arrives.")] = False,
    at: Annotated[str | None, typer.Option("--at", help='When it began: "12 min ago", 14:05; default now.')] = None,
    lead: Annotated[str | None, typer.Option("--lead", help="Who leads.")] = None,
    fact: Annotated[list[str] | None, typer.Option("--fact", help="NAME=VALUE, known already.")] = None,
    code_name: Annotated[str | None, typer.Option("--code-name", help="Code name to use.")] = None,
    answers: Annotated[Path | None, typer.Option("--answers", help="Answers file instead of questions.")] = None,
    last: Annotated[bool, typer.Option("--last", help="Show the score of the last drill instead.")] = False,
    as_json: Json = False,
) -> int:
    """Practise: the same walk, and nothing can be sent.

    crisis drill
    crisis drill erroneous-mass-message --speed 10
    crisis drill --last
    """
    from crisiscli.cli.runbooks import find_runbook, load_runbook
    from crisiscli.errors import UsageError
    from crisiscli.walk.drilling import read_speed

    if last:
        return _last(outside, runbook, as_json)
    if as_json:
        raise UsageError("A drill is walked; only its score is data.", then="crisis drill --last --json")
    outside.use_answers(answers)
    asked = Asked(
        at, lead, code_name, tuple(parse_facts(fact or [])), "DRILL", read_speed(speed), injects=not no_injects
    )
    outside.drills  # noqa: B018 - a disk that cannot be written is said before the first question
    loaded = load_runbook(outside, find_runbook(outside, runbook, "drill"))
    assert loaded.runbook is not None  # noqa: S101
    t0 = since_when(outside, loaded.runbook.t0, at, "drill")
    told = facts_told(outside, loaded.runbook, asked)
    return walk(outside, first_screen(outside, open_new(outside, loaded, t0, asked), loaded, told))


def _last(outside: Outside, runbook: str | None, as_json: bool) -> int:
    """The score of the last ended drill, of one runbook or of any."""
    from crisiscli.errors import NotFound
    from crisiscli.reports.score import data, lines

    drills = [store for store in outside.files(writing=False) for h in store.headings()[:1] if h.mode == "DRILL"]
    ended = [heading.code for store in drills for heading in store.headings() if heading.ended]
    for code in ended:
        journal = outside.opened(drills[0], code, writing=False)
        if runbook is None or runbook in (journal.incident.runbook.id, code):
            if as_json:
                outside.print_json(data(journal))
            else:
                outside.print(lines(journal, outside.pinned_zone(journal)))
            return 0
    raise NotFound("No drill has ended yet" + (f" for {runbook}." if runbook else "."), public="", then="crisis drill")
