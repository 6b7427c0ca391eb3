"""Which facts a message waits for when it is sent, and which of its sentences are never said without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any, NamedTuple

from crisiscli.conditions import UNKNOWN
from crisiscli.loader.findings import Place
from crisiscli.problem import Span
from crisiscli.rules.book import Book
from crisiscli.rules.references.possible import Possible, looks
from crisiscli.sentences import Sentence, Slot


class Need(NamedTuple):
    """One sentence that cannot do without a fact. The text waits for it, or goes `without` the sentence."""

    fact: str
    message: str
    label: str
    place: Place
    slot: Slot | None
    without: bool

    def span(self, book: Book) -> Span:
        """The slot, or the key of the condition or the sentence that looks at the fact."""
        if self.slot is not None:
            return book.stretch(self.place, self.slot.start, self.slot.end)
        return book.document.span(self.place, key=True)


def needs(book: Book, late: Mapping[str, Set[str]]) -> Iterator[Need]:
    """The first sentence of each message that needs each of its facts in `late`, in the languages that must go."""
    told: set[tuple[str, str, bool]] = set()
    known: dict[tuple[str, str, str], tuple[bool, bool]] = {}
    for text, sentence, place in book.sayings:
        facts = late.get(text.message)
        if not facts or text.language not in book.runbook.languages.must:
            continue
        for fact, where, slot in _looked_at(book, sentence, place, facts):
            key = (sentence.label, repr(sentence.when), fact)
            if key not in known:
                known[key] = _judged(book, sentence, fact)
            waits, without = known[key]
            if (waits or without) and (text.message, fact, without and not waits) not in told:
                told.add((text.message, fact, without and not waits))
                yield Need(fact, text.message, sentence.label, where, slot, not waits)


def _looked_at(
    book: Book, sentence: Sentence, place: Place, facts: Set[str]
) -> Iterator[tuple[str, Place, Slot | None]]:
    """Each of the facts that a sentence speaks, or that decides whether it is said, with where that stands."""
    for slot in sentence.slots() if "{{" in sentence.text else ():
        if slot.name in facts:
            yield slot.name, place, slot
    if sentence.when is not None:
        for name in sorted(compared(sentence.when) & facts):
            yield name, (*place[:-1], "when"), None
    element = book.runbook.elements.get(sentence.label)
    if element is not None:
        for name in sorted(compared(element.needs) & facts):
            yield name, place, None


def _judged(book: Book, sentence: Sentence, fact: str) -> tuple[bool, bool]:
    """Whether the text waits while nobody knows the fact, and whether the sentence is then never said."""
    element = book.runbook.elements.get(sentence.label)
    conditions = [one for one in (sentence.when, element.needs if element else None) if one is not None]
    may_go = element is not None and element.if_unknown == "leave_out"
    spoken = "{{" in sentence.text and any(slot.name == fact for slot in sentence.slots())
    unsaid = not Possible(book, {f"fact {fact}": [None]}).holds(conditions)
    if spoken:
        without = may_go or unsaid
        return not without, without
    return not may_go and _undecided(book, conditions, fact), unsaid


def compared(condition: Any) -> set[str]:
    """The facts a condition looks at, those left out that it only asks whether they are unknown."""
    found = set()
    for name, comparison in looks(condition):
        kind, _, fact = name.partition(" ")
        if kind == "fact" and comparison.get("is") != UNKNOWN:
            found.add(fact)
    return found


def _undecided(book: Book, conditions: list[Any], fact: str) -> bool:
    """True when a sentence can stay undecided while nobody knows the fact and everything else is known."""
    known = {
        name: [None] if name == f"fact {fact}" else [value for value in values if value is not None] or [None]
        for name, values in Possible(book).values(conditions).items()
    }
    return Possible(book, known).holds([conditions], value=None)
