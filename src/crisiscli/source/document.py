"""Document: what stands in one YAML file, and where each value of it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from crisiscli.problem import Problem, Span
from crisiscli.source.offsets import index_of

BREAK = re.compile(r"\r\n|\r|\n")


class Mark(Protocol):
    """A place in the text. All three count from 0, `index` and `column` in code points."""

    index: int
    line: int
    column: int


class Scalar(Protocol):
    """A single value as the parser saw it."""

    start_mark: Mark
    end_mark: Mark
    value: str
    style: str | None


class Node:
    """Where a mapping or a list stands, and where its entries stand."""

    __slots__ = ("end", "entries", "flow", "items", "start")

    def __init__(self, start: Mark, flow: bool) -> None:
        self.start = start
        self.end = start
        self.flow = flow
        self.entries: dict[str, tuple[Scalar, Scalar | Node]] = {}
        self.items: list[Scalar | Node] = []


Tree = Scalar | Node


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Document:
    """One file as it was read.

    `value` is plain data (dict, list, str, int, float, bool, None) and may be handed to `json`; after a
    mistake it holds what could be read. `whole` is False when reading stopped before the end of the file.
    """

    path: str
    text: str
    value: dict[str, Any] | list[Any] | None
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True
    grow: Callable[[], Tree | None] = field(default=_nothing, repr=False)
    """Makes `tree`; asked once, when the first place is looked for: in a file without findings none is."""
    empties: bool = True
    """False when certainly no value is None."""

    @cached_property
    def tree(self) -> Tree | None:
        """Where the value and all that is in it stands; None when nothing was read."""
        return self.grow()

    @property
    def ok(self) -> bool:
        """True when nothing is wrong with the file as YAML."""
        return not self.problems

    def lines(self) -> list[str]:
        """The text, line by line, without line ends."""
        return BREAK.split(self.text)

    def span(self, place: Sequence[str | int], *, key: bool = False, offset: int | None = None) -> Span:
        """Where the value at `place` stands; the nearest existing parent when it is missing.

        `key` points at the key instead of the value. `offset` counts code points inside a text value and
        points at that one character of the file. A block of several lines is pointed at by its key.
        """
        named, found, missing = self._find(place)
        if isinstance(found, Node):
            return self._node_span(named, found, missing or key)
        if found is None:
            return Span(1, 1, 1, 2)
        if named is not None and (missing or key or found.start_mark.index == found.end_mark.index):
            return between(named.start_mark, named.end_mark)
        if offset is not None:
            return self._at(index_of(self.text, found, offset))
        return between(found.start_mark, found.end_mark)

    def hashtags(self) -> Iterator[tuple[tuple[str | int, ...], Span, bool]]:
        """Unquoted values whose line goes on with ` #...`: YAML takes the rest of the line for a comment.

        Yields the place, the stretch that is lost, and whether it looks like a hashtag (no space after #).
        """
        if " #" not in self.text and "\t#" not in self.text:
            return
        lost = {hit.start(): hit for hit in re.finditer(r"(?<![ \t\r\n])[ \t]+#[^\r\n]*", self.text)}
        if not lost:
            return
        for place, scalar in _scalars(self.tree):
            hit = lost.get(scalar.end_mark.index)
            if hit is None or scalar.style or not scalar.value:
                continue
            tail = hit.group().rstrip()
            first = hit.start() + len(tail) - len(tail.lstrip())
            column = scalar.end_mark.column + first - hit.start() + 1
            line = scalar.end_mark.line + 1
            yield place, Span(line, column, line, column + len(tail.lstrip())), tail.lstrip()[1:2].strip() != ""

    def style(self, place: Sequence[str | int]) -> str | None:
        """How the value is written: `'`, `"`, `|`, `>`, "" without quotes; None when it is no single value."""
        found, missing = self._find(place)[1:]
        return None if missing or found is None or isinstance(found, Node) else found.style or ""

    def _find(self, place: Sequence[str | int]) -> tuple[Scalar | None, Tree | None, bool]:
        named: Scalar | None = None
        here = self.tree
        for part in place:
            if not isinstance(here, Node):
                return named, here, True
            if isinstance(part, int) and here.items:
                if not -1 < part < len(here.items):
                    return named, here, True
                named, here = None, here.items[part]
            elif str(part) in here.entries:
                named, here = here.entries[str(part)]
            else:
                return named, here, True
        return named, here, False

    def _node_span(self, named: Scalar | None, node: Node, by_name: bool) -> Span:
        if named is not None and (by_name or not node.flow):
            return between(named.start_mark, named.end_mark)
        if node.flow:
            return between(node.start, node.end)
        lines = self.lines()
        line = lines[node.start.line] if node.start.line < len(lines) else ""
        end = max(len(line.rstrip()), node.start.column + 1)
        return Span(node.start.line + 1, node.start.column + 1, node.start.line + 1, end + 1)

    def _at(self, index: int) -> Span:
        before = BREAK.split(self.text[:index])
        line, column = len(before), len(before[-1]) + 1
        return Span(line, column, line, column + 1)


def between(start: Mark, end: Mark) -> Span:
    """The Span from one mark to another."""
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _scalars(tree: Tree | None) -> Iterator[tuple[tuple[str | int, ...], Scalar]]:
    if tree is None:
        return
    waiting: list[tuple[tuple[str | int, ...], Tree]] = [((), tree)]
    while waiting:
        place, here = waiting.pop()
        if not isinstance(here, Node):
            yield place, here
            continue
        waiting += [((*place, name), child) for name, (_, child) in reversed(here.entries.items())]
        waiting += [((*place, number), child) for number, child in reversed(list(enumerate(here.items)))]
