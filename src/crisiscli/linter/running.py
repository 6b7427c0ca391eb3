"""Runs the rules over files: what is read, in which order, and what holds a Problem back."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crisiscli.errors import FilesUnusable
from crisiscli.linter.packing import Checked
from crisiscli.linter.report import LintReport
from crisiscli.problem import Problem
from crisiscli.source import read_bytes

if TYPE_CHECKING:
    from crisiscli.linter.cache import Cache
    from crisiscli.linter.suppressing import Sifted
    from crisiscli.loader import Loaded
    from crisiscli.rules import Around, Rule

STDIN = "-"
_HELD = 64 * 1024 * 1024
"""Bytes of files that are kept at hand between looking into the cache and linting; what is more is read again."""


def run(
    paths: Sequence[Path],
    around: Around | Callable[[], Around] | None = None,
    *,
    texts: dict[str, bytes] | None = None,
    cache: Cache | None = None,
    jobs: int | None = 1,
) -> LintReport:
    """Lints files, and the runbooks in folders. A file that cannot be read is a Problem, never an error raised.

    `texts` are the bytes of files that are named but lie elsewhere, as standard input. `around` is only asked for
    when a file is not in the cache. `jobs` is the number of processes; None means as many as pay.
    """
    given = texts or {}
    files = [str(path) for path in dict.fromkeys(_expanded(paths))]
    checked = _checked(files, given, around, cache, jobs)
    problems = sorted((problem for one in checked for problem in one.problems), key=Problem.order)
    shown = {path: raw.decode("utf-8-sig", "replace") for path, raw in given.items()}
    held = tuple(one for file in checked for one in file.held)
    return LintReport(problems, files, shown, any(one.unreadable for one in checked), held)


def lint(paths: Sequence[Path], around: Around | None = None) -> list[Problem]:
    """The problems of files and folders, worst first."""
    return run(paths, around).problems


def lint_one(loaded: Loaded, around: Around | None = None) -> list[Problem]:
    """The problems of one runbook that was read, worst first."""
    from crisiscli.rules import Around

    return sifted(loaded, around or Around()).told


def sifted(loaded: Loaded, around: Around) -> Sifted:
    """What is told of one runbook, and what its ignore comments hold back.

    Where reading stopped early, only that is told: half a file would seem full of undefined names.
    """
    from crisiscli.linter.suppressing import Sifted, sift
    from crisiscli.loader.loading import understood
    from crisiscli.rules import Book, rules
    from crisiscli.rules.meant import as_meant

    loaded = understood(loaded) if loaded.misspelt or loaded.misworded else loaded
    if loaded.runbook is None or not loaded.document.whole:
        return Sifted(sorted(loaded.problems, key=Problem.order))
    book = Book(loaded.runbook, loaded, around)
    asked = rules() if loaded.problems else _looking()
    told = [problem for rule in asked if rule.SPELLS for problem in rule.check(book)]
    meant = as_meant(book, [one for rule in asked if rule.SPELLS for one in rule.misspelt(book)]) if told else book
    return sift(book, told + [problem for rule in asked if not rule.SPELLS for problem in rule.check(meant)])


@functools.cache
def _looking() -> tuple[Rule, ...]:
    """The rules that look for something themselves: the others only tell what loading found."""
    from crisiscli.rules import rules
    from crisiscli.rules.found import Found

    return tuple(rule for rule in rules() if type(rule).check is not Found.check)


def check(raw: bytes, path: str, around: Around) -> Checked:
    """What the rules find in one file's bytes. Never raises."""
    from crisiscli.loader import load_text

    loaded = load_text(raw, path)
    unreadable = not loaded.document.whole or not isinstance(loaded.document.value, dict)
    told, held = sifted(loaded, around)
    return Checked(tuple(told), unreadable, held)


def _checked(
    files: Sequence[str],
    given: dict[str, bytes],
    around: Around | Callable[[], Around] | None,
    cache: Cache | None,
    jobs: int | None,
) -> list[Checked]:
    found: dict[str, Checked] = {}
    raws = dict(given)
    left = _HELD
    for path in files if cache is not None else ():
        raw = given[path] if path in given else _read(path)
        known = cache.found(path, raw) if cache is not None and isinstance(raw, bytes) else None
        if known is not None:
            found[path] = known
        elif isinstance(raw, bytes) and len(raw) <= left:
            left -= len(raw)
            raws[path] = raw
    fresh = [path for path in files if path not in found]
    if fresh:
        found |= _fresh(fresh, raws, around, jobs)
        for path in fresh if cache is not None else ():
            if cache is not None and path in raws:
                cache.keep(path, raws[path], found[path])
    if cache is not None:
        cache.save()
    return [found[path] for path in files]


def _fresh(
    files: Sequence[str], raws: dict[str, bytes], around: Around | Callable[[], Around] | None, jobs: int | None
) -> dict[str, Checked]:
    from crisiscli.linter.parallel import looked_at, processes
    from crisiscli.rules import Around, rules

    known = around() if callable(around) else around or Around()
    rules()

    def look(path: str) -> Checked:
        raw = raws[path] if path in raws else _read(path)
        return raw if isinstance(raw, Checked) else check(raw, path, known)

    return looked_at(files, look, processes(len(files), jobs))


def _read(path: str) -> bytes | Checked:
    """The bytes of a file, or the Problem that it has none."""
    try:
        return read_bytes(Path(path))
    except FilesUnusable as error:
        from crisiscli.linter.gathering import unusable

        return Checked((unusable(path, error),), unreadable=True)


def _expanded(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            from crisiscli.loader.shipped import yaml_files

            yield from yaml_files(path)
        else:
            yield path
