"""Facts that are used and not defined."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.rules.book import Book
from crisiscli.rules.references.undefined import Name, Undefined
from crisiscli.steps.ask import Ask


class UndefinedFact(Undefined):
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
    BLOCK = "facts"
    KIND = "a fact"

    def named(self, book: Book) -> Iterator[Name]:
        names = {slot.name for _, slot, _ in book.slots}
        names.update(atom.name for atom in book.atoms if atom.kind == "fact")
        asked = list(_asked(book))
        if names <= book.runbook.facts.keys() and all(name.word in book.runbook.facts for name in asked):
            return
        for _, slot, place in book.slots:
            yield Name(slot.name, place, slot=slot)
        for atom in book.atoms:
            if atom.kind == "fact":
                yield Name(atom.name, atom.name_place, atom.named_by_key)
        yield from asked


def _asked(book: Book) -> Iterator[Name]:
    for place, step in book.steps:
        for index, name in enumerate(step.ask if isinstance(step, Ask) else ()):
            yield Name(name, (*place, "ask", index))
    for message_id, message in book.runbook.messages.items():
        for index, name in enumerate(message.pre_approved.may_vary if message.pre_approved else ()):
            yield Name(name, ("messages", message_id, "pre_approved", "may_vary", index))
    for clock, noun in book.runbook.clocks.items():
        if noun.told is not None:
            yield Name(noun.told, ("clocks", clock, "told"))
