"""An SMS: one bubble per part, cut where the network cuts."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.channels.sms import BASIC, EXTENSION, segments
from crisiscli.walk.seen.frames import Seen, box, folded

WIDTH = 42


def sms(seen: Seen, width: int) -> list[str]:
    """The bubbles, each with its number when there are several."""
    wide = min(width, WIDTH)
    pieces = list(parts(seen.body))
    rows: list[str] = []
    for number, piece in enumerate(pieces, start=1):
        if len(pieces) > 1:
            rows.append(f"part {number} of {len(pieces)}")
        rows += box(folded(piece, wide - 4), wide, draw=seen.draw, round_=True)
    return rows


def parts(text: str) -> Iterator[str]:
    """The parts of a text as `segments` cuts it: no pair is cut in two."""
    whole = segments(text)
    if whole.parts == 1:
        yield text
        return
    piece, filled = "", 0
    for character in text:
        size = _size(character, whole.alphabet)
        if filled + size > whole.each:
            yield piece
            piece, filled = "", 0
        piece, filled = piece + character, filled + size
    yield piece


def _size(character: str, alphabet: str) -> int:
    if alphabet == "GSM-7":
        return 2 if character in EXTENSION and character not in BASIC else 1
    return 2 if ord(character) > 0xFFFF else 1
