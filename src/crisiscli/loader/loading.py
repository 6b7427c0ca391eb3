"""From a YAML file to a Runbook: everything wrong is found at its line, and what can be walked is walked."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crisiscli import shape
from crisiscli.loader.conditions import check_condition, conditions_of
from crisiscli.loader.details import check_names, check_times, check_words
from crisiscli.loader.findings import Findings, Place
from crisiscli.loader.repair import repaired
from crisiscli.loader.shapes import check_shapes
from crisiscli.loader.texts import check_hashtags, check_leaf, leaves
from crisiscli.problem import Problem
from crisiscli.runbook import Runbook
from crisiscli.source import Document, read, read_file
from crisiscli.source.respelt import respelt

MISSPELT = ("unknown-key", "step-verb", "text-shape", "wrong-value")
"""What tells of a misspelt key or word."""
DEPTH = 4
"""Misspelt keys below one another that are read as they were meant."""


@dataclass(frozen=True)
class Loaded:
    """What came of reading a runbook.

    `plan` is plain JSON data from which `shape.build(Runbook, plan)` gives `runbook` again; in a file with
    mistakes it holds what could be read. `runbook` is None only when there is no step to walk.
    """

    runbook: Runbook | None
    plan: dict[str, Any]
    document: Document
    problems: list[Problem] = field(default_factory=list)
    misspelt: dict[Place, str] = field(default_factory=dict)
    """Keys that are no keys of the format and certainly meant for one; told in `problems`, not heeded in `plan`."""
    misworded: dict[Place, str] = field(default_factory=dict)
    """The same of values that are one of a few words."""

    @property
    def errors(self) -> list[Problem]:
        """The problems that are more than a warning."""
        return [problem for problem in self.problems if problem.level == "error"]


def load(path: Path) -> Loaded:
    """Reads a runbook. Raises FilesUnusable when there is no ordinary file to read."""
    return loaded(read_file(path))


def load_text(raw: bytes, path: str) -> Loaded:
    """Reads a runbook from its bytes. Never raises."""
    return loaded(read(raw, path))


def loaded(document: Document) -> Loaded:
    """The Runbook of a Document, with everything that is wrong with it."""
    found = Findings(document)
    value = document.value
    if not isinstance(value, dict):
        return Loaded(None, {}, document, list(document.problems))
    check_shapes(value, found)
    check_times(value, found)
    check_names(value, found)
    check_words(value, found)
    for place, condition in conditions_of(value):
        check_condition(condition, place, found)
    for place, leaf in leaves(value):
        check_leaf(leaf, place, found)
    check_hashtags(found)
    problems = [*document.problems, *found.problems]
    clean = not problems and "lead" in value["roles"]
    plan = value if clean else repaired(document, Path(document.path).stem)
    runbook = shape.build(Runbook, plan) if plan and any(phase["steps"] for phase in plan["phases"]) else None
    problems.sort(key=Problem.order)
    return Loaded(runbook, plan if plan and runbook else {}, document, problems, found.misspelt, found.misworded)


def understood(first: Loaded) -> Loaded:
    """The same file as it was meant: misspelt keys and words of the format count as the right ones, and each is told
    once, without what follows from it. What stands below such a key is looked at like everything else.
    """
    told: list[Problem] = []
    again = first
    for _ in range(DEPTH):
        if not (again.misspelt or again.misworded) or again.runbook is None:
            break
        spans = {again.document.span(place, key=True) for place in again.misspelt}
        spans |= {again.document.span(place) for place in again.misworded}
        told += [one for one in again.problems if one.span in spans and one.rule in MISSPELT]
        again = loaded(respelt(again.document, again.misspelt, again.misworded))
    return dataclasses.replace(again, problems=sorted({*told, *again.problems}, key=Problem.order))
