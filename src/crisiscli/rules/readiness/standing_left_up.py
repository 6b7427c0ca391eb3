"""Texts that stay up for ever."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.channels import CHANNELS
from crisiscli.loader.findings import Place, listed
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.course import Stop
from crisiscli.speech import Speech
from crisiscli.steps.switch import Switch

LAST_WORDS = ("all_clear", "light", "thanks", "lessons", "closure", "education")
"""Stages whose words may stay up: with them it is over, or they are about something else."""


class StandingLeftUp(Rule):
    """A text goes to a channel where it stays up (a banner, a hotline prompt), and nothing after it replaces it or says
    to take it down.

    A later message on the same channel replaces it; an all-clear or a closing word may stay. A step or a follow-up that
    says to take things down, in any language of the phrase lists (`take_down`), is enough for all of them.

    Bad:
    ```yaml
    messages:
      reminder:
        stage: status
        for: [offline_customers]
        to: [branch]
        approve: [lead]
        text:
          page:
            en:
              - still: The app still does not open.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - apology: We apologise for the long wait.
              - next_update: More at {{ next_update }}.
    follow_ups:
      - id: remind
        at: T+4d
        role: press
        send: [reminder]
    ```
    Good:
    ```yaml
    messages:
      reminder:
        stage: status
        for: [offline_customers]
        to: [branch]
        approve: [lead]
        text:
          page:
            en:
              - still: The app still does not open.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - apology: We apologise for the long wait.
              - next_update: More at {{ next_update }}.
    follow_ups:
      - id: remind
        at: T+4d
        role: press
        send: [reminder]
      - id: take-reminder-down
        at: T+5d
        role: press
        do: Take the reminder down in every branch.
    ```
    """

    NAME = "standing-left-up"
    CODE = "H916"
    LEVEL = "warning"
    EFFECT = "A warning that stands there a week later is a new mistake, and calls come in because of it."

    def check(self, book: Book) -> Iterator[Problem]:
        last = _left(book)
        if not last or any(isinstance(step, Switch) for _, step in book.steps):
            return
        downs = _taken_down(book, min(stop.number for stop in last.values()))
        by_message: dict[str, list[str]] = {}
        for (channel, message), stop in last.items():
            if stop.number > downs:
                by_message.setdefault(message, []).append(channel)
        for message, channels in by_message.items():
            stop = last[channels[0], message]
            what = f"`{message}` stays up on {listed(channels).replace(' or ', ' and ')}, and nothing takes it down."
            cure = (
                f"Send a later message there too, or add a step after `{stop.id}` that says so: "
                '"Take the banner, the pinned post and the hotline prompt down."'
            )
            sent = [Label(book.document.span((*stop.place, "send")), "sent here, and nothing follows")]
            place: Place = ("messages", message, "to")
            yield self.at(book, place, what, cure, here="stays up", others=sent)


def _left(book: Book) -> dict[tuple[str, str], Stop]:
    """By standing channel, the last message on it and the stop that sends it, where it is no last word."""
    last: dict[str, tuple[str, Stop]] = {}
    insiders = book.runbook.insiders()
    for stop in book.course.stops:
        for name in stop.send:
            message = book.runbook.messages.get(name)
            if message is None or (message.for_ and set(message.for_) <= insiders):
                continue
            for channel in book.channels(message):
                if channel in CHANNELS and CHANNELS[channel].standing:
                    last[channel] = name, stop
    return {
        (channel, name): stop
        for channel, (name, stop) in last.items()
        if book.runbook.messages[name].stage not in LAST_WORDS
    }


def _taken_down(book: Book, after: int) -> int:
    """The number of the last stop from there on that says to take something down; -1 when none does."""
    lists = [lists["take_down"] for lists in book.around.phrases.values() if "take_down" in lists]
    if not lists:
        return len(book.course.stops)
    said = [(stop.number, _words(stop)) for stop in book.course.stops if stop.number >= after]
    speech = Speech(said)
    return max((number for phrases in lists for number, _, _, _ in speech.find(phrases)), default=-1)


def _words(stop: Stop) -> str:
    step = stop.step
    return " ".join(getattr(step, key, None) or "" for key in ("do", "why", "say", "release"))
