"""Bad news in a drill: what arrived, and when somebody reacted to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from crisiscli.incident.event import Event

REACTIONS = ("noted", "fact_set")
"""A note or a fact after it: somebody wrote down what they do about it."""


class Arrived(NamedTuple):
    """Bad news that arrived, and the time of the first reaction after it."""

    event: Event
    reaction: datetime | None


def arrived(events: Sequence[Event]) -> list[Arrived]:
    """Everything that arrived, in order. `events` are all those of one incident."""
    return [
        Arrived(event, next((later.at for later in events[at + 1 :] if later.kind in REACTIONS), None))
        for at, event in enumerate(events)
        if event.kind == "injected"
    ]
