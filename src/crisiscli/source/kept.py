"""Kept: whether a document still says the same after some edits, everywhere but where they touched it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from crisiscli.problem import Edit, Span
from crisiscli.source.document import Document
from crisiscli.source.quoting import Offsets


class _Token(NamedTuple):
    """One key or value in the order of the file: how deep, what, and which stretch of the file it takes."""

    depth: int
    said: str
    start: int
    end: int


class Kept:
    """A document before it is edited."""

    def __init__(self, document: Document) -> None:
        self.whole = document.whole
        self.tokens = _tokens(document)
        self.problems = document.problems

    def by(self, after: Document, edits: Sequence[Edit]) -> bool:
        """True when the document after the edits says everything that lies outside of them as it was said before,
        and still has every key.

        Where reading had stopped early, it must now come further, and keep what it had read.
        """
        ordered = sorted(edits, key=lambda edit: edit.start)
        was = [token for token in self.tokens if not _touches(token, ((one.start, one.end) for one in ordered))]
        found = _tokens(after)
        now = [token for token in found if not _touches(token, _written(ordered))]
        said, says = ([(token.depth, token.said) for token in tokens] for tokens in (was, now))
        if self.whole:
            return after.whole and said == says and _keys(self.tokens) == _keys(found)
        said, says = _filled(said), _filled(says)
        return says[: len(said)] == said and (after.whole or len(says) > len(said))


def _filled(said: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Without the blocks that are empty because reading stopped in them."""
    return [one for one in said if not one[1].endswith(("value {}", "value []", "value None"))]


def _keys(tokens: Sequence[_Token]) -> list[int]:
    return [token.depth for token in tokens if token.said.startswith("key ")]


def _tokens(document: Document) -> list[_Token]:
    offsets = Offsets(document.text)
    found: list[_Token] = []
    for depth, said, span in _walk(document):
        start, end = offsets.of(span)
        if said.endswith("value None"):
            end = offsets.at(span.end_line + 1, 1)
        found.append(_Token(depth, said, start, end))
    return found


def _walk(document: Document) -> Iterator[tuple[int, str, Span]]:
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), document.value)]
    while waiting:
        place, here = waiting.pop()
        if place and isinstance(place[-1], str):
            yield len(place), f"key {place[-1]}", document.span(place, key=True)
        if isinstance(here, dict) and here:
            waiting += [((*place, name), child) for name, child in reversed(here.items())]
        elif isinstance(here, list) and here:
            waiting += [((*place, number), child) for number, child in reversed(list(enumerate(here)))]
        elif place:
            entry = f"{place[-1]} " if isinstance(place[-1], int) else ""
            yield len(place), f"{entry}value {here!r}", document.span(place)


def _written(edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Where the new words of each edit stand in the text after all of them."""
    found: list[tuple[int, int]] = []
    moved = 0
    for edit in edits:
        found.append((edit.start + moved, edit.start + moved + len(edit.text)))
        moved += len(edit.text) - (edit.end - edit.start)
    return found


def _touches(token: _Token, stretches: Any) -> bool:
    return any(start <= token.end and token.start <= end for start, end in stretches)
