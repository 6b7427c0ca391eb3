"""Undefined: base of the rules about names that a block of the runbook should define and does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from crisiscli.loader.findings import Place, meant, nearest
from crisiscli.problem import Label, Problem, Span
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


MANY = 3
"""Places of a name that is not there, from which on its definition, which nothing names, counts as the misspelt one."""


class Undefined(Rule):
    """A rule names the BLOCK and its entries' KIND, and gives the names that stand elsewhere."""

    BLOCK: ClassVar[str]
    KIND: ClassVar[str]
    """What an entry is called: `a role`."""
    SINCE: ClassVar[Profile] = "draft"
    SPELLS = True

    def named(self, book: Book) -> Iterable[Name]:
        """Every name of this kind in the order of telling; none at all where all of them are certainly defined."""
        raise TypeError(f"{type(self).__name__} knows no names")

    def check(self, book: Book) -> Iterator[Problem]:
        lost: dict[tuple[str, str], list[Name]] = {}
        for name in self._lost(book):
            lost.setdefault((name.word, self.guess(book, name)), []).append(name)
        used = {name.word for name in self.named(book)} if lost else set()
        for (word, guess), names in lost.items():
            if guess and guess not in used and len(names) >= MANY:
                yield self._renamed(book, word, guess, names)
            else:
                yield from (self._told(book, name, guess) for name in names)

    def _told(self, book: Book, name: Name, guess: str) -> Problem:
        others = [Label(book.document.span((self.BLOCK, guess), key=True), "nearest definition")] if guess else []
        what = f"`{name.word}` is not {self.KIND} of this runbook."
        cure = f"Did you mean `{guess}`?" if guess else meant(name.word, self._known(book, name), "Known are")
        cure = cure or f"Define it under `{self.BLOCK}:`."
        span = _span(book, name)
        return self.at(book, name.place, what, cure, span=span, here="not defined", others=others)

    def _renamed(self, book: Book, word: str, guess: str, names: Sequence[Name]) -> Problem:
        """One Problem for a definition under another name than the one that is used everywhere."""
        others = [Label(_span(book, name), "named here") for name in names[:MANY]]
        what = f"`{word}` is not {self.KIND} of this runbook, and nothing names `{guess}`."
        cure = f"Call `{guess}` here `{word}`, as in the {len(names)} places that name it."
        return self.at(
            book, (self.BLOCK, guess), what, cure, key=True, here="defined under another name", others=others
        )

    def misspelt(self, book: Book) -> Iterator[Spelling]:
        for name in self._lost(book):
            guess = self.guess(book, name)
            if guess and name.slot is None:
                yield Spelling(name.place, name.word, guess, name.key)

    def guess(self, book: Book, name: Name) -> str:
        """The entry that was most likely meant, or ""."""
        return nearest(name.word, self._known(book, name))

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


def _span(book: Book, name: Name) -> Span:
    if name.slot is not None:
        return book.stretch(name.place, name.slot.start, name.slot.end)
    return book.document.span(name.place, key=name.key)
