"""Hand-overs that cannot be done in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from crisiscli.clocks import duration
from crisiscli.config import Binding, Config
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.course import Stop


class HandoverTooLong(Rule):
    """A message is due sooner than the person who carries a channel needs to put it there.

    `crisis.yaml` says how long a hand-over `takes` by day and by night. If that is more than the whole time from T0 to
    the step's `by`, the words are late on that channel even when they are handed over at once. A spoken prompt that
    is ready under `prerecorded` only has to be switched on and is left out.

    Company:
    ```yaml
    channels:
      ivr: {who: Telco desk, takes: 14m}
    ```
    Bad:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: speak
            by: T+12m
            role: press
            send: [holding]
    ```
    Good:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: speak
            by: T+15m
            role: press
            send: [holding]
    ```
    """

    NAME = "handover-too-long"
    CODE = "H915"
    LEVEL = "warning"
    EFFECT = "People on that channel hear it too late, and the step looks done."

    def check(self, book: Book) -> Iterator[Problem]:
        config = book.around.config
        if config is None or not any(binding.takes for binding in config.channels.values()):
            return
        told: set[str] = set()
        for stop in book.course.stops:
            allowed = _allowed(stop)
            for message in stop.send if allowed is not None else ():
                for channel, when, text in _slower(book, config, message, allowed or timedelta()):
                    if channel not in told:
                        told.add(channel)
                        yield self._told(book, stop, message, channel, f"{text} by {when}")

    def _told(self, book: Book, stop: Stop, message: str, channel: str, takes: str) -> Problem:
        config = book.around.config
        who = config.binding(channel).who if config is not None else ""
        by = getattr(stop.step, "by", "")
        what = f"Putting `{message}` on `{channel}` takes {takes}, and the step `{stop.id}` wants it by {by}."
        cure = (
            f"Agree a faster way with {who or 'whoever carries it'} and put it into `takes:` in crisis.yaml, have the "
            "words ready there beforehand, or give the step the time it needs and reach these people another way first."
        )
        return self.at(book, (*stop.place, "by"), what, cure, here="sooner than it can be there")


def _allowed(stop: Stop) -> timedelta | None:
    """The time a step allows: from T0, or from its opening; None for one that is due at no time."""
    by = getattr(stop.step, "by", None)
    try:
        return duration(by.removeprefix("T+")) if by else None
    except ValueError:
        return None


def _slower(book: Book, config: Config, message: str, allowed: timedelta) -> Iterator[tuple[str, str, str]]:
    """The channels of a message that a person needs longer for: the channel, `day` or `night`, and how long."""
    noun = book.runbook.messages.get(message)
    for channel in book.channels(noun) if noun is not None else ():
        binding = config.binding(channel)
        if binding.provider != "manual" or _is_ready(book, binding, message):
            continue
        for when in ("day", "night"):
            if when in binding.takes and duration(binding.takes[when]) > allowed:
                yield channel, when, binding.takes[when]
                break


def _is_ready(book: Book, binding: Binding, message: str) -> bool:
    """Whether a prompt of the message was recorded in every language that must go."""
    ready = {one.language for one in binding.prerecorded if one.message == message}
    return bool(ready) and set(book.runbook.languages.must) <= ready
