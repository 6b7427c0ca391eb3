"""The records an incident is made of: steps, facts, words, promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

StepWord = Literal["open", "told", "parked", "answered", "skipped", "does not apply"]
FactStatus = Literal["unknown", "reported", "confirmed", "disputed"]
How = Literal["sensed", "confirmed", "reported"]


@dataclass(frozen=True)
class StepRecord:
    """Where a step stands. `value` is the observed answer, `reason` why it was skipped."""

    state: StepWord = "open"
    value: Any = None
    how: str = ""
    reason: str = ""
    actor: str = ""
    person: str = ""
    at: datetime | None = None
    back: datetime | None = None
    """When to look again at a told or parked step."""


@dataclass(frozen=True)
class FactVersion:
    """One thing somebody said about a fact. `value` None takes it back to unknown."""

    value: Any
    status: FactStatus
    source: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class FactRecord:
    """Every version of a fact, and what it comes to now."""

    versions: tuple[FactVersion, ...] = ()
    status: FactStatus = "unknown"
    value: Any = None

    def usable(self, use: str) -> Any:
        """The value when its status allows using it (`use` is reported or confirmed), else None."""
        allowed = ("confirmed",) if use == "confirmed" else ("reported", "confirmed")
        return self.value if self.status in allowed else None


@dataclass(frozen=True)
class Word:
    """Words that left for the world, or for our own people.

    `how` is sensed (a provider accepted it), confirmed (a person says so) or reported (it left outside the program).
    """

    at: datetime
    how: How
    channel: str
    text: str = ""
    message: str = ""
    language: str = ""
    rendering: str = ""
    audience: tuple[str, ...] = ()
    proof: str = ""
    public: bool = True
    promise: datetime | None = None
    rows: int = 1


@dataclass(frozen=True)
class Promise:
    """A time we named in public, who heard it, and whether we spoke again by then."""

    due: datetime
    made: datetime
    where: str
    kept: datetime | None = None


@dataclass(frozen=True)
class Edit:
    """A text a person changed: the exact new words for one place."""

    title: str | None
    body: str
    author: str
    at: datetime


@dataclass
class Hand:
    """A hand-over that waits for its answer."""

    rendering: str
    dispatch: str
    to: str
    through: str
    at: datetime
    back: datetime | None = None


@dataclass
class Doubt:
    """A Rendering with rows whose outcome is unknown."""

    rendering: str
    rows: int
    since: datetime
    detail: list[str] = field(default_factory=list)
