"""`crisis lint`: checks runbooks before a crisis does."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crisiscli.cli.outside import Outside
from crisiscli.errors import FilesUnusable, NotFound

if TYPE_CHECKING:
    from crisiscli.rules import Around


def lint(
    outside: Outside,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; default: every runbook found.")] = None,
    format: Annotated[str, typer.Option("--format", help="How to print.")] = "text",  # noqa: A002
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as findings too.")] = False,
) -> int:
    """Check runbooks: what would fail at 3 a.m. Exit 1 with findings, 3 for a file that cannot be read.

    crisis lint
    crisis lint runbooks/outage.yaml --format json
    """
    from crisiscli.linter import run
    from crisiscli.linter.formats import printer

    chosen = paths or _found(outside)
    missing = [path for path in chosen if not path.exists()]
    if missing:
        raise FilesUnusable(
            "There is no such file or folder.", where=str(missing[0]), public="", then="crisis lint PATH"
        )
    report = run(chosen, _around(outside))
    outside.print(printer(format)(report))
    if report.unreadable:
        return 3
    levels = ("error", "warning") if strict else ("error",)
    return 1 if any(problem.level in levels for problem in report.problems) else 0


def _around(outside: Outside) -> Around:
    from crisiscli.loader import layouts
    from crisiscli.loader.phrasing import phrases
    from crisiscli.rules import Around

    config = outside.config
    own = [config.path.parent / "phrases"] if config.path else []
    return Around(
        layouts=layouts(outside.template_folders()),
        config=config if config.path else None,
        today=outside.clock.now().astimezone(outside.zone).date(),
        phrases=phrases(own),
    )


def _found(outside: Outside) -> list[Path]:
    from crisiscli.loader.shipped import find_runbooks

    found = list(find_runbooks(outside.runbook_folders()).values())
    if not found:
        raise NotFound("There is no runbook here.", public="", then="crisis lint PATH")
    sys.stderr.write(f"Checking {len(found)} runbooks.\n")
    return found
