"""Cadence: when the world must hear from us next, and how long it has heard nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from crisiscli.clocks import duration
from crisiscli.incident.event import stamp
from crisiscli.incident.records import Word
from crisiscli.incident.state import Incident
from crisiscli.timing import Cadence

CLOSING = ("all_clear", "closure")
"""The stages after which no further word is owed."""


class NextWord(NamedTuple):
    """When the next public word is owed, whatever was promised.

    `due` is None when none is owed. `silence` runs from the last public word, or from T0, while one is owed.
    `late` is how long the word is overdue, or None. `longest` is the longest silence so far, the present one
    included, and `longest_from` when it began. `allowed` is the silence that is allowed now.
    """

    due: datetime | None
    silence: timedelta | None
    late: timedelta | None
    longest: timedelta | None
    longest_from: datetime | None
    allowed: timedelta | None

    def data(self) -> dict[str, Any]:
        """As plain data; spans in whole seconds."""
        return {
            "due": stamp(self.due) if self.due else None,
            "silence_seconds": _seconds(self.silence),
            "late_seconds": _seconds(self.late),
            "longest_seconds": _seconds(self.longest),
            "longest_from": stamp(self.longest_from) if self.longest_from else None,
            "allowed_seconds": _seconds(self.allowed),
        }


NONE_OWED = NextWord(None, None, None, None, None, None)


def next_word(incident: Incident, now: datetime) -> NextWord:
    """Where the cadence stands at `now`.

    Before the first public word the target `first_word` rules. A word said while `early_for` from T0 lasts is
    followed within `early`, a later one within `later`. After an all-clear or a closing word, when the incident
    has ended or is armed only, and where the runbook has nothing to say in public, none is owed.
    """
    if incident.armed or not _speaks(incident):
        return NONE_OWED
    words = [word for word in incident.public_words() if word.at <= now]
    over = next((word.at for word in words if _closes(incident, word)), incident.ended_at)
    moments = [max(word.at, incident.t0) for word in words if over is None or word.at <= over]
    longest, began = _longest([incident.t0, *moments, min(over or now, now)])
    if over is not None:
        return NextWord(None, None, None, longest, began, None)
    last = moments[-1] if moments else incident.t0
    allowed = _allowed(incident, last) if moments else _first(incident)
    due = last + allowed if allowed is not None else None
    late = now - due if due is not None and now > due else None
    return NextWord(due, max(now - last, timedelta(0)), late, longest, began, allowed)


def _speaks(incident: Incident) -> bool:
    """True when the runbook has a message for somebody who is not one of our own people."""
    insiders = incident.runbook.insiders()
    return any(not message.for_ or set(message.for_) - insiders for message in incident.runbook.messages.values())


def _closes(incident: Incident, word: Word) -> bool:
    message = incident.runbook.messages.get(word.message)
    return message is not None and message.stage in CLOSING


def _first(incident: Incident) -> timedelta | None:
    try:
        return duration(incident.runbook.targets["first_word"])
    except (KeyError, ValueError):
        return None


def _allowed(incident: Incident, last: datetime) -> timedelta:
    cadence = incident.runbook.cadence
    early, early_for, later = (
        _span(getattr(cadence, name), getattr(Cadence(), name)) for name in ("early", "early_for", "later")
    )
    return min(early, later) if last < incident.t0 + early_for else later


def _span(text: str, otherwise: str) -> timedelta:
    try:
        return duration(text)
    except ValueError:
        return duration(otherwise)


def _longest(moments: list[datetime]) -> tuple[timedelta, datetime]:
    gaps = [(later - earlier, earlier) for earlier, later in pairwise(moments)]
    return max(gaps, key=lambda gap: gap[0], default=(timedelta(0), moments[0]))


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())
