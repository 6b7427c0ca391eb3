"""From a character of a decoded YAML text back to the character of the file it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crisiscli.source.document import Scalar

_BLANK = " \t\r\n"
_HEX = {"x": 2, "u": 4, "U": 8}


def index_of(text: str, scalar: Scalar, offset: int) -> int:
    """The index in `text` of the `offset`-th code point of a scalar's value, exact for all that is not blank.

    Folding, indentation, `''` and backslash escapes only ever drop or merge blanks and quoting, so the
    value's visible characters stand in the file in the same order.
    """
    start, end, style = scalar.start_mark.index, scalar.end_mark.index, scalar.style or ""
    position = start
    if style in ("'", '"'):
        position += 1
        end -= 1
    elif style in ("|", ">"):
        first = text.find("\n", start, end)
        position = end if first < 0 else first + 1
    at = position
    for character in scalar.value[: offset + 1]:
        at, position = _next(text, position, end, character, style)
    return max(start, min(at, len(text)))


def _next(text: str, position: int, end: int, character: str, style: str) -> tuple[int, int]:
    """Where `character` stands, and where to go on."""
    if character in _BLANK:
        return _next_blank(text, position, end, character, style)
    while position < end:
        here = text[position]
        if style == '"' and here == "\\":
            after = text[position + 1 : position + 2]
            if after not in ("\n", "\r"):
                return position, position + 2 + _HEX.get(after, 0)
            position += 2
        elif here in _BLANK:
            position += 1
        else:
            return position, position + (2 if style == "'" and here == "'" else 1)
    return end, end


def _next_blank(text: str, position: int, end: int, character: str, style: str) -> tuple[int, int]:
    while style == '"' and text[position : position + 2] in ("\\\n", "\\\r"):
        position += 2
        while position < end and text[position] in _BLANK:
            position += 1
    if style == '"' and text[position : position + 1] == "\\":
        return position, position + 2 + _HEX.get(text[position + 1 : position + 2], 0)
    if character == "\n":
        found = text.find("\n", position, end)
        if found >= 0 and not text[position:found].strip(_BLANK):
            return found, found + 1
    if position < end and text[position] in _BLANK:
        return position, position + 1
    return position, position
