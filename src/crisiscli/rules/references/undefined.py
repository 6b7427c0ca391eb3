"""Undefined: base of the rules about names that a block of the runbook should define and does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from crisiscli.loader.findings import Place, meant, nearest
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Profile, Rule, Spelling
from crisiscli.rules.book import Book
from crisiscli.sentences import Slot


class Name(NamedTuple):
    """A name that stands somewhere: as a value, a `key`, or a `slot` of a sentence. `but` is what it cannot mean."""

    word: str
    place: Place
    key: bool = False
    slot: Slot | None = None
    but: str = ""


class Undefined(Rule):
    """A rule names the BLOCK and its entries' KIND, and gives the names that stand elsewhere."""

    BLOCK: ClassVar[str]
    KIND: ClassVar[str]
    """What an entry is called: `a role`."""
    SINCE: ClassVar[Profile] = "draft"
    SPELLS = True

    def named(self, book: Book) -> Iterable[Name]:
        """Every name of this kind in the order of telling; those that are certainly defined may be left out."""
        raise TypeError(f"{type(self).__name__} knows no names")

    def check(self, book: Book) -> Iterator[Problem]:
        for name in self._lost(book):
            known = self._known(book, name)
            guess = nearest(name.word, known)
            others = [Label(book.document.span((self.BLOCK, guess), key=True), "nearest definition")] if guess else []
            span = book.stretch(name.place, name.slot.start, name.slot.end) if name.slot else None
            what = f"`{name.word}` is not {self.KIND} of this runbook."
            cure = meant(name.word, known, "Known are") or f"Define it under `{self.BLOCK}:`."
            yield self.at(book, name.place, what, cure, key=name.key, span=span, here="not defined", others=others)

    def misspelt(self, book: Book) -> Iterator[Spelling]:
        for name in self._lost(book):
            guess = nearest(name.word, self._known(book, name))
            if guess and name.slot is None:
                yield Spelling(name.place, name.word, guess, name.key)

    def _known(self, book: Book, name: Name) -> list[str]:
        return [one for one in getattr(book.runbook, self.BLOCK) if one != name.but]

    def _lost(self, book: Book) -> Sequence[Name]:
        """The names that are not there; what is written and could not be read is told where it stands."""
        known = getattr(book.runbook, self.BLOCK)
        lost = [name for name in self.named(book) if name.word not in known]
        value = book.document.value
        written = value.get(self.BLOCK) if lost and isinstance(value, dict) else None
        if written is None:
            return lost
        return [name for name in lost if name.word not in written] if isinstance(written, dict) else []
