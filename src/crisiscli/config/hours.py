"""Hours of duty: what `hours` in people.yaml says, who is on now, until when, and which hours nobody covers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple, Protocol

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY = 24 * 60
WEEK = 7 * DAY
ACCEPTED = 'write it like "24/7", "Mon-Fri 08:00-18:00, Sat 09:00-13:00" or "22:00-06:00"'

_TIMES = re.compile(r"(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?")
_DAYS = re.compile(r"([a-z]{3,9})(?:-([a-z]{3,9}))?")
_WHOLE = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}


class OnDuty(Protocol):
    """Whoever has hours: text as in people.yaml, "" for somebody who may be called at any time."""

    @property
    def hours(self) -> str: ...


class Span(NamedTuple):
    """A stretch of the week in minutes from Monday 00:00 on the wall clock; the end is exclusive.

    An end past the week's (10 080) goes on into the next Monday.
    """

    start: int
    end: int

    def __str__(self) -> str:
        if self.end - self.start >= WEEK:
            return "the whole week"
        return f"{_wall(self.start)} to {_wall(self.end)}"


class Duty(NamedTuple):
    """Whether somebody is on at a moment. `change` is when that changes, None when it never does."""

    on: bool
    change: datetime | None


@lru_cache(maxsize=256)
def read_hours(text: str) -> tuple[Span, ...]:
    """The spans of a week, merged, in order; the whole week for "" and `24/7`. Raises ValueError with the cure.

    `22:00-06:00` runs over midnight; hours without days hold every day; `Fri-Mon` goes round the weekend.
    """
    if text.strip() in ("", "24/7"):
        return (Span(0, WEEK),)
    found: list[Span] = []
    for part in text.split(","):
        found += _part(text, part.split())
    return merged(found)


def _part(text: str, words: list[str]) -> list[Span]:
    days: list[int] = []
    spans: list[Span] = []
    for word in words:
        if times := _TIMES.fullmatch(word):
            begins, ends = _times(times)
            spans += [Span(day * DAY + begins, day * DAY + ends) for day in days or range(7)]
        elif not spans and (named := _DAYS.fullmatch(word.lower())):
            days += _named_days(named[1], named[2] or named[1])
        else:
            raise ValueError(f"{word!r} is neither a day nor hours; {ACCEPTED}")
    if not spans:
        raise ValueError(f"{' '.join(words) or text!r} has no hours; {ACCEPTED}")
    return spans


def _times(times: re.Match[str]) -> tuple[int, int]:
    begins, ends = (int(times[at]) * 60 + int(times[at + 1] or 0) for at in (1, 3))
    wrong = begins >= DAY or ends > DAY or any(int(times[at] or 0) > 59 for at in (2, 4))
    if wrong:
        raise ValueError(f"{times[0]} is no time of day; {ACCEPTED}")
    if begins == ends:
        raise ValueError(f"{times[0]} ends when it begins; {ACCEPTED}")
    return begins, ends if ends > begins else ends + DAY


def _named_days(first: str, last: str) -> list[int]:
    numbers = []
    for name in (first, last):
        found = [number for whole, number in _WHOLE.items() if whole == name or whole[:3] == name]
        if not found:
            raise ValueError(f"{name!r} is not a day; {ACCEPTED}")
        numbers.append(found[0])
    begin, end = numbers
    return [day % 7 for day in range(begin, end + 1 if end >= begin else end + 8)]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same stretches in order, without overlaps, cut where the week ends."""
    cut: list[Span] = []
    for span in spans:
        if span.end > WEEK:
            cut += [Span(span.start, WEEK), Span(0, min(span.end - WEEK, WEEK))]
        else:
            cut.append(span)
    found: list[Span] = []
    for span in sorted(cut):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def uncovered(people: Iterable[OnDuty]) -> tuple[Span, ...]:
    """The stretches of a week in which none of them is on, Sunday night joined with Monday; none covers nothing."""
    covered = merged(span for person in people for span in read_hours(person.hours))
    edges = [0, *(edge for span in covered for edge in span), WEEK]
    found = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    if len(found) > 1 and found[0].start == 0 and found[-1].end == WEEK:
        first = found.pop(0)
        found[-1] = Span(found[-1].start, WEEK + first.end)
    return tuple(found)


def duty(person: OnDuty, moment: datetime, zone: tzinfo) -> Duty:
    """Whether somebody is on at a moment, on the wall clock of `zone`, and when that changes."""
    spans = read_hours(person.hours)
    if spans == (Span(0, WEEK),):
        return Duty(True, None)
    wall = moment.astimezone(zone).replace(tzinfo=None)
    monday = wall.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=wall.weekday())
    minute = wall.weekday() * DAY + wall.hour * 60 + wall.minute
    now = next((span for span in spans if span.start <= minute < span.end), None)
    if now is None:
        starts = [span.start for span in spans]
        change = next((start for start in starts if start > minute), starts[0] + WEEK)
    else:
        change = WEEK + spans[0].end if now.end == WEEK and spans[0].start == 0 else now.end
    return Duty(now is not None, (monday + timedelta(minutes=change)).replace(tzinfo=zone))


def on_now(person: OnDuty, moment: datetime, zone: tzinfo) -> bool:
    """True when somebody is on at a moment."""
    return duty(person, moment, zone).on


def until(person: OnDuty, moment: datetime, zone: tzinfo) -> datetime | None:
    """When somebody who is on goes off; None for one who is off, or always on."""
    found = duty(person, moment, zone)
    return found.change if found.on else None


def duty_text(person: OnDuty, moment: datetime, zone: tzinfo) -> str:
    """`on until 08:00`, `off now: next on Mon 08:00`, `on, 24/7`, or `hours not given`."""
    found = duty(person, moment, zone)
    if found.change is None:
        return "on, 24/7" if person.hours else "hours not given"
    near = found.change - moment < timedelta(hours=24)
    when = f"{found.change:%H:%M}" if near else f"{DAYS[found.change.weekday()]} {found.change:%H:%M}"
    return f"on until {when}" if found.on else f"off now: next on {DAYS[found.change.weekday()]} {found.change:%H:%M}"


def _wall(minute: int) -> str:
    day, rest = divmod(minute % WEEK, DAY)
    return f"{DAYS[day]} {rest // 60:02}:{rest % 60:02}"
