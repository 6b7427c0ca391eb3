"""The rules of reading: their names, stable codes, and what each would do in a crisis."""

from __future__ import annotations

from crisiscli.problem import Fix, Label, Problem, Span

CODES = {
    "yaml-syntax": "Y101",
    "not-utf8": "Y102",
    "duplicate-key": "Y103",
    "yaml-feature": "Y104",
    "hidden-character": "Y105",
    "file-limit": "Y106",
    "not-a-mapping": "Y107",
}
EFFECTS = {
    "yaml-syntax": "What stands here is lost: its steps and words would not be there in a crisis.",
    "not-utf8": "Letters would come out wrong in every public text.",
    "duplicate-key": "Only the first of the two would count.",
    "yaml-feature": "The value could differ from what you see here.",
    "hidden-character": "Readers, or the approver, would see something else than what is sent.",
    "file-limit": "The file is not read past this place.",
    "not-a-mapping": "There is nothing to walk in this file.",
}
LIMIT_PROBLEMS = 50
"""After so many findings in one file, more would not help anybody."""


def problem(
    path: str,
    span: Span,
    rule: str,
    what: str,
    cure: str,
    here: str = "",
    others: tuple[Label, ...] = (),
    fix: Fix | None = None,
) -> Problem:
    """A Problem of one of the reading rules; all of them are errors."""
    return Problem(path, span, rule, CODES[rule], "error", what, EFFECTS[rule], cure, here, others, fix)
