"""The report as a person reads it: each problem with its lines of the file, the summary last."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.linter.report import LintReport
from crisiscli.screen import Line
from crisiscli.source import frame


def text(report: LintReport) -> Iterator[Line | str]:
    """Each problem with what it would do in a crisis and the cure; the last line counts them."""
    for problem in report.problems:
        place = f"{problem.path}:{problem.span.line}:{problem.span.column}"
        yield f"{place}: {problem.level}: {problem.what} [{problem.code} {problem.rule}]"
        lines = report.lines(problem.path)
        if any(lines):
            yield from frame(lines, problem.span, problem.here, problem.others)
        if problem.effect:
            yield f"  in a crisis: {problem.effect}"
        if problem.cure:
            yield f"  cure: {problem.cure}"
        yield ""
    yield _summary(report)


def _summary(report: LintReport) -> str:
    files = len(report.files)
    read = f"{files} file{'' if files == 1 else 's'}"
    parts = [f"{count} {level}{'' if count == 1 else 's'}" for level, count in report.counted.items() if count]
    return f"{read}: {', '.join(parts) if parts else 'nothing found'}."
