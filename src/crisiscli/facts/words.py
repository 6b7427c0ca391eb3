"""What a typed value may hold, whatever its type."""

from __future__ import annotations

import unicodedata

LONGEST = 2_000
_JOINERS = "\u200c\u200d"


def one_line(typed: str) -> str:
    """The words as typed, without the blanks around them.

    Raises ValueError for control characters, line breaks, lone surrogates, private use and the invisible marks
    that reorder text: a reader could not see them, and channels would drop them.
    """
    text = typed.strip()
    if len(text) > LONGEST:
        raise ValueError(f"it is {len(text)} characters long; type at most {LONGEST}")
    for character in text:
        if not _visible(character):
            raise ValueError(
                f"it holds U+{ord(character):04X}, which cannot be seen; type it in one line of plain words"
            )
    return text


def _visible(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
