"""A character that cannot be seen, or that turns the reading direction around."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from crisiscli.problem import Edit, Fix, Problem
from crisiscli.rules.book import Book
from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES, EFFECTS
from crisiscli.source.quoting import Offsets

_IDLE = "\u200b\u2060\ufeff"
"""Zero width space, word joiner, byte order mark: between letters of alphabets that put spaces between words they do
nothing. Thai, Khmer and their like show with a zero width space where a line may end."""
_ALPHABETS_END = "\u0590"
"""Latin, Greek, Cyrillic and Armenian letters stand before it in Unicode, Hebrew and all others after."""


class HiddenCharacter(Found):
    """A character that cannot be seen, or that turns the reading direction around.

    Such characters come along when words are copied from a web page, a chat or a PDF. A zero width space makes a longer
    SMS and a word no search finds; a direction mark can show the approver other words than the ones sent (Unicode
    Technical Report 36, "bidirectional text spoofing"). Joiners that emoji and some scripts need are no finding.

    Bad:
    ```yaml
    owner: "Communi\\u202Ecations"
    ```
    Good:
    ```yaml
    owner: "Communications"
    ```
    """

    NAME = "hidden-character"
    CODE = CODES[NAME]
    EFFECT = EFFECTS[NAME]
    FIXES = "deletes zero width spaces, word joiners and byte order marks between letters that cannot need them"

    def check(self, book: Book) -> Iterator[Problem]:
        for problem in super().check(book):
            edits = tuple(_deleted(book.document.text, *Offsets(book.document.text).of(problem.span)))
            yield dataclasses.replace(problem, fix=Fix("delete it", edits)) if edits else problem


def _deleted(text: str, start: int, end: int) -> Iterator[Edit]:
    """The edits that delete the idle characters of a stretch: one that stands there, or escapes in double quotes."""
    if end == start + 1:
        if text[start] in _IDLE and _plain(text[start - 1 : start]) and _plain(text[end:].lstrip(_IDLE)[:1]):
            yield Edit(start, end, "")
        return
    for found in re.finditer(r"\\(?:u([0-9A-Fa-f]{4})|.)", text[start:end]):
        if found[1] and chr(int(found[1], 16)) in _IDLE:
            before, after = text[start + found.start() - 1], text[start + found.end()]
            if _plain(before) and _plain(after) and "\\" not in (before, after):
                yield Edit(start + found.start(), start + found.end(), "")


def _plain(neighbour: str) -> bool:
    return neighbour < _ALPHABETS_END or neighbour in _IDLE or "\u1e00" <= neighbour < "\u2000"
