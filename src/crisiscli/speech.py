"""Speech: the sayings of a language as one text. Phrases: what is looked for in it, in the words an editor writes."""

from __future__ import annotations

import bisect
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

Part = TypeVar("Part")

_FOLDED = tuple(zip("ąćęłńóśźżăâîșşțţ’\u00a0\u202f", "acelnoszzaaisstt'  ", strict=True))
"""Letters as people write them where diacritics cost money (a text message) or are not at hand; same length."""
_BETWEEN = ".,:;?!\"'„”“«»‚‘()[]{}-–—/%…*#|"
_STEM = 5
"""How many letters of a word are compared before anything else is tried."""
_COMMON = 6
"""How many more entries a short word must part to be asked first: it stands in nearly every text."""
_GAP = r"[^.!?;\n]{1,40}?"
"""What `...` stands for: at most 40 characters of the same sentence."""
_ENDS = ".!?…\n"


def plain(text: str) -> str:
    """A text of lower case without Polish and Romanian diacritics and special blanks, of the same length."""
    if not text.isascii():
        for letter, simple in _FOLDED:
            text = text.replace(letter, simple)
    return text


def stems(text: str) -> frozenset[str]:
    """The first five letters of every word of a plain text, and what stands before them where nothing parts them."""
    words = set(text.split())
    found = {word[:_STEM] for word in words}
    marked = " ".join([word for word in words if not word.isalnum()])
    for mark in _BETWEEN:
        marked = marked.replace(mark, " ")
    found.update([word[:_STEM] for word in marked.split()])
    return frozenset(found)


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around a stretch of a text: from one full stop, or line end, to the next."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    last = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    return first, last


class Hit(NamedTuple):
    """A phrase that was found: the entry of the list, and where it stands in the whole speech."""

    phrase: str
    start: int
    end: int


class Phrases:
    """A list of phrases: whole words, any case; `*` ends a word openly (`apolog*`), `...` skips a few words.

    Diacritics, the kind of apostrophe and commas between words make no difference: `przepraszamy jeśli` finds
    "Przepraszamy, jesli". `better` holds, for some entries, the words to say instead.
    """

    def __init__(self, entries: Iterable[str], better: Mapping[str, str] | None = None) -> None:
        self.entries = tuple(dict.fromkeys(" ".join(entry.lower().split()) for entry in entries))
        self.better = {" ".join(entry.lower().split()): words for entry, words in (better or {}).items()}
        self.lexicon: Lexicon | None = None
        """All lists of its language, where it is one of several."""

    @cached_property
    def sought(self) -> tuple[frozenset[str], dict[str, list[tuple[frozenset[str], str]]], list[tuple[str, str]]]:
        """One stem of each entry that must stand in the text; by it the entries with all such stems; those without.

        Of those without, the first letters, which must stand there.
        """
        by_stem: dict[str, list[tuple[frozenset[str], str]]] = {}
        bare: list[tuple[str, str]] = []
        needed = {entry: _needed(entry) for entry in self.entries}
        often = Counter(stem for found in needed.values() for stem in found)
        for entry, found in needed.items():
            if found:
                rarest = min(found, key=lambda stem: (often[stem] + (_COMMON if len(stem) < 4 else 0), stem))
                by_stem.setdefault(rarest, []).append((found, entry))
            else:
                bare.append((_first(plain(entry)), entry))
        return frozenset(by_stem), by_stem, bare

    def find(self, text: str) -> Iterator[Hit]:
        """Every place in a text of lower case, in its order; where two overlap the earlier, then the longer one."""
        simple = plain(text)
        return iter(self.within(simple, stems(simple)))

    def within(self, text: str, words: frozenset[str]) -> Sequence[Hit]:
        """The same in a plain text whose stems are known: for whoever looks for several lists in it."""
        keys, by_stem, bare = self.sought
        entries = [entry for stem in keys & words for needed, entry in by_stem[stem] if needed <= words]
        for first, entry in bare:
            if first[-1:] in text and first in text:
                entries.append(entry)
        return found_of(entries, text) if entries else ()


_Sought = tuple[str, frozenset[str] | None, str, Phrases]
"""A second stem or "", all stems where there are more than two, the entry, and its list."""


class Lexicon:
    """All lists of a language, looked through at once: what could stand in a text at all, by list."""

    def __init__(self, lists: Iterable[Phrases]) -> None:
        self.lists = tuple(lists)
        for phrases in self.lists:
            phrases.lexicon = self

    @cached_property
    def _sought(self) -> tuple[frozenset[str], dict[str, list[_Sought]], list[tuple[str, str, Phrases]]]:
        by_stem: dict[str, list[_Sought]] = {}
        bare: list[tuple[str, str, Phrases]] = []
        for phrases in self.lists:
            for stem, entries in phrases.sought[1].items():
                for needed, entry in entries:
                    second = max(needed - {stem}, key=len, default="")
                    rest = needed if len(needed) > 2 else None
                    by_stem.setdefault(stem, []).append((second, rest, entry, phrases))
            bare += [(first, entry, phrases) for first, entry in phrases.sought[2]]
        return frozenset(by_stem), by_stem, bare

    def possible(self, text: str, words: frozenset[str]) -> dict[Phrases, list[str]]:
        """The entries whose first letters stand in a plain text, by their list."""
        keys, by_stem, bare = self._sought
        possible: dict[Phrases, list[str]] = {}
        for stem in keys & words:
            for second, rest, entry, phrases in by_stem[stem]:
                if (not second or second in words) and (rest is None or rest <= words):
                    possible.setdefault(phrases, []).append(entry)
        for first, entry, phrases in bare:
            if first[-1:] in text and first in text:
                possible.setdefault(phrases, []).append(entry)
        return possible


class Speech(Generic[Part]):
    """Parts, each with its words, joined with line ends into one text of lower case; offsets are kept."""

    def __init__(self, parts: Iterable[tuple[Part, str]], *, often: bool = False) -> None:
        self.often = often
        """True when most lists of a language will be looked for in it."""
        self.parts: list[Part] = []
        self.starts: list[int] = []
        self.longest = 0
        """How many characters the longest part has."""
        words: list[str] = []
        position = 0
        for part, text in parts:
            self.parts.append(part)
            self.starts.append(position)
            words.append(text if "\n" not in text else text.replace("\n", " "))
            length = len(text)
            position += length + 1
            self.longest = max(self.longest, length)
        self.text = _lower("\n".join(words))

    @cached_property
    def plain(self) -> str:
        """The text without diacritics; the same offsets."""
        return plain(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The first letters of every word: what a phrase must share before it is looked for."""
        return stems(self.plain)

    def at(self, position: int) -> tuple[Part, int]:
        """The part a position of the whole text falls into, and the position inside it."""
        index = bisect.bisect_right(self.starts, position) - 1
        return self.parts[index], position - self.starts[index]

    def hits(self, phrases: Phrases | None) -> Sequence[Hit]:
        """Every phrase of a list, with its place in the whole text."""
        if phrases is None:
            return ()
        if phrases.lexicon is None or not self.often:
            return phrases.within(self.plain, self.stems)
        entries = self._possible(phrases.lexicon).get(phrases)
        return found_of(entries, self.plain) if entries else ()

    def may_hold(self, lists: Mapping[str, Phrases]) -> list[str]:
        """The names of the lists of which an entry could stand in it; the others certainly have none."""
        return [
            name
            for name, phrases in lists.items()
            if phrases.lexicon is None or not self.often or phrases in self._possible(phrases.lexicon)
        ]

    def _possible(self, lexicon: Lexicon) -> dict[Phrases, list[str]]:
        if lexicon not in self._known:
            self._known[lexicon] = lexicon.possible(self.plain, self.stems)
        return self._known[lexicon]

    @cached_property
    def _known(self) -> dict[Lexicon, dict[Phrases, list[str]]]:
        return {}

    def find(self, phrases: Phrases | None) -> Iterator[tuple[Part, int, int, str]]:
        """Every phrase of a list: its part, start and end inside it, and the entry of the list."""
        for hit in self.hits(phrases):
            part, start = self.at(hit.start)
            yield part, start, start + hit.end - hit.start, hit.phrase

    def around(self, hit: Hit) -> str:
        """The sentence a hit stands in, in lower case without diacritics."""
        first, last = clause(self.plain, hit.start, hit.end)
        return self.plain[first:last]


def _lower(text: str) -> str:
    """The text in lower case, of the same length: a letter that would become two stays as it is."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def found_of(entries: Iterable[str], text: str) -> list[Hit]:
    """Where entries stand in a plain text, in its order; where two overlap the earlier, then the longer one."""
    return _apart([hit for entry in entries for hit in _places(entry, text)])


def _apart(hits: list[Hit]) -> list[Hit]:
    """In the order of the text, without those that begin inside an earlier one."""
    found: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not found or hit.start >= found[-1].end:
            found.append(hit)
    return found


def _needed(entry: str) -> frozenset[str]:
    """The stems that a text must have before it can hold the entry. An open word needs as many letters as count."""
    simple = plain(entry)
    needed: set[str] = set()
    if any(not letter.isalnum() and letter not in _BETWEEN and letter != " " for letter in simple):
        return frozenset()
    for word in re.findall(r"\w+\*?", simple):
        letters = word.rstrip("*")
        if letters == word or len(letters) >= _STEM:
            needed.add(letters[:_STEM])
    return frozenset(needed)


def _places(entry: str, text: str) -> Iterator[Hit]:
    """Looks for the entry's first letters, and only there for the whole of it."""
    first, pattern = _pattern(entry)
    at = text.find(first)
    while at >= 0:
        found = pattern.match(text, at)
        if found is not None:
            yield Hit(entry, at, found.end())
        at = text.find(first, at + 1)


@functools.cache
def _pattern(entry: str) -> tuple[str, re.Pattern[str]]:
    simple = plain(entry)
    pieces = [_words(piece.strip(" ,")) for piece in simple.split("...")]
    return _first(simple), re.compile(_GAP.join(pieces))


def _first(entry: str) -> str:
    """The letters an entry begins with, up to anything that may differ in a text."""
    return re.split(r"(?!^)[ *%,]|\.\.\.", entry)[0]


def _words(piece: str) -> str:
    begins = r"(?<!\w)" if piece[:1].isalnum() else ""
    ends = r"(?!\w)" if piece[-1:].isalnum() else ""
    escaped = re.sub(r"(?:,|\\ )+", "[ ,]+", re.escape(piece)).replace("[ ,]+%", " ?%")
    return begins + escaped.replace(r"\*", r"\w*") + ends
