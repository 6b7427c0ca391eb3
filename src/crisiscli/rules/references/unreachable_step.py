"""Steps that never come."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.references.clashing import CURE, clash, labels, span, words


class UnreachableStep(Rule):
    """The `when` of a step or a follow-up cannot hold, whatever people answer and decide.

    Usually two lines exclude one another: a fact is wanted to be yes and no at once, or a decision is wanted whose own
    step comes only when this one does not. All answers of yes-no facts, choices and decisions are tried; a signal
    and a message that is sent may always be there.

    Bad:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: warn-bank
            role: it
            when:
              - is_attack: yes
              - decided: same-channel
                is: now
              - fact: is_attack
                is_not: yes
            do: Call the other banks.
    ```
    Good:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: warn-bank
            role: it
            when:
              - is_attack: yes
              - decided: same-channel
                is: now
            do: Call the other banks.
    ```
    """

    NAME = "unreachable-step"
    CODE = "R317"
    EFFECT = "The step stands undecided until the answers are in, and then falls away: nobody ever does it."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        for stop in book.course.stops:
            found = clash(book, [(stop.when, (*stop.place, "when"))]) if stop.when is not None else []
            if found:
                kind = "follow-up" if stop.is_follow_up else "step"
                what = f"The {kind} `{stop.id}` can never apply: its conditions on {words(found)} exclude one another."
                yield self.at(
                    book, found[0][0], what, CURE, span=span(book, found[0][0]), here="this", others=labels(book, found)
                )
