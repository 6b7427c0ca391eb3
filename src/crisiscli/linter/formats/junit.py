"""The report as JUnit XML: one test case per file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from crisiscli.linter.formats.text import amount
from crisiscli.linter.places import told_from, top
from crisiscli.linter.report import LintReport
from crisiscli.problem import Problem

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters XML 1.0 cannot hold, not even escaped (section 2.2, Char)."""


def junit(report: LintReport) -> Iterator[str]:
    """A file fails when it holds a problem of the level that makes lint fail; what is milder stands in its output."""
    by_file: dict[str, list[Problem]] = {path: [] for path in report.files}
    for problem in report.problems:
        by_file.setdefault(problem.path, []).append(problem)
    failing = sum(any(map(report.fails, problems)) for problems in by_file.values())
    counts = f'tests="{len(by_file)}" failures="{failing}"'
    folder = top()
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="crisis lint" {counts}>'
    yield f'  <testsuite name="crisis lint" {counts} errors="0" skipped="0">'
    for path, problems in by_file.items():
        yield from _case(report, told_from(path, folder), problems)
    yield "  </testsuite>"
    yield "</testsuites>"


def _case(report: LintReport, path: str, problems: list[Problem]) -> Iterator[str]:
    failures = [problem for problem in problems if report.fails(problem)]
    milder = [problem for problem in problems if not report.fails(problem)]
    yield f'    <testcase classname="crisis lint" name={_attribute(path)} file={_attribute(path)}>'
    if failures:
        worst = failures[0]
        more = f" (and {amount(len(failures) - 1, 'more problem')})" if len(failures) > 1 else ""
        head = f"      <failure type={_attribute(worst.rule)} message={_attribute(worst.what + more)}>"
        yield f"{head}{_told(path, failures)}</failure>"
    if milder:
        yield f"      <system-out>{_told(path, milder)}</system-out>"
    yield "    </testcase>"


def _told(path: str, problems: Iterable[Problem]) -> str:
    rows = []
    for problem in problems:
        place = f"{path}:{problem.span.line}:{problem.span.column}"
        rows.append(f"{place}: {problem.level}: {problem.what} [{problem.code} {problem.rule}]")
        rows += [f"  In a crisis: {problem.effect}"] * bool(problem.effect)
        rows += [f"  Cure: {problem.cure}"] * bool(problem.cure)
    return escape(_clean("\n".join(rows)))


def _attribute(words: str) -> str:
    return quoteattr(_clean(words))


def _clean(words: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", words)
