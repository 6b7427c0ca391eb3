"""SMS: 160 characters, or 70 as soon as one letter is outside the GSM alphabet; longer texts are cut into parts.

Alphabet and extension table: 3GPP TS 23.038, 6.2.1. A part of several carries 153 septets or 67 UTF-16 units, because
the header that joins them takes 6 bytes (3GPP TS 23.040, 9.2.3.24.1). No national table exists for Polish or Romanian.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from crisiscli.channels.base import Channel, Measure
from crisiscli.channels.measures import find_links, listed, measured

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
ALPHABET = BASIC | EXTENSION
MOST_PARTS = 3
"""More parts arrive late, out of order, or not at all on some networks, and cost three times and more."""

_SPELLED = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "„": '"', "”": '"', "“": '"', "’": "'", "‘": "'", "–": "-", "—": "-"}
)


@dataclass(frozen=True)
class Segments:
    """How a text is cut: `units` are septets (GSM) or UTF-16 units (UCS-2), room lost at the cuts included."""

    alphabet: str
    units: int
    parts: int
    one: int
    """What a single SMS holds."""
    each: int
    """What one of several parts holds."""
    because: tuple[str, ...] = ()
    """The characters that are not in the GSM alphabet."""


def segments(text: str) -> Segments:
    """The parts of a text. An extension pair and a surrogate pair are never cut in two."""
    outside = tuple(character for character in dict.fromkeys(text) if character not in ALPHABET)
    if outside:
        return _cut("UCS-2", (2 if ord(character) > 0xFFFF else 1 for character in text), 70, 67, outside)
    return _cut("GSM-7", (2 if character in EXTENSION else 1 for character in text), 160, 153, ())


def _cut(alphabet: str, sizes: Iterable[int], one: int, each: int, because: tuple[str, ...]) -> Segments:
    total, parts, filled = 0, 1, 0
    for size in sizes:
        total += size
        if filled + size > each:
            parts, filled = parts + 1, 0
        filled += size
    if total <= one:
        return Segments(alphabet, total, 1, one, each, because)
    return Segments(alphabet, (parts - 1) * each + filled, parts, one, each, because)


def spelled_plainly(text: str) -> str:
    """The text with letters and marks of the GSM alphabet only, as far as they have a plain form."""
    kept = []
    for character in text.translate(_SPELLED):
        if character in BASIC or character in EXTENSION:
            kept.append(character)
        else:
            kept.append("".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)))
    return "".join(kept)


def _measure(title: str | None, body: str, language: str) -> list[Measure]:
    cut = segments(body)
    words = [f"{cut.parts} SMS {'part' if cut.parts == 1 else 'parts'}"]
    if cut.because:
        words[0] += f", because of {listed(list(cut.because[:8]))}"
        without = segments(spelled_plainly(body))
        if without.parts < cut.parts:
            words.append(f"spelled with plain letters: {without.parts}")
    if next(find_links(body), None):
        words.append("a link in an SMS looks like an attack")
    limit, unit = MOST_PARTS * cut.each, f"{cut.alphabet} characters"
    return [Measure("body", cut.units, limit, unit, "; ".join(words), cut.parts)]


CHANNEL = Channel(
    id="sms",
    name="SMS",
    family="short",
    measure=measured(_measure),
    addressed=True,
    address="phone",
    links=False,
    recall="cannot be unsent",
)
