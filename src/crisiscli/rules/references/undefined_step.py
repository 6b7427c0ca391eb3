"""Steps that are named and not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crisiscli.loader.findings import Place, meant, nearest
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.steps.decide import Decide


class UndefinedStep(Rule):
    """`needs` or a `decided` condition names a step that is not there, or one that decides nothing.

    Bad:
    ```yaml
    phases:
      - id: first
        title: First
        steps:
          - id: stop
            do: Stop the sending.
          - id: speak
            needs: [stopp]
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

    NAME = "undefined-step"
    CODE = "R303"
    EFFECT = "It would wait for something that never comes."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        steps = {step.id: place for place, step in book.steps}
        decisions = {step.id: place for place, step in book.steps if isinstance(step, Decide)}
        for place, step in book.steps:
            for index, name in enumerate(step.needs):
                if name not in steps:
                    what, cure = f"There is no step `{name}`.", meant(name, list(steps), "Known are")
                    near = _near(book, name, steps)
                    yield self.at(book, (*place, "needs", index), what, cure, here="not there", others=near)
        for atom in book.atoms:
            if atom.kind == "decided" and atom.name not in decisions:
                what = f"`{atom.name}` is not a step that decides something."
                cure = meant(atom.name, list(decisions), "Decisions are") or "Add a step with `decide:`."
                others = _near(book, atom.name, decisions)
                yield self.at(book, atom.name_place, what, cure, here="decides nothing", others=others)


def _near(book: Book, name: str, places: Mapping[str, Place]) -> list[Label]:
    guess = nearest(name, places)
    return [Label(book.document.span((*places[guess], "id")), "nearest definition")] if guess else []
