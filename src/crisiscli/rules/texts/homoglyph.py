"""Letters of another alphabet that look like ours."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.texts.mending import replaced

LOOKS_LIKE = dict(
    zip(
        "аеорсухѕіјһԁкАВЕКМНОРСТУХЅІЈαονιρυκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxsijhdkABEKMHOPCTYXSIJaovipukABEZHIKMNOPTYX",
        strict=True,
    )
)
"""Cyrillic and Greek letters, and the Latin ones they are taken for (Unicode UTS 39, confusables)."""
OTHER_ALPHABETS = frozenset(("be", "bg", "el", "kk", "mk", "mn", "ru", "sr", "uk"))
"""Languages in which a whole word of such letters is nothing strange."""
_FIRST_BYTES = (b"\xce", b"\xcf", b"\xd0", b"\xd1", b"\xd2", b"\xd4", b"\xef", b"\xf0")
"""How the letters above begin in UTF-8, and those that stand for bold and wide Latin ones (and emoji)."""


class Homoglyph(Rule):
    """A letter of the Cyrillic or Greek alphabet stands in a Latin word, or a letter of those that only imitate bold
    or wide type. It looks the same on the screen.

    Such letters come along when words are copied from somewhere. Whoever looks for the word does not find it, a screen
    reader spells it out or leaves it out, an SMS of it costs more parts, and to a filter it looks like a forgery,
    because forgers write so.

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: We are lооking into it.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: We are looking into it.
    ```
    """

    NAME = "homoglyph"
    CODE = "T703"
    EFFECT = (
        "Readers could not find the word, screen readers would spell it out, and filters may take it for a forgery."
    )

    def check(self, book: Book) -> Iterator[Problem]:
        utf8 = book.utf8
        if not any(first in utf8 for first in _FIRST_BYTES):
            return
        word = re.compile(r"[^\W\d_]+")
        for saying in book.sayings:
            text = saying.sentence.text
            if not text.isascii():
                for found in word.finditer(text):
                    foreign = [at for at, letter in enumerate(found.group()) if _latin(letter)]
                    if foreign and _is_strange(found.group(), foreign, saying):
                        yield self._tell(book, saying, found.start(), found.group(), foreign)

    def _tell(self, book: Book, saying: Saying, start: int, word: str, foreign: list[int]) -> Problem:
        at = foreign[0]
        letter, latin = word[at], _latin(word[at])
        name = unicodedata.name(letter, "").lower()
        meant = "".join(_latin(one) or one for one in word)
        what = f"In `{word}` the letter `{letter}` is U+{ord(letter):04X} {name}, not the Latin `{latin}`."
        more = f" {len(foreign)} letters of the word are such." if len(foreign) > 1 else ""
        cure = f"Type the word again: `{meant}`.{more}"
        changes = [(saying.place, start + one, start + one + 1, _latin(word[one])) for one in foreign]
        fix = replaced(book, changes, f"write {meant} in Latin letters")
        span = book.stretch(saying.place, start + at, start + at + 1)
        return self.at(book, saying.place, what, cure, span=span, here=f"U+{ord(letter):04X}", fix=fix)


@functools.cache
def _latin(letter: str) -> str:
    """The Latin letter that it is taken for; "" for a letter that is none of these."""
    if letter in LOOKS_LIKE:
        return LOOKS_LIKE[letter]
    if "\uff21" <= letter <= "\uff5a" or "\U0001d400" <= letter <= "\U0001d7ff":
        plain = unicodedata.normalize("NFKC", letter)
        return plain if plain.isascii() and plain.isalpha() else ""
    return ""


def _is_strange(word: str, foreign: list[int], saying: Saying) -> bool:
    if any(word[at] not in LOOKS_LIKE for at in foreign):
        return True
    if len(foreign) == len(word):
        return saying.text.language[:2] not in OTHER_ALPHABETS and not _in_other_script(saying.sentence.text)
    others = [letter for at, letter in enumerate(word) if at not in foreign]
    return all("LATIN" in unicodedata.name(letter, "") for letter in others)


def _in_other_script(text: str) -> bool:
    """True when the sentence has Cyrillic or Greek letters that nobody takes for Latin: it is meant so."""
    return any("\u0370" <= letter <= "\u052f" and letter.isalpha() and not _latin(letter) for letter in text)
