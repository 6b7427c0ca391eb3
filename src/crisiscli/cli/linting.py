"""What stands behind `crisis lint`: which files are meant, what holds findings back, where the report goes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from crisiscli.cli.outside import Outside
from crisiscli.errors import FilesUnusable, NotFound, UsageError
from crisiscli.linter.places import shortest

if TYPE_CHECKING:
    from crisiscli.config import Config
    from crisiscli.linter import LintReport
    from crisiscli.linter.baseline import Baseline
    from crisiscli.linter.cache import Cache
    from crisiscli.linter.gathering import Gathered
    from crisiscli.linter.report import FailOn
    from crisiscli.problem import Problem, Profile

STDIN = "-"
_AROUND = ""
"""What the cache calls the files around the runbooks: no file's name."""
Word = TypeVar("Word", bound=str)


class Asked(NamedTuple):
    """What was typed after `crisis lint`."""

    paths: tuple[Path, ...]
    profile: Profile
    fail_on: FailOn
    today: str | None
    base: str | None
    no_ignores: bool
    baseline: Path | None
    write_baseline: bool
    stdin_filename: Path | None
    no_cache: bool = False
    jobs: int | None = None


class Job:
    """One run of lint: the files that are meant, what lies around them, and their report."""

    def __init__(self, outside: Outside, asked: Asked) -> None:
        self.outside = outside
        self.asked = asked
        self.config = outside.config
        missing = [path for path in asked.paths if str(path) != STDIN and not _there(path)]
        if missing:
            what = "There is no such file or folder."
            raise FilesUnusable(what, where=str(missing[0]), public="", then="check the name")

    @cached_property
    def texts(self) -> dict[str, bytes]:
        """What came on standard input, by the name it is told under."""
        if STDIN not in map(str, self.asked.paths):
            return {}
        return {str(self.asked.stdin_filename or STDIN): _standard_input()}

    @cached_property
    def runbooks(self) -> list[Path]:
        """The files to lint. Raises FilesUnusable when the folders that are named hold none."""
        from crisiscli.linter.gathering import is_settings, runbooks_in

        if not self.asked.paths:
            return self._usual()
        named = [path for path in self.asked.paths if str(path) != STDIN]
        found = runbooks_in(named, self.config)
        files = [*(Path(name) for name in self.texts), *(file for files in found.values() for file in files)]
        if not files and not self.closed and not any(map(is_settings, named)):
            raise FilesUnusable("There is no runbook here.", where=str(named[0]), public="", then="crisis lint PATH")
        empty = [path for path, files in found.items() if not files and not is_settings(path)]
        for folder in empty if not self.closed else ():
            sys.stderr.write(f"There is no runbook in {folder}.\n")
        return files

    @cached_property
    def closed(self) -> list[Problem]:
        """The folders that cannot be looked into."""
        from crisiscli.linter.gathering import closed_folders

        return list(closed_folders([path for path in self.asked.paths if str(path) != STDIN]))

    @cached_property
    def gathered(self) -> Gathered:
        """What lies around the files."""
        from crisiscli.linter.gathering import base_at, gather

        base = None if self.asked.base is None else base_at(self.asked.base, self.folder)
        return gather(self.config, self.today, base)

    @cached_property
    def today(self) -> date:
        """The day on which reviews and approvals are weighed."""
        from crisiscli.linter.gathering import day_of

        now = self.outside.clock.now().astimezone(self.outside.zone).date()
        return now if self.asked.today is None else day_of(self.asked.today, self.folder)

    @cached_property
    def cache(self) -> Cache | None:
        """What was found before under the same circumstances; None when nobody wants it."""
        from crisiscli.linter.cache import cache_of
        from crisiscli.linter.gathering import depends_on

        if self.asked.no_cache:
            return None
        commit = None
        if self.asked.base is not None:
            from crisiscli.revisions import check_revision

            commit = check_revision(self.folder, self.asked.base)
        return cache_of(Path.cwd(), depends_on(self.config, self.today, commit))

    def beside(self) -> Sequence[Problem]:
        """What is wrong with what lies around the files."""
        from crisiscli.linter.packing import Checked

        known = self.cache.found(_AROUND, b"") if self.cache is not None else None
        if known is None:
            known = Checked(tuple(self.gathered.problems))
            if self.cache is not None:
                self.cache.keep(_AROUND, b"", known)
        return known.problems

    @property
    def folder(self) -> Path:
        """The folder whose git repository is asked."""
        first = next((path for path in (self.asked.stdin_filename, *self.asked.paths) if path), Path())
        return (first if first.is_dir() else first.parent).resolve()

    @property
    def baseline(self) -> Path:
        """Where the baseline lies: where it is said, else beside crisis.yaml, else here."""
        from crisiscli.linter.baseline import FILE

        return self.asked.baseline or shortest((self.config.path.parent if self.config.path else Path.cwd()) / FILE)

    def report(self) -> LintReport:
        """What lint says about the files, as the command asked for it."""
        from crisiscli.linter import run
        from crisiscli.linter.gathering import settings_of
        from crisiscli.problem import Problem

        asked = self.asked
        around = self.beside()
        report = run(self.runbooks, lambda: self.gathered.around, texts=self.texts, cache=self.cache, jobs=asked.jobs)
        files, problems = settings_of(asked.paths, self.config)
        beside = [*problems, *around, *self.closed]
        beside = [replace(problem, path=str(shortest(Path(problem.path)))) for problem in beside]
        found = sorted([*report.problems, *beside], key=Problem.order)
        report = replace(
            report,
            problems=found,
            files=[*report.files, *(str(shortest(Path(file))) for file in files)],
            unreadable=report.unreadable or bool(self.closed),
            fail_on=asked.fail_on,
        )
        return self._weighed(report)

    def found_in(self, path: str, raw: bytes) -> list[Problem]:
        """The problems of one file's bytes that would be told."""
        from crisiscli.linter.report import LintReport
        from crisiscli.linter.running import check

        one = check(raw, path, self.gathered.around)
        texts = {path: raw.decode("utf-8-sig", "replace")}
        return self._weighed(LintReport(list(one.problems), [path], texts, held=one.held)).problems

    def _weighed(self, report: LintReport) -> LintReport:
        """What is left of a report after comments, the baseline and the profile."""
        from crisiscli.linter.baseline import hold_back

        if self.asked.no_ignores:
            report = report.without_ignores()
        if self.known is not None:
            report = hold_back(report, self.known)
        return report.seen_in(self.asked.profile)

    @cached_property
    def known(self) -> Baseline | None:
        """The baseline, when there is one. Raises FilesUnusable for one that cannot be read."""
        from crisiscli.linter.baseline import read_baseline

        if self.asked.write_baseline or (self.asked.baseline is None and not self.baseline.exists()):
            return None
        return read_baseline(self.baseline)

    def _usual(self) -> list[Path]:
        """The company's own runbooks; those that came with the program where there are none."""
        from crisiscli.loader.shipped import find_runbooks, shipped

        *own, last = self.outside.runbook_folders()
        found = list(find_runbooks(own).values())
        if found:
            sys.stderr.write(f"Checking {_runbooks(found)} in {', '.join(str(shortest(folder)) for folder in own)}.\n")
            return [shortest(path) for path in found]
        if last != shipped("runbooks") or not (found := list(find_runbooks([last]).values())):
            raise NotFound("There is no runbook here.", public="", then="crisis lint PATH")
        sys.stderr.write(f"There is no runbook of yours here; checking the {len(found)} that came with the program.\n")
        sys.stderr.write("To set up your own: crisis new\n")
        return found


def profile_of(typed: str | None, *, strict: bool, config: Config) -> Profile:
    """The profile to use: the one typed, else the one in crisis.yaml, else `ready`. Raises UsageError."""
    from crisiscli.problem import PROFILES

    if strict and typed not in (None, "strict"):
        what = f"--strict and --profile {typed} say different things."
        raise UsageError(what, public="", then="leave one of them out")
    wanted = "strict" if strict else typed or config.lint.profile or "ready"
    return _one_of("--profile", wanted, PROFILES)


def fails_on(typed: str | None, profile: Profile, *, strict: bool, config: Config) -> FailOn:
    """The least level that exits 1: the one typed, else `warning` for --strict, else that of crisis.yaml.

    Where nobody says it, warnings count under the profile strict, and errors alone under the others.
    """
    from crisiscli.linter.report import FAIL_ON

    usual = "warning" if profile == "strict" else "error"
    return _one_of("--fail-on", typed or ("" if strict else config.lint.fail_on) or usual, FAIL_ON)


def check_format(name: str) -> None:
    """Raises UsageError for a format that does not exist."""
    from crisiscli.linter.formats import FORMATS

    _one_of("--format", name, FORMATS)


def check_together(asked: Asked, *, fix: bool, diff: bool) -> None:
    """Raises UsageError for flags that do not go together."""
    stdin = STDIN in map(str, asked.paths)
    wrong = (
        (diff and not fix, "--diff shows what --fix would do.", "crisis lint PATH --fix --diff"),
        (fix and asked.write_baseline, "--fix and --write-baseline are two steps.", "crisis lint --fix first"),
        (
            asked.stdin_filename is not None and not stdin,
            "--stdin-filename needs a text on standard input.",
            "crisis lint - --stdin-filename PATH",
        ),
    )
    for is_wrong, what, then in wrong:
        if is_wrong:
            raise UsageError(what, public="", then=then)


def _standard_input() -> bytes:
    from crisiscli.source import LIMIT_BYTES

    stream = getattr(sys.stdin, "buffer", None)
    found: bytes = stream.read(LIMIT_BYTES + 1) if stream is not None else b""
    return found


def _there(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        return False


def _runbooks(found: Sequence[Path]) -> str:
    return f"{len(found)} runbook{'' if len(found) == 1 else 's'}"


def _one_of(flag: str, typed: str, known: Sequence[Word]) -> Word:
    for word in known:
        if word == typed:
            return word
    from crisiscli.loader.findings import nearest

    guess = nearest(typed, known)
    then = f"{flag} {guess}" if guess else f"{flag} {'|'.join(known)}"
    raise UsageError(f"{flag} knows no `{typed}`.", public="", then=then)
