"""Audiences whose first word is planned too late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisiscli.problem import Label, Problem
from crisiscli.rules.audiences.front_line_after_customers import outrun
from crisiscli.rules.audiences.words_out import WordOut, hears, insiders, spoken_time, unclear, words_out
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book

FRONT_LINE = 15
"""Minutes from T0 to the brief of the front line: the first public word is due by then, and they hear it no later."""
EVERYBODY = 60
"""Minutes from T0 in which every audience has a first word: an hour at most, by all means, as customers asked after a
bank was silent for two."""


class LateWord(Rule):
    """By the times written beside the steps, an audience hears nothing in the first 60 minutes after T0, or our own
    people get their brief later than 15 minutes after it. A public channel that an audience looks at counts also when
    the message there is meant for others. A step without `by:` is not counted against anybody. How soon the very
    first public word goes out is told by `first-fifteen-gap`.

    Bad:
    ```yaml
    phases:
      - id: later
        title: The first hours
        steps:
          - id: explain
            by: T+75m
            role: press
            send: [explanation]
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        approve: [lead]
        text:
          page:
            en:
              - empathy: You cannot get into our app, and we are sorry.
              - checking: We do not know the cause yet. We are looking into it.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours on our website.
    ```
    Good:
    ```yaml
    phases:
      - id: later
        title: The first hours
        steps:
          - id: explain
            by: T+45m
            role: press
            send: [explanation]
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        approve: [lead]
        text:
          page:
            en:
              - empathy: You cannot get into our app, and we are sorry.
              - checking: We do not know the cause yet. We are looking into it.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours on our website.
    ```
    """

    NAME = "late-word"
    CODE = "A408"
    LEVEL = "warning"
    EFFECT = "By then people have an explanation, and it is somebody else's."

    def check(self, book: Book) -> Iterator[Problem]:
        sent = words_out(book)
        late: list[tuple[str, WordOut, int]] = []
        own = set(insiders(book))
        for name in book.runbook.audiences:
            limit = FRONT_LINE if name in own else EVERYBODY
            first = _first_after(book, name, sent, limit)
            if first is not None:
                late.append((name, first, limit))
        if late and unclear(book):
            return
        # when even the first public word is late, that is told elsewhere, and once
        others = [name for name, *_ in late if name not in own]
        everybody = len(others) == len(book.runbook.audiences) - len(own)
        for name, first, limit in late:
            if not everybody if name not in own else outrun(book, name, sent)[1] is None:
                yield self._late(book, name, first, limit)

    def _late(self, book: Book, name: str, first: WordOut, limit: int) -> Problem:
        what = f"`{name}` hears its first word at {spoken_time(first.minutes or 0)}, and T+{limit}m is the limit."
        cure = f"Send `{first.message}`, or an earlier message for them, in a step that is due by T+{limit}m."
        shown = [Label(book.document.span(("audiences", name), key=True), "these people wait")]
        return self.at(book, first.due, what, cure, others=shown)


def _first_after(book: Book, audience: str, sent: Sequence[WordOut], limit: int) -> WordOut | None:
    """The first word an audience hears, when it comes after the limit; None when the first has no time of its own."""
    first: WordOut | None = None
    for one in sent:
        if (first is None or one.minutes is not None) and hears(book, audience, one.message):
            if one.minutes is None or one.minutes <= limit:
                return None
            first = one if first is None or one.minutes < (first.minutes or 0) else first
    return first
