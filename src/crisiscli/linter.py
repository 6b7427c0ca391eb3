"""Lint: every rule over every runbook, and what it found as text or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crisiscli.errors import FilesUnusable
from crisiscli.loader import Loaded, layouts, load
from crisiscli.loader.shipped import yaml_files
from crisiscli.problem import Problem, Span
from crisiscli.rules import RULES, Book
from crisiscli.source import Document, frame

SCHEMA_VERSION = 1
UNREADABLE_FILE = ("unreadable-file", "Y100")


@dataclass(frozen=True)
class LintReport:
    """What lint found. `unreadable` is True when a file could not be read to its end as a runbook (exit code 3)."""

    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    unreadable: bool = False

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.level == "error" for problem in self.problems)


def run(paths: Sequence[Path], *, templates: Sequence[Path] = ()) -> LintReport:
    """Lints files, and the runbooks in folders. A file that cannot be read is a Problem, never an error raised.

    `templates` are the folders of the layouts that texts may name, the nearest first; without them nothing is said
    about names of layouts.
    """
    report = LintReport()
    known, unreadable = _layouts(templates, report), False
    for path in dict.fromkeys(_expanded(paths)):
        report.files.append(str(path))
        try:
            loaded = load(path)
        except FilesUnusable as error:
            report.problems.append(_unusable(str(path), error))
            unreadable = True
            continue
        report.documents[str(path)] = loaded.document
        report.problems.extend(lint_one(loaded, layouts=known))
        unreadable = unreadable or not loaded.document.whole or not isinstance(loaded.document.value, dict)
    problems = sorted(report.problems, key=Problem.order)
    return LintReport(problems, report.documents, report.files, unreadable)


def lint(paths: Sequence[Path], *, templates: Sequence[Path] = ()) -> list[Problem]:
    """The problems of files and folders, worst first."""
    return run(paths, templates=templates).problems


def lint_one(loaded: Loaded, *, layouts: Mapping[str, str] | None = None) -> list[Problem]:
    """The problems of one runbook that was read, worst first.

    Where reading stopped early, only that is told: half a file would seem full of undefined names.
    """
    if loaded.runbook is None or not loaded.document.whole:
        return sorted(loaded.problems, key=Problem.order)
    book = Book(loaded.runbook, loaded, layouts)
    return sorted((problem for rule in RULES for problem in rule.check(book)), key=Problem.order)


def as_text(problems: Iterable[Problem], documents: Mapping[str, Document], *, files: int = 0) -> Iterator[str]:
    """The report as a person reads it: each problem with its lines of the file, the summary last."""
    counted = {"error": 0, "warning": 0, "note": 0}
    for problem in problems:
        counted[problem.level] += 1
        place = f"{problem.path}:{problem.span.line}:{problem.span.column}"
        yield f"{place}: {problem.level}: {problem.what} [{problem.code} {problem.rule}]"
        document = documents.get(problem.path)
        if document is not None:
            yield from frame(document, problem.span, problem.here, problem.others)
        if problem.effect:
            yield f"  in a crisis: {problem.effect}"
        if problem.cure:
            yield f"  cure: {problem.cure}"
        yield ""
    yield _summary(counted, files or len(documents))


def as_json(problems: Iterable[Problem], *, files: int = 0) -> dict[str, Any]:
    """The report as data, `schema_version` 1: lines and columns count from 1, ends are exclusive."""
    shown = list(problems)
    counted = {level: sum(problem.level == level for problem in shown) for level in ("error", "warning", "note")}
    return {
        "schema_version": SCHEMA_VERSION,
        "problems": [_data(problem) for problem in shown],
        "summary": {"files": files, **{f"{level}s": count for level, count in counted.items()}},
    }


def _layouts(folders: Sequence[Path], report: LintReport) -> Mapping[str, str] | None:
    if not folders:
        return None
    try:
        return layouts(folders)
    except FilesUnusable as error:
        report.problems.append(_unusable(error.where, error))
        return None


def _expanded(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from yaml_files(path)
        else:
            yield path


def _unusable(path: str, error: FilesUnusable) -> Problem:
    rule, code = UNREADABLE_FILE
    what = error.what[:1].upper() + error.what[1:]
    if error.what.startswith(("is ", "cannot ")):
        what = f"The file {error.what}"
    effect = "The runbook would not open in a crisis."
    return Problem(path, Span(1, 1, 1, 2), rule, code, "error", what, effect, error.then.capitalize() + ".")


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
    }


def _place(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}


def _summary(counted: Mapping[str, int], files: int) -> str:
    read = f"{files} file{'' if files == 1 else 's'}"
    parts = [f"{count} {level}{'' if count == 1 else 's'}" for level, count in counted.items() if count]
    return f"{read}: {', '.join(parts) if parts else 'nothing found'}."
