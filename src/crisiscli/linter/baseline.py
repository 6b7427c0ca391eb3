"""The baseline: what was found on the day lint was introduced, held back until somebody mends it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crisiscli.errors import FilesUnusable
from crisiscli.linter.places import fingerprints, told_from
from crisiscli.linter.report import LintReport
from crisiscli.problem import Problem

FILE = "lint-baseline.json"
SCHEMA_VERSION = 1
ALWAYS_TOLD = ("Y", "C1")
"""Codes that begin so keep a file from being read: nothing holds them back."""


@dataclass(frozen=True)
class Baseline:
    """What one file holds: the path of each finding, by its fingerprint."""

    path: Path
    found: dict[str, str]


def read_baseline(path: Path) -> Baseline:
    """Raises FilesUnusable for a file that is not there, or that `--write-baseline` did not write."""
    try:
        value = json.loads(path.read_bytes())
        version, findings = value["schema_version"], value["findings"]
        found = {str(one["fingerprint"]): str(one["path"]) for one in findings}
    except OSError as error:
        what = f"The baseline cannot be read: {error.strerror}."
        raise FilesUnusable(what, where=str(path), public="", then="crisis lint --write-baseline") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        version, found = 0, {}
    if version != SCHEMA_VERSION:
        what, then = "This is no baseline of `crisis lint`.", "crisis lint --write-baseline"
        raise FilesUnusable(what, where=str(path), public="", then=then)
    return Baseline(path, found)


def hold_back(report: LintReport, baseline: Baseline) -> LintReport:
    """The report without what the baseline has. Entries for files that were looked at, or are gone, may be stale."""
    folder = baseline.path.parent.absolute()
    marks = list(fingerprints(report, report.problems, folder))
    ignored = set(fingerprints(report, [one.problem for one in report.held], folder))
    new: list[Problem] = []
    known: list[Problem] = []
    for problem, mark in zip(report.problems, marks, strict=True):
        (known if mark in baseline.found else new).append(problem)
    looked_at = {told_from(path, folder) for path in report.files}
    left = {mark: path for mark, path in baseline.found.items() if mark not in marks and mark not in ignored}
    stale = sum(path in looked_at or not (folder / path).exists() for path in left.values())
    return replace(report, problems=new, known=tuple(known), stale=stale, baseline=str(baseline.path))


def written(report: LintReport, path: Path) -> tuple[str, int]:
    """The text of a baseline with everything the report has, but for what keeps a file from being read; how much."""
    folder = path.parent.absolute()
    kept = [problem for problem in report.problems if not problem.code.startswith(ALWAYS_TOLD)]
    marks = fingerprints(report, kept, folder)
    findings = [_entry(problem, mark, folder) for problem, mark in zip(kept, marks, strict=True)]
    return json.dumps({"schema_version": SCHEMA_VERSION, "findings": _in_order(findings)}, indent=2) + "\n", len(kept)


def _entry(problem: Problem, mark: str, folder: Path) -> dict[str, Any]:
    path = told_from(problem.path, folder)
    return {"path": path, "code": problem.code, "rule": problem.rule, "what": problem.what, "fingerprint": mark}


def _in_order(findings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """By file and code: the same findings give the same file."""
    return sorted(findings, key=lambda one: (one["path"], one["code"], one["what"], one["fingerprint"]))
