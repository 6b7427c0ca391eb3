"""Words out: when each step sends what, by the times written beside the steps, and which audiences hear it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

from crisiscli.clocks import duration
from crisiscli.loader.findings import Place
from crisiscli.rules.book import Book
from crisiscli.rules.course import Stop
from crisiscli.timing import FollowUp


class WordOut(NamedTuple):
    """One message that one step sends. `minutes` counts from T0; None for a step without a time of its own."""

    number: int
    place: Place
    minutes: float | None
    message: str

    @property
    def due(self) -> Place:
        """Where its time stands."""
        return (*self.place, "at" if self.place[0] == "follow_ups" else "by")


def words_out(book: Book) -> list[WordOut]:
    """Everything the steps and follow-ups send, in walking order.

    A plain duration counts from the opening of its step, which is not before the latest time named above it.
    """
    found: list[WordOut] = []
    messages = book.runbook.messages
    for stop in book.course.stops:
        if stop.send:
            minutes = _minutes_of(book, stop)
            found += [WordOut(stop.number, stop.place, minutes, name) for name in stop.send if name in messages]
    return found


def _minutes_of(book: Book, stop: Stop) -> float | None:
    text = _time(stop)
    if text is None:
        return None
    if text.startswith("T+"):
        return _minutes(text)
    above = [_time(one) or "" for one in book.course.stops[: stop.number]]
    return _minutes(text) + max((_minutes(one) for one in above if one.startswith("T+")), default=0.0)


def _time(stop: Stop) -> str | None:
    return stop.step.at if isinstance(stop.step, FollowUp) else stop.step.by


def hears(book: Book, audience: str, message: str) -> bool:
    """Whether an audience hears a message: it is meant for it, or stands in public where the audience looks."""
    noun, reached_by = book.runbook.messages[message], book.runbook.audiences[audience].reached_by
    shared = [channel for channel in book.channels(noun) if channel in reached_by]
    if not shared or audience in noun.for_:
        return bool(shared)
    return is_public(book, message) and any(_broadcast(channel) for channel in shared)


def unclear(book: Book) -> bool:
    """Whether a name in `for:`, `to:` or `reached_by:` leads nowhere: who hears what is known once that is mended."""
    from crisiscli.channels import CHANNELS

    audiences = book.runbook.audiences
    messages = book.runbook.messages.values()
    ways = [message.to for message in messages] + [audience.reached_by for audience in audiences.values()]
    return (
        any(channel not in CHANNELS for way in ways for channel in way)
        or any(name not in audiences for message in messages for name in message.for_)
        or ("wrong-value" in book.found and not all(audience.reached_by for audience in audiences.values()))
    )


def is_public(book: Book, message: str) -> bool:
    """Whether somebody outside the company gets it."""
    audiences = book.runbook.audiences
    meant_for = book.runbook.messages[message].for_
    return any(name in audiences and not audiences[name].told_before_or_with for name in meant_for)


def insiders(book: Book) -> Iterator[str]:
    """The audiences that must hear it no later than others, in the order of the file."""
    return (name for name, audience in book.runbook.audiences.items() if audience.told_before_or_with)


def spoken_time(minutes: float) -> str:
    """`T+45m`, `T+2h`, `T+1h30m`."""
    whole = round(minutes)
    hours, rest = divmod(whole, 60)
    return f"T+{hours}h{rest}m" if hours and rest else f"T+{hours}h" if hours else f"T+{rest}m"


@functools.lru_cache(maxsize=1024)
def _minutes(text: str) -> float:
    try:
        return duration(text.removeprefix("T+")).total_seconds() / 60
    except ValueError:
        return 0.0


@functools.cache
def _broadcast(channel: str) -> bool:
    from crisiscli.channels import CHANNELS

    return channel in CHANNELS and not CHANNELS[channel].addressed
