"""Gaps in the first fifteen minutes."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from crisiscli.clocks import offset
from crisiscli.loader.findings import Place
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.steps.send import Send
from crisiscli.steps.switch import Switch

FIRST = 15
"""Minutes to the first public word: the call stood in under fifteen in the best-known case; see `first_word`."""
GAP = 6
"""Minutes without anything due that are still a plan: a call to open takes about five."""
UNPLACED = -1.0
"""A step whose time runs from its opening: nobody knows when that is."""


class FirstFifteenGap(Rule):
    """In the first fifteen minutes nothing is due for more than six of them, or no first word is due by the end.

    People search for an official word at once, and find somebody else's if ours is not there. Steps are placed by
    `by: T+9m`. When nothing in the first phase has a time, that is told instead.

    Bad:
    ```yaml
    phases: # all of them
      - id: first
        title: First fifteen minutes
        steps:
          - id: stop
            by: T+2m
            role: it
            do: Stop the sending.
            answer: What stands still now
          - id: on-the-call
            by: T+12m
            role: lead
            call: [lead, press, it, executive]
            target: call_open
          - id: know
            by: T+12m
            role: it
            ask: [is_attack, next_update, cause, repaired_by]
          - id: speak
            by: T+14m
            role: press
            send: [brief, holding]
          - id: explain
            by: T+45m
            role: press
            send: [explanation]
          - id: go-on
            by: T+90m
            role: press
            send: [status]
          - id: clear
            by: T+4h
            role: press
            send: [all_clear]
    ```
    Good:
    ```yaml
    phases: # all of them
      - id: first
        title: First fifteen minutes
        steps:
          - id: stop
            by: T+2m
            role: it
            do: Stop the sending.
            answer: What stands still now
          - id: on-the-call
            by: T+5m
            role: lead
            call: [lead, press, it, executive]
            target: call_open
          - id: know
            by: T+9m
            role: it
            ask: [is_attack, next_update, cause, repaired_by]
          - id: speak
            by: T+14m
            role: press
            send: [brief, holding]
          - id: explain
            by: T+45m
            role: press
            send: [explanation]
          - id: go-on
            by: T+90m
            role: press
            send: [status]
          - id: clear
            by: T+4h
            role: press
            send: [all_clear]
    ```
    """

    NAME = "first-fifteen-gap"
    CODE = "D618"
    LEVEL = "warning"
    EFFECT = "The minutes in which people look for our word pass without it."

    def check(self, book: Book) -> Iterator[Problem]:
        phases = book.runbook.phases
        if not phases:
            return
        if not any(step.by for step in phases[0].steps):
            what = f"Nothing in the first phase `{phases[0].title}` has a time."
            yield self.at(book, ("phases", 0, "id"), what, "Give each step when it is due, such as `by: T+5m`.")
            return
        yield from self._gaps(book)
        yield from self._first_word(book)

    def _gaps(self, book: Book) -> Iterator[Problem]:
        early = sorted((at, place) for place, step in book.steps if step.by and (at := _minutes(step.by)) <= FIRST)
        if early and early[0][0] == UNPLACED:
            return
        if not any(isinstance(step, Switch) for _, step in book.steps):
            early.append((FIRST, early[-1][1] if early else ("phases", 0)))
        earlier = 0.0
        before: Place | None = None
        for at, place in early:
            if at - earlier > GAP:
                others = [Label(book.document.span((*before, "by")), "the last one before")] if before else []
                what = f"From T+{earlier:g}m to T+{at:g}m nothing is due."
                cure = "Put a step there, or give a later step an earlier `by:`."
                yield self.at(book, (*place, "by"), what, cure, others=others if before != place else ())
            earlier, before = at, place

    def _first_word(self, book: Book) -> Iterator[Problem]:
        holding = {name for name, message in book.runbook.messages.items() if message.stage == "holding"}
        sends = [
            (_minutes(step.by or ""), place)
            for place, step in book.steps
            if isinstance(step, Send) and not holding.isdisjoint(step.send)
        ]
        if sends and min(sends)[0] > FIRST:
            at, place = min(sends)
            what = f"The first public word is due at T+{at:g}m, after the first fifteen minutes."
            cure = f"Send the holding message by T+{FIRST}m; what is not known yet, it says so."
            yield self.at(book, (*place, "by"), what, cure)


@functools.cache
def _minutes(by: str) -> float:
    """The minutes from T0; UNPLACED for a step whose time does not run from there."""
    try:
        return offset(by).total_seconds() / 60
    except ValueError:
        return UNPLACED
