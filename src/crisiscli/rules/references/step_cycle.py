"""Steps that wait for one another."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class StepCycle(Rule):
    """Steps need one another in a circle.

    Bad:
    ```yaml
    phases:
      - id: first
        title: First
        steps:
          - id: stop
            needs: [speak]
            do: Stop the sending.
          - id: speak
            needs: [stop]
            send: [holding]
    ```
    Good:
    ```yaml
    phases:
      - id: first
        title: First
        steps:
          - id: stop
            do: Stop the sending.
          - id: speak
            needs: [stop]
            send: [holding]
    ```
    """

    NAME = "step-cycle"
    CODE = "R304"
    EFFECT = "Each would be shown as waiting for the other."

    def check(self, book: Book) -> Iterator[Problem]:
        needs = {step.id: step.needs for _, step in book.steps}
        places = {step.id: place for place, step in book.steps}
        told: set[str] = set()
        for start in needs:
            circle = _circle(start, needs)
            if circle and not told & set(circle):
                told |= set(circle)
                what = f"These steps wait for one another: {' -> '.join((*circle, start))}."
                cure = "Take one `needs` out."
                yield self.at(book, (*places[start], "needs"), what, cure, key=True)


def _circle(start: str, needs: dict[str, tuple[str, ...]]) -> list[str]:
    """The way from a step back to itself, or nothing."""
    came: dict[str, str] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for name in needs.get(here, ()):
            if name == start:
                way = [here]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1]
            if name not in came:
                came[name] = here
                waiting.append(name)
    return []
