"""Runbook: one scenario, as the PR team wrote it. The field docstrings are the format reference."""

from __future__ import annotations

from dataclasses import field
from typing import Any, Literal

from crisiscli.shape import Noun, noun
from crisiscli.steps.base import Condition, Step
from crisiscli.timing import Cadence, DutyClock, FollowUp, Inject

FORMAT = 1

FactType = Literal["yes_no", "choice", "text", "count", "percent", "time", "duration", "services"]
Stage = Literal[
    "brief", "holding", "explanation", "status", "all_clear",
    "light", "thanks", "lessons", "closure", "education",
]  # fmt: skip


@noun
class Languages(Noun):
    """Which languages the public reads."""

    must: tuple[str, ...]
    """Languages without which a text does not go."""
    follow: dict[str, str] = field(default_factory=dict)
    """Languages that follow, and within what time. A missing one never blocks; it becomes an open item."""


@noun
class Seal(Noun):
    """Somebody looked at it on a day."""

    on: str
    """The day, YYYY-MM-DD."""
    by: str
    """Who."""


@noun
class Role(Noun):
    """A duty that somebody holds."""

    title: str
    """How the role is called on the phone."""
    duty: str
    """What its holder owes the others."""
    deputy: str | None = None
    """The role that steps in."""


@noun
class Fact(Noun):
    """A named, typed value that texts and conditions use."""

    ask: str
    """The question to ask a person."""
    type: FactType
    """What kind of value it is."""
    options: dict[str, str] = field(default_factory=dict)
    """For `choice`: the short names and what they mean."""
    of: tuple[str, ...] = ()
    """For `services`: the services people will ask about."""
    confirmed_by: str | None = None
    """Only this role's word confirms it; without the key, the lead's does."""
    use: Literal["reported", "confirmed"] = "reported"
    """From which status on texts and gates may use it."""
    unit: str | None = None
    """What is counted."""
    longest: str | None = None
    """The longest value it can take; lint measures texts with it."""
    promise: bool = False
    """A time we promise in public: it starts a clock."""


@noun
class Element(Noun):
    """A kind of sentence that needs facts behind it."""

    needs: Condition
    """A sentence under this label may only be shown to the world when this holds."""
    if_unknown: Literal["wait", "leave_out"] = "wait"
    """While it is undecided: the text waits, or goes without the sentence."""


@noun
class Audience(Noun):
    """A segment of people, with the channels that really reach it."""

    who: str
    """Who they are, in words."""
    reached_by: tuple[str, ...]
    """Channels that really reach them."""
    offline: bool = False
    """True for people whom social media do not reach."""
    told_before_or_with: tuple[str, ...] = ()
    """Our own people: they hear it no later than these audiences. A broken order warns and is recorded."""
    hours: str | None = None
    """When they can be reached."""


@noun
class Phase(Noun):
    """A part of the checklist."""

    id: str
    """A fixed name."""
    title: str
    """What the phase is for."""
    steps: tuple[Step, ...]
    """The steps, in order."""
    mode: Literal["read-do", "do-confirm"] = "read-do"
    """read-do: read a line, do it. do-confirm: do it from memory, then confirm line by line."""


@noun
class PreApproved(Noun):
    """A text that was approved before the crisis."""

    by: str
    """Who approved it."""
    on: str
    """When, YYYY-MM-DD."""
    until: str
    """The last day it holds, YYYY-MM-DD."""
    may_vary: tuple[str, ...] = ()
    """The facts whose values may still change under this approval."""


@noun
class Message(Noun):
    """What we mean to say at one stage, for named audiences."""

    stage: Stage
    """Where in the story it stands."""
    for_: tuple[str, ...] = ()
    """The audiences it is meant for."""
    to: tuple[str, ...] = ()
    """The channels it goes to."""
    approve: tuple[str, ...] = ()
    """Roles that must approve it, all of them; a gate adds its own. Empty means the lead."""
    must_say: tuple[str, ...] = ()
    """Labels every text must carry; one that `omits` a label must then say `where`."""
    pre_approved: PreApproved | None = None
    """An approval given in advance."""
    gate: str | None = None
    """The gate that must be open first."""
    text: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By channel or family, then by language: a list of labelled sentences, or `{title, body}`."""


@noun
class Gate(Noun):
    """Conditions that must hold before a kind of message may go."""

    opens_when: list[Any]
    """All of these."""
    approve: tuple[str, ...] = ()
    """Roles whose approval it adds."""
    at_most: dict[str, Any] = field(default_factory=dict)
    """A cap: messages per stage, `within` a duration, `until` a time from T0, `apart` at least so long."""
    leave_out: tuple[str, ...] = ()
    """Audiences that never get what stands behind this gate: people who were harmed."""


@noun
class Runbook(Noun):
    """One scenario: roles, facts, audiences, phases of steps, messages, clocks, follow-ups, targets."""

    crisis: int
    """The format version: 1."""
    id: str
    """A fixed name, lower case with dashes."""
    version: int
    """A whole number; raised whenever the content changes."""
    title: str
    """How the scenario is called in the list."""
    summary: str | None = None
    """When to pick it, in one line."""
    languages: Languages
    """Which languages the public reads."""
    owner: str | None = None
    """Who keeps it."""
    reviewed: Seal | None = None
    """Who read it last, and when."""
    rehearsed: Seal | None = None
    """Who drilled it last, and when; stays empty until somebody did."""
    t0: str | None = None
    """The question that sets T0; the default is now."""
    roles: dict[str, Role]
    """The duties, each with a deputy. `lead` is always there."""
    facts: dict[str, Fact] = field(default_factory=dict)
    """What must be known."""
    elements: dict[str, Element] = field(default_factory=dict)
    """Kinds of sentences that need confirmed facts."""
    audiences: dict[str, Audience] = field(default_factory=dict)
    """Who must hear it."""
    phases: tuple[Phase, ...]
    """The checklist."""
    messages: dict[str, Message] = field(default_factory=dict)
    """What is said."""
    gates: dict[str, Gate] = field(default_factory=dict)
    """What must hold before a light word."""
    clocks: dict[str, DutyClock] = field(default_factory=dict)
    """Deadlines somebody else sets."""
    follow_ups: tuple[FollowUp, ...] = ()
    """What is due after the first hours."""
    targets: dict[str, str] = field(default_factory=dict)
    """Measured in the report: call_open, first_word, all_channels, front_line_lag."""
    injects: tuple[Inject, ...] = ()
    """For drills."""
    cadence: Cadence = field(default_factory=Cadence)
    """How often the world hears from us."""

    def steps(self) -> tuple[Step, ...]:
        """Every step in walking order, follow-ups last."""
        return (*(step for phase in self.phases for step in phase.steps), *self.later())

    def later(self) -> tuple[Step, ...]:
        """The follow-ups as the steps they become when their time has come."""
        return tuple(follow_up.step() for follow_up in self.follow_ups)

    def step(self, name: str) -> Step | None:
        """The step of that id, or None."""
        return next((step for step in self.steps() if step.id == name), None)

    def holding(self) -> str | None:
        """The id of the first holding message: the words to have in hand from the first screen on."""
        return next((name for name, message in self.messages.items() if message.stage == "holding"), None)

    def approvers(self, message: str) -> tuple[str, ...]:
        """The roles that must approve a message, its gate's added."""
        found = self.messages[message]
        gate = self.gates[found.gate].approve if found.gate in self.gates else ()
        return tuple(dict.fromkeys((*found.approve, *gate))) or ("lead",)

    def insiders(self) -> frozenset[str]:
        """The audiences that are our own people: what they hear is not a public word."""
        return frozenset(name for name, audience in self.audiences.items() if audience.told_before_or_with)
