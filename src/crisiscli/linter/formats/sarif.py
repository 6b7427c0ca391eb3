"""The report as SARIF 2.1.0, as code scanning services read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from crisiscli import __version__
from crisiscli.linter.explaining import Page, page_of
from crisiscli.linter.places import fingerprints, place_of, told_from, top
from crisiscli.linter.report import LintReport
from crisiscli.problem import Fix, Problem, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(report: LintReport) -> Iterator[str]:
    """One run. What a comment holds back is in it as suppressed; a fix as the replacement it would make.

    Paths are relative to the top of the repository, columns count code points, and the fingerprints stay when
    lines move.
    """
    from json import dumps

    yield dumps(data(report), ensure_ascii=False, indent=2)


def data(report: LintReport) -> dict[str, Any]:
    """What that document holds."""
    folder = top()
    problems = [*report.problems, *(held.problem for held in report.held)]
    reasons = [None] * len(report.problems) + [held.reason for held in report.held]
    codes = sorted({problem.code for problem in problems})
    marks = fingerprints(report, problems, folder)
    results = [
        _result(report, problem, codes, folder, mark, reason)
        for problem, mark, reason in zip(problems, marks, reasons, strict=True)
    ]
    driver = {
        "name": "crisis lint",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(page_of(code), code, problems) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(page: Page | None, code: str, problems: Sequence[Problem]) -> dict[str, Any]:
    first = next(problem for problem in problems if problem.code == code)
    told = page.markdown if page else first.what
    return {
        "id": code,
        "name": first.rule,
        "shortDescription": {"text": page.summary if page else first.what},
        "fullDescription": {"text": " ".join(filter(None, (page.summary if page else first.what, first.effect)))},
        "help": {"text": told, "markdown": told},
        "defaultConfiguration": {"level": first.level},
        "properties": {"tags": [page.room] if page else []},
    }


def _result(
    report: LintReport, problem: Problem, codes: Sequence[str], folder: Path, mark: str, reason: str | None
) -> dict[str, Any]:
    words = " ".join(filter(None, (problem.what, problem.effect, problem.cure)))
    found: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.level,
        "message": {"text": words},
        "locations": [{"physicalLocation": _location(problem.path, problem.span, folder)}],
        "partialFingerprints": {"crisisLint/v1": mark},
    }
    if problem.others:
        found["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": label.text},
                "physicalLocation": _location(problem.path, label.span, folder),
            }
            for number, label in enumerate(problem.others, start=1)
        ]
    if problem.fix is not None:
        found["fixes"] = [_fix(report.text(problem.path), problem.path, problem.fix, folder)]
    if reason is not None:
        found["suppressions"] = [{"kind": "inSource", "justification": reason}]
    return found


def _fix(text: str, path: str, fix: Fix, folder: Path) -> dict[str, Any]:
    replacements = []
    for edit in fix.edits:
        region = Span(*place_of(text, edit.start), *place_of(text, edit.end))
        replacements.append({"deletedRegion": _region(region), "insertedContent": {"text": edit.text}})
    change = {"artifactLocation": _artifact(path, folder), "replacements": replacements}
    return {"description": {"text": fix.what}, "artifactChanges": [change]}


def _location(path: str, span: Span, folder: Path) -> dict[str, Any]:
    return {"artifactLocation": _artifact(path, folder), "region": _region(span)}


def _artifact(path: str, folder: Path) -> dict[str, str]:
    told = told_from(path, folder)
    if Path(told).is_absolute():
        return {"uri": Path(told).as_uri()}
    return {"uri": quote(told, safe="/", errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, int]:
    end = max((span.end_line, span.end_column), (span.line, span.column))
    return {"startLine": span.line, "startColumn": span.column, "endLine": end[0], "endColumn": end[1]}
