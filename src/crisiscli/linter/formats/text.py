"""The report as a person reads it: each problem with its lines of the file, the summary last."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator

from crisiscli.linter.places import place_of
from crisiscli.linter.report import LintReport
from crisiscli.problem import Fix, Level, Problem
from crisiscli.screen import Line, Style
from crisiscli.source import frame

WIDTH = 80
FRAME = 68
"""Columns of source: with the number, the bar and the dots the row stays within WIDTH."""
SHORT = 60
"""A cure of so many characters is said again rather than looked for above."""
MANY = 5
"""So many problems of one rule in one file are shown in full; further ones by what and where alone."""
HIDDEN = ("open-secret",)
"""Problems whose line is not shown: a report may be read by more people than the file."""
_KEPT = "\0"
STYLES: dict[Level, Style] = {"error": "late", "warning": "warn", "note": "strong"}


def text(report: LintReport) -> Iterator[Line | str]:
    """Each problem: what is wrong, where, what it would do in a crisis, the cure. The last lines count them.

    What is the same for every problem of a rule stands at the first one only.
    """
    cures: dict[str, str] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for problem in report.problems:
        same = (problem.path, problem.code)
        if seen[same] < MANY:
            yield from _problem(report, problem, cures.get(problem.code))
        else:
            yield from _head(problem)
            yield ""
        seen[same] += 1
        cures[problem.code] = problem.cure
    yield from summary(report)


def _head(problem: Problem) -> Iterator[Line | str]:
    for row in wrapped(f"{problem.level}: ", problem.what, indent=2):
        yield Line(row, STYLES[problem.level])
    place = f"{problem.path}:{problem.span.line}:{problem.span.column}"
    yield Line(f"  {place}  {problem.rule} {problem.code}", "dim")


def _problem(report: LintReport, problem: Problem, cure: str | None) -> Iterator[Line | str]:
    """One problem; `cure` is that of the one before it of the same rule, None for the first."""
    first = cure is None
    yield from _head(problem)
    lines = report.lines(problem.path)
    if any(lines) and problem.rule not in HIDDEN:
        for row in frame(lines, problem.span, problem.here, problem.others, FRAME):
            yield "  " + row
    if problem.effect and first:
        yield from wrapped("  In a crisis: ", problem.effect)
    if problem.cure:
        as_before = problem.cure == cure and len(problem.cure) > SHORT
        yield from wrapped("  Cure: ", "as above." if as_before else problem.cure)
    if problem.fix is not None:
        yield from _fix(report, problem.path, problem.fix)
    if first:
        yield Line(f"  More: crisis lint --explain {problem.code}", "dim")
    yield ""


def _fix(report: LintReport, path: str, fix: Fix) -> Iterator[Line | str]:
    """What `--fix` does, or the lines as a suggestion would leave them."""
    if fix.safe:
        yield from wrapped("  --fix: ", fix.what.rstrip("."))
        return
    before = report.text(path)
    from crisiscli.linter.fixing import applied

    yield from wrapped("  Suggestion: ", fix.what.rstrip("."))
    first, last = (place_of(before, at)[0] for at in (fix.edits[0].start, fix.edits[-1].end))
    after = applied(before.encode(), [fix]).decode().splitlines()
    grown = len(after) - len(before.splitlines())
    for row in after[first - 1 : last + grown][:5]:
        yield f"    + {row if len(row) <= FRAME else row[:FRAME] + '…'}"


def summary(report: LintReport) -> Iterator[Line | str]:
    """How much was looked at and found, what was held back, and what may be typed next."""
    parts = [amount(count, level) for level, count in report.counted.items() if count]
    style: Style = "late" if report.failed else "good" if not report.problems else "warn"
    yield Line(f"{amount(len(report.files), 'file')}: {', '.join(parts) if parts else 'nothing found'}.", style)
    if report.unreadable:
        yield "What could not be read was not checked: there may be more to find once it is mended."
    if report.fixable:
        whole = len(report.problems) == report.fixable == 1
        yield ("It is" if whole else f"{report.fixable} of them") + " mended by: crisis lint --fix"
    if report.held:
        yield f"{amount(len(report.held), 'finding')} held back by comments (--no-ignores shows them)."
    if report.known:
        yield f"{amount(len(report.known), 'finding')} known from {report.baseline}."
    if report.stale:
        verb = "is" if report.stale == 1 else "are"
        yield f"{amount(report.stale, 'entry', 'entries')} of {report.baseline} {verb} mended; to take them out:"
        yield "  crisis lint --write-baseline"
    if report.later:
        yield f"{amount(report.later, 'more finding')} under a stricter profile: crisis lint --strict"


def amount(count: int, one: str, several: str = "") -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {one if count == 1 else several or one + 's'}"


def wrapped(head: str, words: str, *, indent: int = 4) -> list[str]:
    """Words after a head, in rows of WIDTH; no word and nothing between backticks is cut: it may have to be copied."""
    whole = re.sub(r"`[^`]{1,60}`", lambda found: found[0].replace(" ", _KEPT), " ".join(words.split()))
    rows = textwrap.wrap(
        head + whole,
        WIDTH,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [row.replace(_KEPT, " ") for row in rows] or [head.rstrip()]
