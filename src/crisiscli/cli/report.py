"""`crisis report`: writes the after-action report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from crisiscli.cli.flags import Incident
from crisiscli.cli.outside import Outside


def report(
    outside: Outside,
    incident: Incident = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write; - prints it.")] = None,
) -> int:
    """Write the report: timeline, exact texts, approvals and how they were given, targets against actuals.

    crisis report
    crisis report amber-heron -o report.md
    """
    from crisiscli.errors import FilesUnusable
    from crisiscli.reports import REPORTS

    journal = outside.journal(incident, writing=False, latest=True)
    kinds = ("score", "timeline") if journal.incident.mode == "DRILL" else ("timeline",)
    text = "\n".join(REPORTS[kind](journal, outside.pinned_zone(journal)) for kind in kinds)
    if output is not None and str(output) == "-":
        sys.stdout.write(text)
        return 0
    path = output or Path(f"{journal.code}-report.md")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FilesUnusable(
            f"The report cannot be written: {error.strerror}.", where=str(path), public="", then="crisis report -o -"
        ) from None
    outside.print([f"Wrote {path}"])
    return 0
