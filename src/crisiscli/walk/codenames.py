"""Code names: two plain words in the company's language, short enough to say on the phone and to type at 3 a.m."""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple

WORDS = Path(__file__).parent / "code_words"
"""One file per language: the first words, an empty line, the second words. Together they are good grammar."""
FALLBACK = "en"
TRIES = 200
"""So many names may be taken in a row before a number is added."""
SHAPE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")


class CodeWords(NamedTuple):
    """The two lists of one language; every first word goes with every second."""

    first: tuple[str, ...]
    second: tuple[str, ...]


@functools.cache
def code_words(language: str) -> CodeWords:
    """The lists of a language (`pl`, `pl-PL`); the English ones where there are none for it."""
    path = WORDS / f"{re.split('[-_]', language.lower())[0]}.txt"
    known = path if path in languages() else WORDS / f"{FALLBACK}.txt"
    first, second = known.read_text(encoding="ascii").split("\n\n")
    return CodeWords(tuple(first.split()), tuple(second.split()))


@functools.cache
def languages() -> tuple[Path, ...]:
    """The files there are, in order of their names."""
    return tuple(sorted(WORDS.glob("*.txt")))


def code_name(
    taken: Collection[str], language: str = FALLBACK, pick: Callable[[Sequence[str]], str] = secrets.choice
) -> str:
    """A code name that no incident has yet: ASCII, lower case, two words of `language`.

    `pick` takes one word of a list; a seeded one makes the same name again. When `pick` finds only names that are
    taken, a number stands behind the last of them.
    """
    words, found = code_words(language), ""
    for _ in range(TRIES):
        found = f"{pick(words.first)}-{pick(words.second)}"
        if found not in taken:
            return found
    return next(name for number in range(2, len(taken) + 3) if (name := f"{found}-{number}") not in taken)
