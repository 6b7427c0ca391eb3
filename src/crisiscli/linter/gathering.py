"""Gathering: what lies around the runbooks that are linted. What of it is broken is told, and left out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from crisiscli.errors import FilesUnusable, UsageError
from crisiscli.loader.shipped import SETTINGS_FILES, find_runbooks, layouts, yaml_files
from crisiscli.problem import Problem, Span

if TYPE_CHECKING:
    from crisiscli.config import Config
    from crisiscli.loader import Loaded
    from crisiscli.rules import Around

UNREADABLE_FILE = ("unreadable-file", "Y100")
_LEFT_OUT = "What needs it is not checked."
Found = TypeVar("Found")


class Gathered(NamedTuple):
    """What lies around, and what is wrong with that."""

    around: Around
    problems: list[Problem]


def gather(config: Config, today: date, base: Callable[[str], Loaded | None] | None = None) -> Gathered:
    """What the rules may know besides the runbooks: the company's side, its layouts, phrases and other runbooks."""
    from crisiscli.loader.phrasing import phrases
    from crisiscli.rules import Around

    own = _lists(config)
    problems: list[Problem] = []
    folders = config.template_folders()
    placed = _tried(lambda: layouts(folders), problems, folders)
    listed = _tried(lambda: phrases(own), problems)
    if listed is None and own:
        listed = _tried(phrases, [])
    around = Around(
        layouts=placed,
        config=config if config.path else None,
        today=today,
        base=base,
        runbooks={name: str(path) for name, path in find_runbooks(config.runbook_folders()).items()},
        phrases=listed or {},
    )
    return Gathered(around, problems)


def depends_on(config: Config, today: date, commit: str | None) -> Iterator[object]:
    """Everything around a runbook that a finding may depend on, in a form that is the same as long as it is."""
    from crisiscli.linter.cache import files_in

    yield today.isoformat()
    yield commit
    yield config
    yield list(files_in(config.template_folders(), lambda name: name.endswith(".j2")))
    if config.path is not None:
        yield list(files_in([config.path.parent / "phrases"], lambda name: name.endswith(".yaml")))
    yield sorted((name, str(path)) for name, path in find_runbooks(config.runbook_folders()).items())


def day_of(word: str, folder: Path) -> date:
    """The day that `--today` names: `2026-11-22`, or `commit` for the day of the last commit.

    Raises UsageError for anything else, and where there is no commit.
    """
    from crisiscli.revisions import committed_on

    if word == "commit":
        return committed_on(folder.resolve())
    try:
        return date.fromisoformat(word)
    except ValueError:
        what = f"`{word}` is no day."
        raise UsageError(what, public="", then="--today 2026-11-22, or --today commit") from None


def base_at(revision: str, folder: Path) -> Callable[[str], Loaded | None]:
    """Gives each file as it stood at a revision of the repository around `folder`; None for one that is new.

    Raises UsageError when there is no such revision.
    """
    from crisiscli.loader import load_text
    from crisiscli.revisions import at_revision, check_revision, former

    commit = check_revision(folder.resolve(), revision)
    known: dict[str, Loaded | None] = {}

    def base(path: str) -> Loaded | None:
        if path not in known:
            try:
                raw = at_revision(Path(path), commit)
                before = former(Path(path), commit) if raw is None else None
                raw = at_revision(before, commit) if before is not None else raw
            except UsageError:
                raw = None
            known[path] = None if raw is None else load_text(raw, path)
        return known[path]

    return base


def _lists(config: Config) -> list[Path]:
    return [config.path.parent / "phrases"] if config.path else []


def settings_of(paths: Sequence[Path], config: Config) -> tuple[list[str], list[Problem]]:
    """What is wrong with the company's own files, and which of them were looked at.

    All of them are where nothing is named; else those that are named, or lie in a folder that is.
    """
    if not paths:
        return ([str(config.path)] if config.path else []), list(config.problems)
    files: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        for file in _settings_in(path):
            found = [one for one in _read(file, config).problems if _same(Path(one.path), file)]
            files.append(str(file))
            problems += [_named(one, str(file)) for one in found]
    return files, problems


def runbooks_in(paths: Sequence[Path], config: Config) -> dict[Path, list[Path]]:
    """The runbooks that each path stands for: itself, or those of the folder. The company's own files are none."""
    lists = _lists(config)
    found: dict[Path, list[Path]] = {}
    for path in paths:
        if path.is_dir():
            found[path] = [file for file in yaml_files(path) if not any(_same(file.parent, folder) for folder in lists)]
        else:
            found[path] = [] if is_settings(path) else [path]
    return found


def is_settings(path: Path) -> bool:
    """Whether a path is one of the company's own files: no runbook."""
    return path.name in SETTINGS_FILES


def closed_folders(paths: Sequence[Path]) -> Iterator[Problem]:
    """A Problem for each folder, or folder below it, that cannot be looked into."""
    for path in paths:
        shut: list[OSError] = []
        for _, names, _ in os.walk(path, onerror=shut.append) if path.is_dir() else ():
            names[:] = [name for name in names if not name.startswith(".")]
        for error in shut:
            where, reason = str(error.filename or path), error.strerror or str(error)
            what = f"This folder cannot be looked into: {reason}."
            yield unusable(where, FilesUnusable(what, then="check its rights"), "Its runbooks are not checked.")


def unusable(path: str, error: FilesUnusable, effect: str = "The runbook would not open in a crisis.") -> Problem:
    """The Problem for a file that cannot be used at all."""
    rule, code = UNREADABLE_FILE
    what = error.what[:1].upper() + error.what[1:]
    if error.what.startswith(("is ", "cannot ")):
        what = f"The file {error.what}"
    cure = error.then[:1].upper() + error.then[1:]
    return Problem(path, Span(1, 1, 1, 2), rule, code, "error", what, effect, f"{cure}." if cure else "")


def _tried(read: Callable[[], Found], problems: list[Problem], folders: Sequence[Path] = ()) -> Found | None:
    """What is read; a Problem instead when it cannot be used. A bare name of a file is looked for in the folders."""
    try:
        return read()
    except FilesUnusable as error:
        path, _, line = error.where.rpartition(":")
        if not line.isdigit():
            path, line = error.where, "1"
        path = next((str(folder / path) for folder in folders if (folder / path).is_file()), path)
        at = Span(int(line), 1, int(line), 2)
        found = unusable(path, error, _LEFT_OUT)
        problems.append(Problem(path, at, found.rule, found.code, "error", found.what, _LEFT_OUT, found.cure))
        return None


def _settings_in(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (path / name for name in SETTINGS_FILES if _is_file(path / name))
    elif is_settings(path) and _is_file(path):
        yield path


def _read(file: Path, config: Config) -> Config:
    """The settings a file belongs to: those in use, or others that are only looked at."""
    from crisiscli.config import load

    own = file if file.name.startswith("crisis.") else file.parent / "crisis.yaml"
    return config if config.path is not None and _same(config.path, own) else load(own)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _same(one: Path, other: Path) -> bool:
    return one.absolute() == other.absolute()


def _named(problem: Problem, path: str) -> Problem:
    from dataclasses import replace

    return replace(problem, path=path)
