"""LintReport: what lint found, in which files, and what was held back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from crisiscli.problem import Level, Problem
from crisiscli.source import BREAK

LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class LintReport:
    """What lint found, worst first. `unreadable` is True when a file could not be read to its end (exit code 3)."""

    problems: list[Problem] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Every file that was looked at, as it was named."""
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The text of files that are not on the disk under their name, as standard input."""
    unreadable: bool = False
    ignored: int = 0
    """Problems held back by a `# crisis: ignore[...]` comment."""
    known: int = 0
    """Problems held back because the baseline has them."""

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return self.counted["error"]

    @cached_property
    def counted(self) -> dict[Level, int]:
        """How many problems of each level."""
        return {level: sum(problem.level == level for problem in self.problems) for level in LEVELS}

    def lines(self, path: str) -> list[str]:
        """The lines of a file as a code frame shows them; none for one that cannot be read any more."""
        if path not in self._lines:
            self._lines[path] = BREAK.split(self.texts[path] if path in self.texts else _text(path))
        return self._lines[path]

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        return {}


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return ""
