"""The report as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crisiscli.linter.report import LintReport
from crisiscli.problem import Fix, Problem, Span

SCHEMA_VERSION = 1


def json(report: LintReport) -> Iterator[str]:
    """One JSON document, `schema_version` 1: lines and columns count from 1, ends are exclusive.

    An edit of a fix replaces the code points from `start` to `end` (from 0, exclusive) of the file's text, without
    its byte order mark.
    """
    from json import dumps

    yield dumps(data(report), ensure_ascii=False, indent=2)


def data(report: LintReport) -> dict[str, Any]:
    """What that document holds."""
    return {
        "schema_version": SCHEMA_VERSION,
        "problems": [_data(problem) for problem in report.problems],
        "ignored": [{**_data(held.problem), "reason": held.reason} for held in report.held],
        "summary": {
            "files": len(report.files),
            **{f"{level}s": count for level, count in report.counted.items()},
            "fixable": report.fixable,
            "ignored": len(report.held),
            "baseline": len(report.known),
            "stale_in_baseline": report.stale,
            "under_a_stricter_profile": report.later,
            "failed": report.failed or report.unreadable,
        },
    }


def _data(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.path,
        **_place(problem.span),
        "rule": problem.rule,
        "code": problem.code,
        "level": problem.level,
        "what": problem.what,
        "effect": problem.effect,
        "cure": problem.cure,
        "here": problem.here,
        "others": [{**_place(label.span), "text": label.text} for label in problem.others],
        "fix": _fix(problem.fix),
        "page": f"crisis lint --explain {problem.code}",
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits]
    return {"what": fix.what, "safe": fix.safe, "edits": edits}


def _place(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}
