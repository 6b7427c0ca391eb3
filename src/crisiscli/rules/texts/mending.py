"""What mends a stretch of a sentence: whether it is words or a slot, and other characters in its place."""

from __future__ import annotations

from collections.abc import Iterable

from crisiscli.loader.findings import Place
from crisiscli.problem import Edit, Fix
from crisiscli.rules.book import Book
from crisiscli.sentences import Sentence
from crisiscli.source.quoting import Offsets

_STARTERS = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""What a value without quotes must not begin with (YAML 1.2.2, 5.3)."""


def in_slot(sentence: Sentence, position: int) -> bool:
    """Whether a code point of a sentence stands inside `{{ ... }}`."""
    return "{{" in sentence.text and any(slot.start <= position < slot.end for slot in sentence.slots())


def replaced(book: Book, changes: Iterable[tuple[Place, int, int, str]], what: str) -> Fix | None:
    """A Fix that a person should look at: (place, start, end, text), in code points of the value at that place.

    None where the new words would need other quoting than the value has.
    """
    offsets = Offsets(book.document.text)
    edits = []
    for place, start, end, text in changes:
        written = _written(text, book.document.style(place), first=start == 0)
        if written is None:
            return None
        edits.append(Edit(*offsets.of(book.stretch(place, start, end)), written))
    return Fix(what, tuple(edits), safe=False) if edits else None


def _written(text: str, style: str | None, *, first: bool) -> str | None:
    if style == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    if style == "'":
        return text.replace("'", "''")
    if style:
        return text
    plain = not (first and text[:1] in _STARTERS) and ": " not in text and " #" not in text
    return text if plain else None
