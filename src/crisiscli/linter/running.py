"""Runs the rules over files: what is read, in which order, and what holds a Problem back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from crisiscli.errors import FilesUnusable
from crisiscli.linter.report import LintReport
from crisiscli.loader import Loaded, load_text
from crisiscli.loader.shipped import yaml_files
from crisiscli.problem import Problem, Span
from crisiscli.rules import Around, Book, rules
from crisiscli.source import read_bytes

UNREADABLE_FILE = ("unreadable-file", "Y100")
STDIN = "-"


class Checked(NamedTuple):
    """What came of one file: plain data, so that it can be kept or sent to another process."""

    problems: tuple[Problem, ...]
    unreadable: bool = False
    ignored: int = 0


def run(paths: Sequence[Path], around: Around | None = None, *, texts: dict[str, bytes] | None = None) -> LintReport:
    """Lints files, and the runbooks in folders. A file that cannot be read is a Problem, never an error raised.

    `texts` are the bytes of files that are named but lie elsewhere, as standard input.
    """
    known = around or Around()
    given = texts or {}
    files = [str(path) for path in dict.fromkeys(_expanded(paths))]
    checked = [_checked_file(path, given.get(path), known) for path in files]
    problems = sorted((problem for one in checked for problem in one.problems), key=Problem.order)
    shown = {path: raw.decode("utf-8-sig", "replace") for path, raw in given.items()}
    return LintReport(
        problems, files, shown, any(one.unreadable for one in checked), sum(one.ignored for one in checked)
    )


def lint(paths: Sequence[Path], around: Around | None = None) -> list[Problem]:
    """The problems of files and folders, worst first."""
    return run(paths, around).problems


def lint_one(loaded: Loaded, around: Around | None = None) -> list[Problem]:
    """The problems of one runbook that was read, worst first.

    Where reading stopped early, only that is told: half a file would seem full of undefined names.
    """
    if loaded.runbook is None or not loaded.document.whole:
        return sorted(loaded.problems, key=Problem.order)
    book = Book(loaded.runbook, loaded, around or Around())
    return sorted((problem for rule in rules() for problem in rule.check(book)), key=Problem.order)


def _checked_file(path: str, raw: bytes | None, around: Around) -> Checked:
    try:
        return check(read_bytes(Path(path)) if raw is None else raw, path, around)
    except FilesUnusable as error:
        return Checked((_unusable(path, error),), unreadable=True)


def check(raw: bytes, path: str, around: Around) -> Checked:
    """What the rules find in one file's bytes. Never raises."""
    loaded = load_text(raw, path)
    unreadable = not loaded.document.whole or not isinstance(loaded.document.value, dict)
    return Checked(tuple(lint_one(loaded, around)), unreadable)


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
