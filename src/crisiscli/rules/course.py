"""Course: the order in which a runbook asks, decides and sends, follow-ups last, and where each of it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import Any, NamedTuple

from crisiscli.clocks import offset
from crisiscli.loader.findings import Place
from crisiscli.runbook import Runbook
from crisiscli.steps import Step
from crisiscli.steps.ask import Ask
from crisiscli.steps.decide import Decide
from crisiscli.steps.send import Send
from crisiscli.timing import FollowUp


class Stop(NamedTuple):
    """One step or follow-up on the way. `number` counts from 0 in walking order."""

    number: int
    place: Place
    step: Step | FollowUp
    send: tuple[str, ...]
    asks: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.step.id

    @property
    def when(self) -> Any:
        return self.step.when

    @property
    def is_follow_up(self) -> bool:
        return self.place[0] == "follow_ups"


class Course:
    """The steps of a runbook in the order in which they are walked; the follow-ups after them, by their time."""

    def __init__(self, runbook: Runbook) -> None:
        self.stops: list[Stop] = []
        self.asked: dict[str, list[Stop]] = {}
        """The stops that ask for a fact, in order."""
        self.sent: dict[str, list[Stop]] = {}
        """The stops that send a message, in order."""
        self.decided: dict[str, Stop] = {}
        """The stop of each decision."""
        for number, (place, step) in enumerate(_in_order(runbook)):
            asks = step.ask if isinstance(step, Ask) else ()
            send = step.send if isinstance(step, Send | FollowUp) else ()
            stop = Stop(number, place, step, send, asks)
            self.stops.append(stop)
            for fact in asks:
                self.asked.setdefault(fact, []).append(stop)
            for message in send:
                self.sent.setdefault(message, []).append(stop)
            if isinstance(step, Decide):
                self.decided[step.id] = stop

    @cached_property
    def conditional(self) -> dict[str, Any]:
        """The `when` of each decision that has one."""
        return {name: stop.when for name, stop in self.decided.items() if stop.when is not None}

    @cached_property
    def first_send(self) -> int:
        """The number of the first stop that sends something; one past the last when none does."""
        return next((stop.number for stop in self.stops if stop.send), len(self.stops))


def _in_order(runbook: Runbook) -> Iterator[tuple[Place, Step | FollowUp]]:
    for number, phase in enumerate(runbook.phases):
        for index, step in enumerate(phase.steps):
            yield ("phases", number, "steps", index), step
    later = [(("follow_ups", number), follow_up) for number, follow_up in enumerate(runbook.follow_ups)]
    yield from sorted(later, key=lambda pair: _begins(pair[1]))


def _begins(follow_up: FollowUp) -> timedelta:
    try:
        return offset(follow_up.at)
    except ValueError:
        return timedelta.max
