"""Rule: what looks for one kind of mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from crisiscli.loader.findings import Place, meant, nearest
from crisiscli.problem import PROFILES, Fix, Label, Level, Problem, Profile, Span
from crisiscli.rules.book import Book

__all__ = ["PROFILES", "Profile", "Rule"]


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

    def undefined(
        self, book: Book, block: str, name: str, place: Place, *, key: bool = False, span: Span | None = None
    ) -> Problem:
        """A Problem about a name that its block of the file does not define, with the nearest definition beside it."""
        known = list(getattr(book.runbook, block))
        guess = nearest(name, known)
        others = [Label(book.document.span((block, guess), key=True), "nearest definition")] if guess else []
        one = {"facts": "a fact", "roles": "a role", "messages": "a message", "audiences": "an audience"}
        what = f"`{name}` is not {one.get(block, 'a ' + block.rstrip('s'))} of this runbook."
        cure = meant(name, known, "Known are") or f"Define it under `{block}:`."
        return self.at(book, place, what, cure, key=key, span=span, here="not defined", others=others)
