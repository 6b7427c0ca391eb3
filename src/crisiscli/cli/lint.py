"""`crisis lint`: checks runbooks before a crisis does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crisiscli.cli.outside import Outside


def lint(
    outside: Outside,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders, - for standard input; default: your runbooks.", readable=False),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely, then check.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="With --fix: show what would change, write nothing.")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="What a code means, with an example.")
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help="Every code, with its first sentence.")] = False,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME", help="draft: while it is written; ready; strict: everything."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="--profile strict, and warnings count.")] = False,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", metavar="LEVEL", help="Exit 1 from: error (default), warning, note; or never."),
    ] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="NAME", help="text, json, github, sarif, junit or gitlab.")
    ] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write the report into this file.")
    ] = None,
    today: Annotated[
        str | None, typer.Option("--today", metavar="DAY", help="2026-11-22, or commit: the day of the last one.")
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", metavar="REV", help="Compare with this git revision, as origin/main.")
    ] = None,
    no_ignores: Annotated[bool, typer.Option("--no-ignores", help="Count no `# crisis: ignore` comment.")] = False,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Findings known already; default: lint-baseline.json."),
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Keep all findings of today as known.")
    ] = False,
    stdin_filename: Annotated[
        Path | None, typer.Option("--stdin-filename", metavar="FILE", help="The file that standard input stands for.")
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Look at every file, changed or not.")] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", min=1, help="Processes; default: as many as pay.")
    ] = None,
) -> int:
    """Check runbooks: what would fail at 3 a.m. Exit 1 with findings, 3 for a file that cannot be read.

    crisis lint
    crisis lint runbooks/outage.yaml --fix --diff
    crisis lint --explain too-long
    crisis lint --strict --base origin/main --today commit --format sarif --output lint.sarif
    """
    from crisiscli.cli import lint_printing, linting
    from crisiscli.cli.linting import Asked

    if explain is not None or show_list:
        return lint_printing.explain(outside, explain)
    seen = linting.profile_of(profile, strict=strict, config=outside.config)
    level = linting.fails_on(fail_on, seen, strict=strict or profile == "strict", config=outside.config)
    asked = Asked(
        paths=tuple(paths or ()),
        profile=seen,
        fail_on=level,
        today=today,
        base=base,
        no_ignores=no_ignores,
        baseline=baseline,
        write_baseline=write_baseline,
        stdin_filename=stdin_filename,
        no_cache=no_cache,
        jobs=jobs,
    )
    linting.check_format(format)
    linting.check_together(asked, fix=fix, diff=diff)
    job = linting.Job(outside, asked)
    changed = lint_printing.mend(job, show_only=diff) if fix else 0
    if diff:
        return 1 if changed else 0
    report = job.report()
    if write_baseline:
        return lint_printing.write_known(job, report)
    lint_printing.show(outside, report, format, output, aside=fix and bool(job.texts))
    return lint_printing.exit_code(report)
