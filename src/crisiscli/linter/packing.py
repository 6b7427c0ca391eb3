"""What came of one file as plain data, so that it can be kept in a file or handed from one process to another."""

from __future__ import annotations

from typing import Any, NamedTuple

from crisiscli.linter.report import Held
from crisiscli.problem import PROFILES, Edit, Fix, Label, Problem, Span


class Checked(NamedTuple):
    """What came of one file."""

    problems: tuple[Problem, ...] = ()
    unreadable: bool = False
    held: tuple[Held, ...] = ()


def packed(checked: Checked) -> list[Any]:
    """Lists, words and numbers that JSON carries; an empty list when nothing was found."""
    if not any(checked):
        return []
    held = [[_problem(one.problem), one.reason] for one in checked.held]
    return [[_problem(problem) for problem in checked.problems], checked.unreadable, held]


def unpacked(data: list[Any]) -> Checked:
    """What was packed. Raises LookupError, TypeError, ValueError or AttributeError for other data."""
    if not data:
        return Checked()
    problems, unreadable, held = data
    return Checked(
        tuple(map(_problem_of, problems)),
        bool(unreadable),
        tuple(Held(_problem_of(one), str(why)) for one, why in held),
    )


def _problem(one: Problem) -> list[Any]:
    words = [one.path, one.rule, one.code, one.level, one.what, one.effect, one.cure, one.here, one.since]
    others = [[*_span(label.span), label.text] for label in one.others]
    fix = one.fix
    mending = fix and [fix.what, fix.safe, [[edit.start, edit.end, edit.text] for edit in fix.edits]]
    return [*words, _span(one.span), others, mending]


def _problem_of(data: list[Any]) -> Problem:
    path, rule, code, level, what, effect, cure, here, since, span, others, mending = data
    if level not in ("error", "warning", "note") or since not in PROFILES:
        raise ValueError(level)
    labels = tuple(Label(Span(*place), text) for *place, text in others)
    fix = Fix(mending[0], tuple(Edit(*edit) for edit in mending[2]), bool(mending[1])) if mending else None
    return Problem(path, Span(*span), rule, code, level, what, effect, cure, here, labels, fix, since)


def _span(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]
