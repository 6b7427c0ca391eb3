"""Promised times that start no clock."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.saying.vocabulary import NEXT


class NoPromiseOfNextWord(Rule):
    """A text says when the next word comes, with a time that is not marked as a promise. The program then starts no
    clock for it: nobody is warned before the hour passes, and the report does not count whether it was kept. The time
    of the next word is the one promise that is always ours to keep.

    Bad:
    ```yaml
    facts:
      next_update:
        ask: When do we speak next?
        type: time
        longest: "23:59"
    ```
    Good:
    ```yaml
    facts:
      next_update:
        ask: When do we speak next?
        type: time
        promise: true
        longest: "23:59"
    ```
    """

    NAME = "no-promise-of-next-word"
    CODE = "M809"
    EFFECT = "The hour passes in silence, and nobody here notices."

    def check(self, book: Book) -> Iterator[Problem]:
        loose = [name for name, fact in book.runbook.facts.items() if fact.type == "time" and not fact.promise]
        for name in loose:
            spoken = next(_spoken(book, name), None)
            if spoken is not None:
                saying, start, end = spoken
                here = Label(book.stretch(saying.place, start, end), "promised to the public here")
                what = f"`{name}` says when the next word comes, and is not marked as a promise."
                cure = "Add `promise: true` to it."
                yield self.at(book, ("facts", name), what, cure, key=True, here="no clock starts", others=[here])


def _spoken(book: Book, name: str) -> Iterator[tuple[Saying, int, int]]:
    """Where a fact is the time of the next word."""
    for saying in book.sayings:
        if saying.sentence.label in NEXT.labels and name in saying.sentence.text:
            for slot in saying.sentence.slots():
                if slot.name == name:
                    yield saying, slot.start, slot.end
