"""Facts that are used and not defined."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import Place
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.steps.ask import Ask


class UndefinedFact(Rule):
    """A text, a condition, a question or an approval names a fact that is not defined.

    Bad:
    ```yaml
    messages:
      thanks:
        stage: thanks
        for: [customers]
        to: [website]
        approve: [lead]
        text:
          page:
            en:
              - thanks: Thank you for your patience until {{ next_updat }}.
    ```
    Good:
    ```yaml
    messages:
      thanks:
        stage: thanks
        for: [customers]
        to: [website]
        approve: [lead]
        text:
          page:
            en:
              - thanks: Thank you for your patience until {{ next_update }}.
    ```
    """

    NAME = "undefined-fact"
    CODE = "R305"
    EFFECT = "Nobody is ever asked for it, so the text or the step waits for ever."
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        facts = book.runbook.facts
        if not {slot.name for _, slot, _ in book.slots} <= facts.keys():
            for _, slot, place in book.slots:
                if slot.name not in facts:
                    span = book.stretch(place, slot.start, slot.end)
                    yield self.undefined(book, "facts", slot.name, place, span=span)
        for atom in book.atoms:
            if atom.kind == "fact" and atom.name not in facts:
                yield self.undefined(book, "facts", atom.name, atom.name_place, key=atom.named_by_key)
        for name, where in _asked(book):
            if name not in facts:
                yield self.undefined(book, "facts", name, where)


def _asked(book: Book) -> Iterator[tuple[str, Place]]:
    for place, step in book.steps:
        for index, name in enumerate(step.ask if isinstance(step, Ask) else ()):
            yield name, (*place, "ask", index)
    for message_id, message in book.runbook.messages.items():
        for index, name in enumerate(message.pre_approved.may_vary if message.pre_approved else ()):
            yield name, ("messages", message_id, "pre_approved", "may_vary", index)
    for clock, noun in book.runbook.clocks.items():
        if noun.told is not None:
            yield noun.told, ("clocks", clock, "told")
