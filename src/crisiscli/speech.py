"""Speech: the sayings of a language as one text. Phrases: what is looked for in it, in the words an editor writes."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

Part = TypeVar("Part")

_GAP = r"[^.!?\n]{1,40}?"
"""What `...` stands for: at most 40 characters of the same sentence."""


class Hit(NamedTuple):
    """A phrase that was found: the entry of the list, and where it stands in the whole speech."""

    phrase: str
    start: int
    end: int


class Phrases:
    """A list of phrases: whole words, any case; `*` ends a word openly (`apolog*`), `...` skips a few words."""

    def __init__(self, entries: Iterable[str]) -> None:
        self.entries = tuple(dict.fromkeys(" ".join(entry.lower().split()) for entry in entries))

    @cached_property
    def _anchored(self) -> list[tuple[str, str, re.Pattern[str]]]:
        """Each entry with its longest stretch of plain letters, which is looked for first, and its pattern."""
        return [(entry, max(re.split(r"\*|\.\.\.", entry), key=len).strip(), _pattern(entry)) for entry in self.entries]

    def find(self, text: str) -> Iterator[Hit]:
        """Every place in a text of lower case, in the order of the list; where two begin together the longer one."""
        seen: dict[int, Hit] = {}
        for entry, anchor, pattern in self._anchored:
            if anchor in text:
                for found in pattern.finditer(text):
                    old = seen.get(found.start())
                    if old is None or found.end() > old.end:
                        seen[found.start()] = Hit(entry, found.start(), found.end())
        yield from seen.values()


class Speech(Generic[Part]):
    """Parts, each with its words, joined with line ends into one text of lower case; offsets are kept."""

    def __init__(self, parts: Iterable[tuple[Part, str]]) -> None:
        self.parts: list[Part] = []
        self.starts: list[int] = []
        words: list[str] = []
        position = 0
        for part, text in parts:
            self.parts.append(part)
            self.starts.append(position)
            lower = text.lower()
            lower = lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
            words.append(lower.replace("\n", " "))
            position += len(text) + 1
        self.text = "\n".join(words)

    def at(self, position: int) -> tuple[Part, int]:
        """The part a position of the whole text falls into, and the position inside it."""
        index = bisect.bisect_right(self.starts, position) - 1
        return self.parts[index], position - self.starts[index]

    def find(self, phrases: Phrases | None) -> Iterator[tuple[Part, int, int, str]]:
        """Every phrase of a list: its part, start and end inside it, and the entry of the list."""
        for hit in phrases.find(self.text) if phrases is not None else ():
            part, start = self.at(hit.start)
            yield part, start, start + hit.end - hit.start, hit.phrase


def _pattern(entry: str) -> re.Pattern[str]:
    pieces = [_words(piece.strip()) for piece in entry.split("...")]
    begins = r"(?<!\w)" if entry[:1].isalnum() else ""
    ends = r"(?!\w)" if entry[-1:].isalnum() else ""
    return re.compile(begins + _GAP.join(pieces) + ends)


def _words(piece: str) -> str:
    return re.escape(piece).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
