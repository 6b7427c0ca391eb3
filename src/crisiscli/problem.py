"""Problem: one finding at one place in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "note"]
Profile = Literal["draft", "ready", "strict"]
"""How far a text is: being written, ready to be read by others, about to be signed off."""
PROFILES: tuple[Profile, ...] = ("draft", "ready", "strict")
UNREAD = ("file-limit", "not-utf8", "yaml-syntax")
"""Rules about what may end the reading of a file: the mistakes behind it are not seen yet."""


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count from 1, columns in code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Label:
    """A second place the reader should look at, with why."""

    span: Span
    text: str


@dataclass(frozen=True)
class Edit:
    """Replaces the code points from `start` to `end` (exclusive, from 0) of the file's text by others."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Fix:
    """What would mend it without a person. `safe` when nothing that people wrote can come out differently."""

    what: str
    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, what it would do in a crisis, and the cure.

    `rule` is the kebab-case name, `code` the stable short code (`F101`).
    """

    path: str
    span: Span
    rule: str
    code: str
    level: Level
    what: str
    effect: str = ""
    cure: str = ""
    here: str = ""
    others: tuple[Label, ...] = ()
    fix: Fix | None = None
    since: Profile = "draft"
    """The first profile that shows it."""

    def order(self) -> tuple[int, str, bool, Span, str]:
        """Worst first, then by file and place; what keeps the rest of a file from being read before all of it."""
        level = {"error": 0, "warning": 1, "note": 2}[self.level]
        return (level, self.path, self.rule not in UNREAD, self.span, self.rule)
