"""The report as GitHub's workflow commands: annotations beside the lines of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisiscli.linter.formats.text import summary
from crisiscli.linter.places import told_from, top
from crisiscli.linter.report import LintReport
from crisiscli.problem import Level, Problem
from crisiscli.screen import Line

SHOWN = 10
"""GitHub shows so many annotations per step and level, and drops the others without a word."""
COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def github(report: LintReport) -> Iterator[str]:
    """The worst 10 as annotations, the others as plain lines of the log, the summary last.

    Paths are told from the top of the repository. The escapes are those of GitHub's own toolkit
    (actions/toolkit, packages/core/src/command.ts).
    """
    folder = top()
    for number, problem in enumerate(report.problems):
        path = told_from(problem.path, folder)
        yield _command(problem, path) if number < SHOWN else _line(problem, path)
    if len(report.problems) > SHOWN:
        yield f"Shown beside the lines: the worst {SHOWN} of {len(report.problems)}."
    for line in summary(report):
        yield _harmless(line.text if isinstance(line, Line) else line)


def _command(problem: Problem, path: str) -> str:
    span = problem.span
    places = {"file": path, "line": span.line, "endLine": span.end_line, "col": span.column}
    if span.end_line == span.line:
        places["endColumn"] = span.end_column
    places["title"] = f"{problem.code} {problem.rule}"
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
    parts = [problem.what, f"In a crisis: {problem.effect}" * bool(problem.effect), f"Cure: {problem.cure}"]
    words = "\n".join(part for part in (*parts[:2], parts[2] * bool(problem.cure)) if part)
    return f"::{COMMANDS[problem.level]} {properties}::{_message(words)}"


def _line(problem: Problem, path: str) -> str:
    place = f"{path}:{problem.span.line}:{problem.span.column}"
    return _harmless(
        f"{problem.level}: {place}: {problem.what} [{problem.code} {problem.rule}] {problem.cure}".rstrip()
    )


def _harmless(words: str) -> str:
    """Words the runner does not take for a command of its own (`::name::`, `##[name]`)."""
    words = re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", words)
    return re.sub(r"^(\s*)::", r"\1: :", words).replace("##[", "# #[")


def _message(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _message(words).replace(":", "%3A").replace(",", "%2C")
