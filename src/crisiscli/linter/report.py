"""LintReport: what lint found, in which files, and what was held back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from crisiscli.errors import FilesUnusable
from crisiscli.problem import PROFILES, Level, Problem, Profile
from crisiscli.source import BREAK, read_bytes

LEVELS: tuple[Level, ...] = ("error", "warning", "note")
FailOn = Literal["error", "warning", "note", "never"]
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "note", "never")


class Held(NamedTuple):
    """A Problem that a comment holds back, and the reason that stands there."""

    problem: Problem
    reason: str


@dataclass(frozen=True)
class LintReport:
    """What lint found, worst first. `unreadable` is True when a file could not be read to its end (exit code 3)."""

    problems: list[Problem] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Every file that was looked at, as it was named."""
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The text of files that are not on the disk under their name, as standard input."""
    unreadable: bool = False
    held: tuple[Held, ...] = ()
    """What `# crisis: ignore[...]` comments hold back."""
    known: tuple[Problem, ...] = ()
    """What is held back because the baseline has it."""
    stale: int = 0
    """Entries of the baseline that were not found any more."""
    baseline: str = ""
    """The baseline's file, when there is one."""
    later: int = 0
    """Problems that only a stricter profile shows."""
    fail_on: FailOn = "error"
    """The least level that makes lint say no."""

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return self.counted["error"]

    @property
    def failed(self) -> bool:
        """Whether a problem of the level that counts is here."""
        return any(self.fails(problem) for problem in self.problems)

    @property
    def fixable(self) -> int:
        """How many problems `--fix` mends."""
        return sum(problem.fix is not None and problem.fix.safe for problem in self.problems)

    @cached_property
    def counted(self) -> dict[Level, int]:
        """How many problems of each level."""
        return {level: sum(problem.level == level for problem in self.problems) for level in LEVELS}

    def fails(self, problem: Problem) -> bool:
        """Whether this problem alone makes lint say no."""
        return self.fail_on != "never" and LEVELS.index(problem.level) <= LEVELS.index(self.fail_on)

    def seen_in(self, profile: Profile) -> LintReport:
        """Only what a profile shows. What is no rule's, as a file that cannot be read, every profile shows."""
        last = PROFILES.index(profile)
        if last == len(PROFILES) - 1:
            return self
        shown = [problem for problem in self.problems if PROFILES.index(problem.since) <= last]
        held = tuple(one for one in self.held if PROFILES.index(one.problem.since) <= last)
        known = tuple(problem for problem in self.known if PROFILES.index(problem.since) <= last)
        return replace(self, problems=shown, held=held, known=known, later=len(self.problems) - len(shown))

    def without_ignores(self) -> LintReport:
        """As if nobody had written an ignore comment."""
        from crisiscli.rules import rules

        about = {rule.NAME for rule in rules("ignores")}
        problems = [problem for problem in self.problems if problem.rule not in about]
        problems += [one.problem for one in self.held]
        return replace(self, problems=sorted(problems, key=Problem.order), held=())

    def lines(self, path: str) -> list[str]:
        """The lines of a file as a code frame shows them; none for one that cannot be read any more."""
        if path not in self._lines:
            self._lines[path] = BREAK.split(self.text(path))
        return self._lines[path]

    def text(self, path: str) -> str:
        """The text of a file; none for one that cannot be read any more."""
        return self.texts[path] if path in self.texts else _text(path)

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        return {}


def _text(path: str) -> str:
    try:
        return read_bytes(Path(path)).decode("utf-8-sig", "replace")
    except (FilesUnusable, OSError, ValueError):
        return ""
