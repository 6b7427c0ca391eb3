"""Incident: one running crisis, as its events tell it. Nothing here is stored; everything is folded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crisiscli.incident.records import (
    Ahead,
    Edit,
    FactRecord,
    Hand,
    Health,
    Plan,
    Reading,
    StepRecord,
    Try,
    Warned,
    Word,
)
from crisiscli.runbook import Runbook
from crisiscli.steps.base import Step


@dataclass(eq=False, repr=False, match_args=False)
class Incident:
    """One running crisis. Times are aware, UTC. People are ids; their names live in the store."""

    code: str
    mode: str
    runbook: Runbook
    plan: dict[str, Any]
    layouts: dict[str, str]
    company: dict[str, Any]
    opened: datetime
    t0: datetime
    learned: datetime
    lead: str
    operator: str
    """Who types: whoever opened it."""
    seq: int = 0
    last: datetime | None = None
    steps: dict[str, StepRecord] = field(default_factory=dict)
    facts: dict[str, FactRecord] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    edits: dict[str, Edit] = field(default_factory=dict)
    hands: dict[str, Hand] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    """Rendering id to how many of its rows are sending, sent, failed, unknown."""
    promised: dict[str, datetime] = field(default_factory=dict)
    """Rendering id to the time it promises."""
    up: dict[tuple[str, str], Word] = field(default_factory=dict)
    """What is up right now: standing channel and language to the words."""
    owners: dict[tuple[str, str], str] = field(default_factory=dict)
    tries: dict[str, list[Try]] = field(default_factory=dict)
    """Role to the attempts to reach somebody for it, in order."""
    standby: dict[str, str] = field(default_factory=dict)
    """Role to the person on stand-by for it while the incident is armed."""
    health: dict[str, Health] = field(default_factory=dict)
    """What was said about a channel; one nobody spoke about is up."""
    readings: list[Reading] = field(default_factory=list)
    """Every reading of the outside, in the order in which they were recorded."""
    warnings: list[Warned] = field(default_factory=list)
    released: dict[str, str] = field(default_factory=dict)
    """Step to what was let go again."""
    injected: set[int] = field(default_factory=set)
    """The injects of a drill that have arrived, by their place in the runbook."""
    ahead: list[Ahead] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    """The runbooks it was walked with before the present one."""
    walked: tuple[Step, ...] = ()
    """The steps of those runbooks: what they reached, and what they stopped, counts on."""
    armed: bool = False
    """True before a planned test: nothing happened yet and T0 is not set."""
    armed_until: datetime | None = None
    pace: dict[str, Any] | None = None
    """A drill's clock: `real` and `at` (times that belong together) and `speed`."""
    ended: dict[str, Any] | None = None
    ended_at: datetime | None = None

    def moment(self, now: datetime) -> datetime:
        """The present, never before the last event: a clock that jumps back cannot un-pass a deadline."""
        return max(now, self.last) if self.last else now

    def step(self, name: str) -> StepRecord:
        """Where a step stands."""
        return self.steps.get(name, StepRecord())

    def fact(self, name: str) -> FactRecord:
        """What the ledger says of a fact."""
        return self.facts.get(name, FactRecord())

    def holder(self, role: str) -> str:
        """The person who holds a role: the lead holds every role until it is given away."""
        return self.roles.get(role, self.lead)

    def channel_down(self, channel: str) -> bool:
        """True when a channel is down: it reaches nobody."""
        found = self.health.get(channel)
        return found is not None and found.state == "down"

    def unheard(self, word: Word) -> bool:
        """True for words that left on a channel after it went down, while it is down still: they reached nobody."""
        return self.channel_down(word.channel) and word.at >= self.health[word.channel].at

    def public_words(self) -> list[Word]:
        """What the world heard, in order of time."""
        return sorted((word for word in self.words if word.public), key=lambda word: word.at)
