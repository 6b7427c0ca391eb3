"""The content changed and the version did not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crisiscli.loader.findings import Place
from crisiscli.problem import Edit, Fix, Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.source.quoting import Offsets

_BESIDE = ("version", "reviewed", "rehearsed")
"""What may change without being content: the version itself, and the seals that say who looked at it."""


class VersionNotRaised(Rule):
    """The content changed and the version did not.

    A report, an approval and a colleague on the phone name a runbook by its version. When two different texts carry the
    same one, nobody can tell afterwards which was used. `crisis lint --base main` compares with what stood there:
    values count, comments and layout do not, and neither do `reviewed` and `rehearsed`. A new file says nothing.

    Before:
    ```yaml
    version: 4
    owner: Communications
    ```
    Bad:
    ```yaml
    version: 4
    owner: Press desk
    ```
    Good:
    ```yaml
    version: 5
    owner: Press desk
    ```
    """

    NAME = "version-not-raised"
    CODE = "S213"
    EFFECT = "Two different runbooks would carry one number, and the report could not say which one was used."
    FIXES = "raises the version to one more than that of the base"
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        base = book.base
        now, before = book.document.value, base.document.value if base is not None and base.document.whole else None
        if not isinstance(now, dict) or not isinstance(before, dict):
            return
        version, old = now.get("version"), before.get("version")
        if type(version) is not int or type(old) is not int or version > old:
            return
        place = next(_changed(before, now), None)
        if place is None:
            return
        what = f"The content changed since version {old}, and `version` is {'still' if version == old else 'only'} "
        label = Label(book.document.span(place), "changed here")
        span = book.document.span(("version",))
        fix = Fix(f"write version {old + 1}", (Edit(*Offsets(book.document.text).of(span), str(old + 1)),))
        cure = f"Write `version: {old + 1}`."
        yield self.at(book, ("version",), f"{what}{version}.", cure, here="not raised", others=[label], fix=fix)


def _changed(before: dict[str, Any], now: dict[str, Any]) -> Iterator[Place]:
    """The places that differ, deepest first where both have a block; where something is gone, what held it."""
    for key in [*now, *(key for key in before if key not in now)]:
        if key not in _BESIDE:
            yield from _differs((key,), before.get(key), now.get(key))


def _differs(place: Place, before: Any, now: Any) -> Iterator[Place]:
    if type(before) is not type(now):
        yield place
    elif isinstance(now, dict):
        for key in [*now, *(key for key in before if key not in now)]:
            if key not in now or key not in before:
                yield (*place, key)
            else:
                yield from _differs((*place, key), before[key], now[key])
    elif isinstance(now, list):
        for number, (one, other) in enumerate(zip(before, now, strict=False)):
            yield from _differs((*place, number), one, other)
        if len(before) != len(now):
            yield (*place, min(len(before), len(now)))
    elif before != now:
        yield place
