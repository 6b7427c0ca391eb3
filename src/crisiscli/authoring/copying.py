"""Copy: the lines of a shipped runbook, changed where they must be; comments, quotes and order stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crisiscli.source import Document, read_file

Place = tuple[str | int, ...]


class Copy:
    """A runbook in block style that becomes another one, line by line.

    Changes are kept per line of the original, so that every place can be looked up until `lines` is called.
    """

    def __init__(self, path: Path) -> None:
        self.document: Document = read_file(path)
        self._before: dict[int, list[str]] = {}
        self._lines: list[str | None] = list(self.document.text.rstrip("\n").split("\n"))

    def lines(self) -> Iterator[str]:
        """The lines as they are now."""
        for number, line in enumerate(self._lines):
            yield from self._before.get(number, ())
            if line is not None:
                yield line

    def block(self, place: Place) -> str:
        """The lines of a key and of what stands below it, as they are now."""
        kept = (self._lines[number] for number in self._block(place))
        return "\n".join(line for line in kept if line is not None)

    def places(self, *path: str) -> Iterator[Place]:
        """Every place there is on a path; `*` stands for every key or entry."""
        yield from _places(self.document.value, path)

    def value(self, place: Place, text: str) -> str:
        """Puts another value, written as YAML, on the line of a single value; returns the old value."""
        span = self.document.span(place)
        self._cut(span.line, span.column, span.end_column, text)
        return str(self._at(place))

    def rename(self, place: Place, text: str) -> None:
        """Gives a key another name."""
        span = self.document.span(place, key=True)
        self._cut(span.line, span.column, span.end_column, text)

    def before(self, place: Place, *lines: str) -> None:
        """Puts lines before a key."""
        self._before.setdefault(self.document.span(place, key=True).line - 1, []).extend(lines)

    def drop(self, place: Place) -> None:
        """Takes a key with everything below it out; one that is not there is no harm."""
        if any(True for _ in _places(self.document.value, place)):
            for number in self._block(place):
                self._lines[number] = None

    def only_languages(self, wanted: tuple[str, ...]) -> None:
        """Keeps these languages, the first one as the one that must be there; the others follow as they did before."""
        value: Any = self.document.value
        follow = value["languages"].get("follow", {})
        late = next(iter(follow.values()), "30m")
        for place in self.places("messages", "*", "text", "*", "*"):
            if place[-1] not in wanted:
                self.drop(place)
        for place in self.places("facts", "*"):
            self._drop_unsaid(str(place[-1]), wanted)
        block = list(self._block(("languages",)))
        for number in block:
            self._lines[number] = None
        lines = ["languages:", "  must:", f"    - {wanted[0]}"]
        if wanted[1:]:
            lines += ["  follow:", *(f"    {code}: {follow.get(code, late)}" for code in wanted[1:])]
        self._before.setdefault(block[0], []).extend(lines)

    def _drop_unsaid(self, fact: str, wanted: tuple[str, ...]) -> None:
        """Takes a fact out that only sentences used which are gone, with the entries of steps that ask for it.

        It stays where anything else names it, and where a step would be left with nothing to ask. Labels of
        sentences may be called like a fact; they are no use of it.
        """
        said = re.compile(rf"\{{\{{\s*{re.escape(fact)}\b")
        if not said.search(self.document.text) or said.search("\n".join(line or "" for line in self._lines)):
            return
        asked = [place for place in self.places("phases", "*", "steps", "*", "ask", "*") if self._at(place) == fact]
        if any(len(self._at(place[:-1])) == 1 for place in asked):
            return
        if len(asked) == sum(name == fact for name in _names(self.document.value, wanted)):
            entries = {self.document.span(place).line - 1 for place in asked}
            for number in (*entries, *self._block(("facts", fact))):
                self._lines[number] = None

    def _at(self, place: Place) -> Any:
        found: Any = self.document.value
        for part in place:
            found = found[part]
        return found

    def _cut(self, line: int, column: int, end: int, text: str) -> None:
        old = self._lines[line - 1]
        if old is not None:
            self._lines[line - 1] = old[: column - 1] + text + old[end - 1 :]

    def _block(self, place: Place) -> range:
        """The numbers, from 0, of the lines of a key: its own, and those below it that stand further in."""
        span = self.document.span(place, key=True)
        lines = self.document.lines()
        first = last = span.line - 1
        for number in range(first + 1, len(lines)):
            line = lines[number]
            if line.strip() and len(line) - len(line.lstrip()) < span.column:
                break
            if line.strip():
                last = number
        return range(first, last + 1)


def _places(value: Any, path: tuple[str | int, ...], place: Place = ()) -> Iterator[Place]:
    if not path:
        yield place
        return
    entries: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, entry in entries:
        if path[0] in ("*", name):
            yield from _places(entry, path[1:], (*place, name))


_LABELS = ("must_say", "omits")
_BLOCKS = ("roles", "facts", "elements", "audiences", "messages", "gates", "clocks")


def _names(value: Any, wanted: tuple[str, ...], place: Place = ()) -> Iterator[str]:
    """Every text and every key that may name a fact: not labels, not definitions, not texts in other languages."""
    if place[:1] == ("messages",) and place[2:3] == ("text",) and len(place) == 5 and place[4] not in wanted:
        return
    entries: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, str):
        yield value
    for name, entry in entries:
        if name in _LABELS:
            continue
        inside = (*place, name)
        label = inside[:1] == ("messages",) and inside[2:3] == ("text",) and isinstance(entry, str)
        if isinstance(name, str) and not label and not (len(place) == 1 and place[0] in _BLOCKS):
            yield name
        yield from _names(entry, wanted, inside)
