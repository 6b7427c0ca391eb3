"""What a runbook says about time: deadlines others set, how often we speak, what is due later, what a drill brings."""

from __future__ import annotations

from typing import Literal

from crisiscli.shape import Noun, noun
from crisiscli.steps.base import Condition, Step


@noun
class DutyClock(Noun):
    """A deadline somebody else sets: a regulator, a contract."""

    from_: Condition | Literal["awareness", "t0"]
    """What starts it: `awareness`, `t0`, a condition on facts (from when it held), or `{fact: name}` of a time
    fact: its value is the anchor, as for a deadline that runs from the report before it."""
    within: str
    """How long it allows."""
    tell: str
    """Who must be told."""
    when: Condition | None = None
    """Only while this does not fail: what binds some of us only. Undecided counts as binding."""
    told: str | None = None
    """The time fact that says when they were told; once it is known the clock stops."""
    cite: str | None = None
    """Where the rule stands."""
    verified: str | None = None
    """The day somebody checked the rule, YYYY-MM-DD."""


@noun
class FollowUp(Noun):
    """Something that is due after the first hours."""

    id: str
    """A fixed name."""
    at: str
    """When, from T0: `T+2d`."""
    do: str | None = None
    """What to do."""
    send: tuple[str, ...] = ()
    """The messages to send."""
    role: str | None = None
    """Whose it is."""
    why: str | None = None
    """One sentence for the person who would skip it."""
    answer: str | None = None
    """The observed value to note instead of "done"."""
    when: Condition | None = None
    """Only needed while this does not fail, as a refund text only when something is paid back."""

    def step(self) -> Step:
        """The step it becomes: what it sends, else what it says to do."""
        from crisiscli.steps.do import Do
        from crisiscli.steps.send import Send

        if self.send:
            return Send(id=self.id, by=self.at, role=self.role, when=self.when, why=self.why or self.do, send=self.send)
        return Do(
            id=self.id,
            by=self.at,
            role=self.role,
            when=self.when,
            why=self.why,
            do=self.do or self.id,
            answer=self.answer,
        )


@noun
class Cadence(Noun):
    """How often the world hears from us until the all-clear, whatever was promised."""

    early: str = "30m"
    """The longest silence in the first hours (PagerDuty and Atlassian: 20 to 30 minutes)."""
    early_for: str = "2h"
    """How long `early` holds, from T0."""
    later: str = "60m"
    """The longest silence after that, nights included."""


@noun
class Inject(Noun):
    """Bad news that arrives in a drill."""

    at: str
    """When, from T0."""
    from_: str
    """Who brings it."""
    says: str
    """The words."""
