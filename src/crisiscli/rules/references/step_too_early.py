"""Steps that look at what only comes after them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.course import Stop
from crisiscli.rules.references.possible import Possible, looks
from crisiscli.rules.references.step_cycle import circle_from, waiting


class StepTooEarly(Rule):
    """A step waits for something that only a later step brings: its `needs`, or a decision, a fact or a message in
    its `when`.

    Steps are walked from top to bottom. A step that depends on a later one is shown before anybody can know whether
    it applies.

    Bad:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: stop
            by: T+2m
            role: it
            when:
              decided: same-channel
              is: now
            do: Stop the sending.
            answer: What stands still now
    ```
    Good:
    ```yaml
    phases:
      - id: later
        title: The first hours
        steps:
          - id: pace
            role: it
            when:
              decided: same-channel
              is: now
            do: Slow the sending down.
            answer: What stands still now
    ```
    """

    NAME = "step-too-early"
    CODE = "R318"
    LEVEL = "warning"
    EFFECT = "She stands before a step that nobody can answer yet, and has to come back to it."

    def check(self, book: Book) -> Iterator[Problem]:
        for stop in book.course.stops:
            needs = getattr(stop.step, "needs", ())
            if (stop.when is None and not needs) or circle_from(stop.id, waiting(book)):
                continue
            if stop.when is not None:
                yield from self._when(book, stop)
            for index, name in enumerate(needs):
                other = next((one for one in book.course.stops if one.id == name), None)
                if other is not None and other.number > stop.number:
                    what = f"The step `{stop.id}` needs `{name}`, which comes after it."
                    yield self._told(book, stop, [(f"step {name}", other)], what, index)

    def _when(self, book: Book, stop: Stop) -> Iterator[Problem]:
        later = _later(book, stop)
        if not later:
            return
        fixed: dict[str, list[Any]] = {name: [False if name.startswith("sent ") else None] for name, _ in later}
        if Possible(book, fixed).holds([stop.when]) or not Possible(book).holds([stop.when]):
            return
        first = later[0]
        own = first[1].number == stop.number
        brought = "is brought by this very step" if own else f"only comes with the later step `{first[1].id}`"
        what = f"The step `{stop.id}` looks at `{first[0].split(' ')[1]}`, which {brought}."
        yield self._told(book, stop, later, what)

    def _told(
        self, book: Book, stop: Stop, later: list[tuple[str, Stop]], what: str, index: int | None = None
    ) -> Problem:
        place = (*stop.place, "when") if index is None else (*stop.place, "needs", index)
        others = [
            Label(book.document.span((*other.place, "id")), "comes later")
            for other in {other.number: other for _, other in later}.values()
            if other.number != stop.number
        ]
        cure = f"Move `{stop.id}` below `{later[0][1].id}`, or take the condition out."
        return self.at(book, place, what, cure, key=index is None, here="looked at here", others=others)


def _later(book: Book, stop: Stop) -> list[tuple[str, Stop]]:
    """What the `when` of a step looks at that no step before it brings, but this or a later one does."""
    course = book.course
    found: list[tuple[str, Stop]] = []
    for name in dict.fromkeys(name for name, _ in looks(stop.when)):
        kind, _, rest = name.partition(" ")
        if kind == "fact":
            spoken = any(
                slot.name == rest and _is_sent_before(book, text.message, stop) for text, slot, _ in book.slots
            )
            brings = [] if spoken else course.asked.get(rest, [])
        elif kind == "decided":
            brings = [course.decided[rest]] if rest in course.decided else []
        else:
            brings = course.sent.get(rest.partition(" ")[0], []) if kind == "sent" else []
        if brings and brings[0].number >= stop.number:
            found.append((name, brings[0]))
    return found


def _is_sent_before(book: Book, message: str, stop: Stop) -> bool:
    """True when an earlier step sends the message: the walk then asks for what its words need."""
    return any(other.number < stop.number for other in book.course.sent.get(message, ()))
