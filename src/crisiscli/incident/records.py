"""The records an incident is made of: steps, facts, words, promises."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NamedTuple

StepWord = Literal["open", "told", "parked", "answered", "skipped", "does not apply"]
HealthWord = Literal["up", "degraded", "down"]
ReadingKind = Literal["judged", "counted", "number"]
FactStatus = Literal["unknown", "reported", "confirmed", "disputed"]
How = Literal["sensed", "confirmed", "reported"]


class StepRecord(NamedTuple):
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
    parks: int = 0
    """How often it was parked since it was last answered or picked again."""


class FactVersion(NamedTuple):
    """One thing somebody said about a fact. `value` None takes it back to unknown."""

    value: Any
    status: FactStatus
    source: str
    actor: str
    at: datetime


class FactRecord(NamedTuple):
    """Every version of a fact, and what it comes to now."""

    versions: tuple[FactVersion, ...] = ()
    status: FactStatus = "unknown"
    value: Any = None

    def usable(self, use: str) -> Any:
        """The value when its status allows using it (`use` is reported or confirmed), else None."""
        allowed = ("confirmed",) if use == "confirmed" else ("reported", "confirmed")
        return self.value if self.status in allowed else None


class Word(NamedTuple):
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


class Promise(NamedTuple):
    """A time we named in public, who heard it, and whether we spoke again by then."""

    due: datetime
    made: datetime
    where: str
    kept: datetime | None = None


class Edit(NamedTuple):
    """A text a person changed: the exact new words for one place."""

    title: str | None
    body: str
    author: str
    at: datetime


class Hand(NamedTuple):
    """A hand-over that waits for its answer."""

    rendering: str
    dispatch: str
    to: str
    through: str
    at: datetime
    back: datetime | None = None


class Try(NamedTuple):
    """One attempt to reach somebody for a role: what came of it, and when to try again."""

    person: str
    result: str
    actor: str
    at: datetime
    back: datetime | None = None


class Health(NamedTuple):
    """Whether one of our channels carries words now, since when, and who says so."""

    state: HealthWord
    why: str
    actor: str
    at: datetime


class Reading(NamedTuple):
    """One look at the outside. `at` is when it was read, `by` the person who read it.

    judged: `value` is a word (hostile, mixed, mostly_kind) and `note` says what was read.
    counted: `n` items, `parts` how many of them are positive, neutral, negative.
    number: `value` is a whole number, or a decimal one as text (mentions, reactions, calls_waiting; shares in percent,
    times in seconds).
    """

    signal: str
    kind: ReadingKind
    at: datetime
    value: str | int | None = None
    n: int = 0
    parts: dict[str, int] = {}  # noqa: RUF012 - never written to
    source: str = ""
    by: str = ""
    note: str = ""
    role: str = ""
    """The role the reader holds or speaks for."""


class Warned(NamedTuple):
    """A warning that was shown before words went out, and why they went all the same."""

    about: str
    message: str
    what: str
    reason: str
    actor: str
    at: datetime


class Ahead(NamedTuple):
    """A yes to a message of this incident before its facts were known: while it was armed.

    It covers the pinned words with any value of the facts in `may_vary`, and nothing edited.
    """

    message: str
    person: str
    roles: tuple[str, ...]
    may_vary: tuple[str, ...]
    tag: str
    how: str
    detail: str
    at: datetime


class Plan(NamedTuple):
    """A runbook this incident was walked with before it moved on to another one."""

    id: str
    title: str
    version: int
    until: datetime
