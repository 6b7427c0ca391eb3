"""Rule: what looks for one kind of mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, NamedTuple

from crisiscli.loader.findings import Place
from crisiscli.problem import PROFILES, Fix, Label, Level, Problem, Profile, Span
from crisiscli.rules.book import Book

__all__ = ["PROFILES", "Profile", "Rule", "Spelling"]


class Spelling(NamedTuple):
    """A word at a place of the file, and the name it was meant to be. `key` when the word is the last key of it."""

    place: Place
    word: str
    meant: str
    key: bool = False


class Rule:
    """Looks for one kind of mistake. The docstring says which, and shows one `Bad:` and one `Good:` piece of YAML."""

    NAME: ClassVar[str]
    CODE: ClassVar[str]
    LEVEL: ClassVar[Level] = "error"
    EFFECT: ClassVar[str] = ""
    FIXES: ClassVar[str] = ""
    """What `--fix` does about it, in a few words; "" when a person must."""
    SINCE: ClassVar[Profile] = "ready"
    """The first profile that shows it: `draft` while a text is being written, `strict` only before it is signed."""

    SPELLS: ClassVar[bool] = False
    """True for a rule about names that are not there: it sees the file as written, the others as it was meant."""

    def misspelt(self, book: Book) -> Iterable[Spelling]:
        """Names that are not there and that are certainly meant for another one."""
        return ()

    def check(self, book: Book) -> Iterator[Problem]:
        """The Problems of this kind in one runbook."""
        raise TypeError(f"{type(self).__name__} looks for nothing")

    def at(
        self,
        book: Book,
        place: Place,
        what: str,
        cure: str = "",
        *,
        key: bool = False,
        span: Span | None = None,
        here: str = "",
        others: Iterable[Label] = (),
        fix: Fix | None = None,
    ) -> Problem:
        """A Problem at a place of the file; `span` overrules the place."""
        where = span or book.document.span(place, key=key)
        path = book.document.path
        words = (self.NAME, self.CODE, self.LEVEL, what, self.EFFECT, cure, here)
        return Problem(path, where, *words, tuple(others), fix, self.SINCE)
