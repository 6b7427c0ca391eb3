"""Unused: base of the rules about what is defined and that nothing in the runbook uses."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import ClassVar

from crisiscli.loader.findings import nearest
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class Unused(Rule):
    """A rule names the BLOCK, the KIND of its entries and the CURE, and gives the names that are used.

    What an undefined name was probably meant for is used under that name: the other rule tells it.
    """

    BLOCK: ClassVar[str]
    KIND: ClassVar[str]
    NOBODY: ClassVar[str]
    """What nobody does with it: `no message is for it`."""
    CURE: ClassVar[str]

    def used(self, book: Book) -> Set[str]:
        """The names that something in the runbook uses, whether they are defined or not."""
        raise TypeError(f"{type(self).__name__} knows no use")

    def applies(self, book: Book) -> bool:
        """Whether the rule has anything to say about this runbook."""
        return True

    def check(self, book: Book) -> Iterator[Problem]:
        defined = getattr(book.runbook, self.BLOCK)
        if not defined or not self.applies(book):
            return
        used = self.used(book)
        if defined.keys() <= used:
            return
        undefined = sorted(used - defined.keys())
        for name in defined:
            if name not in used and not nearest(name, undefined):
                what = f"The {self.KIND} `{name}` is defined, and {self.NOBODY}."
                yield self.at(book, (self.BLOCK, name), what, self.CURE, key=True, here="never used")
