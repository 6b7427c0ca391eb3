"""The report as GitLab's Code Quality document."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.linter.places import fingerprints, told_from, top
from crisiscli.linter.report import LintReport
from crisiscli.problem import Level

SEVERITY: dict[Level, str] = {"error": "critical", "warning": "minor", "note": "info"}


def gitlab(report: LintReport) -> Iterator[str]:
    """One JSON list; the fingerprints stay when lines move, so that a merge request shows only what is new."""
    from json import dumps

    folder = top()
    marks = fingerprints(report, report.problems, folder)
    found = [
        {
            "description": problem.what,
            "check_name": f"{problem.code} {problem.rule}",
            "fingerprint": mark,
            "severity": SEVERITY[problem.level],
            "location": {
                "path": told_from(problem.path, folder),
                "lines": {"begin": problem.span.line, "end": max(problem.span.line, problem.span.end_line)},
            },
        }
        for problem, mark in zip(report.problems, marks, strict=True)
    ]
    yield dumps(found, ensure_ascii=False, indent=2)
