"""Steps that are named and not there."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from crisiscli.loader.findings import Place, meant, nearest
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule, Spelling
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
    SPELLS = True

    def check(self, book: Book) -> Iterator[Problem]:
        steps, decisions = _steps(book), _decisions(book)
        for name, place in _needed(book, steps):
            what, cure = f"There is no step `{name}`.", meant(name, list(steps), "Known are")
            yield self.at(book, place, what, cure, here="not there", others=_near(book, name, steps))
        for name, place in _decided(book, decisions):
            what = f"`{name}` is not a step that decides something."
            cure = meant(name, list(decisions), "Decisions are") or "Add a step with `decide:`."
            yield self.at(book, place, what, cure, here="decides nothing", others=_near(book, name, decisions))

    def misspelt(self, book: Book) -> Iterator[Spelling]:
        steps, decisions = _steps(book), _decisions(book)
        for known, lost in ((steps, _needed(book, steps)), (decisions, _decided(book, decisions))):
            for name, place in lost:
                guess = nearest(name, known)
                if guess and name not in steps:
                    yield Spelling(place, name, guess)


def _steps(book: Book) -> dict[str, Place]:
    return {step.id: place for place, step in book.steps}


def _decisions(book: Book) -> dict[str, Place]:
    return {step.id: place for place, step in book.steps if isinstance(step, Decide)}


def _needed(book: Book, steps: Container[str]) -> Iterator[tuple[str, Place]]:
    """Names of steps that are not there, in `needs`."""
    for place, step in book.steps:
        for index, name in enumerate(step.needs):
            if name not in steps:
                yield name, (*place, "needs", index)


def _decided(book: Book, decisions: Container[str]) -> Iterator[tuple[str, Place]]:
    """Names in conditions of what is no decision."""
    for atom in book.atoms:
        if atom.kind == "decided" and atom.name not in decisions:
            yield atom.name, atom.name_place


def _near(book: Book, name: str, places: Mapping[str, Place]) -> list[Label]:
    guess = nearest(name, places)
    return [Label(book.document.span((*places[guess], "id")), "nearest definition")] if guess else []
