"""Steps that wait for one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crisiscli.conditions import UNKNOWN
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class StepCycle(Rule):
    """Steps wait for one another in a circle, by `needs` or by a `when` that looks at a decision.

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
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        needs = waiting(book)
        if not any(needs.values()):
            return
        places = {step.id: place for place, step in book.steps}
        told: set[str] = set()
        for start in needs:
            circle = circle_from(start, needs)
            if circle and not told & set(circle):
                told |= set(circle)
                what = f"These steps wait for one another: {' -> '.join((*circle, start))}."
                key = "needs" if set(circle) & set(_needs(book, start)) else "when"
                cure = f"Take one `{key}` out: decide which of them comes first."
                others = [Label(book.document.span((*places[name], "id")), "waits too") for name in circle[1:]]
                yield self.at(book, (*places[start], key), what, cure, key=True, others=others)


def _needs(book: Book, name: str) -> tuple[str, ...]:
    return next((step.needs for _, step in book.steps if step.id == name), ())


def _decisions(condition: Any) -> Iterator[str]:
    """The decisions without which a condition cannot hold."""
    if isinstance(condition, list):
        for part in condition:
            yield from _decisions(part)
    elif isinstance(condition, dict) and "decided" in condition and condition.get("is") != UNKNOWN:
        yield str(condition["decided"])


def waiting(book: Book) -> dict[str, tuple[str, ...]]:
    """The steps each step waits for: its `needs`, and the decisions without which its `when` cannot hold."""
    return {
        step.id: (*step.needs, *_decisions(step.when)) if step.when is not None else step.needs
        for _, step in book.steps
    }


def circle_from(start: str, needs: dict[str, tuple[str, ...]]) -> list[str]:
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
