"""A code frame: the lines of a file a Problem is about, with marks and labels under them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from crisiscli.problem import Label, Span
from crisiscli.source.characters import FORBIDDEN

WIDTH = 100
"""Columns of source shown per line where nothing else is asked for."""


def frame(
    lines: Sequence[str], span: Span, label: str = "", others: Sequence[Label] = (), width: int = WIDTH
) -> list[str]:
    """`lines` of a file with their numbers; `^^^` under `span`, `---` under the others, each with its label.

    A line longer than `width` columns is cut around the mark.
    """
    marks = [(span, "^", label), *((other.span, "-", other.text) for other in others)]
    shown = sorted({min(mark[0].line, len(lines)) for mark in marks})
    gutter = len(str(shown[-1]))
    found: list[str] = []
    for index, number in enumerate(shown):
        if index and number > shown[index - 1] + 1:
            found.append(" ...")
        source = lines[number - 1]
        here = [mark for mark in marks if min(mark[0].line, len(lines)) == number]
        left = max(0, min(mark[0].column for mark in here) - width * 2 // 3)
        found.append(f" {number:>{gutter}} | {_cut(source, left, width)}".rstrip())
        for place, sign, words in here:
            under = _under(source, left, width, place, sign)
            rows = [f"{under} {words}"] if len(under) + len(words) <= width else [under, _below(under, words, width)]
            found += [f" {'':>{gutter}} | {row}".rstrip() for row in rows if row]
    return found


def _below(under: str, words: str, width: int) -> str:
    """A label in a row of its own, as near to its mark as there is room."""
    start = len(under) - len(under.lstrip())
    return " " * max(0, min(start, width - len(words))) + words if words else ""


def _under(source: str, left: int, width: int, place: Span, sign: str) -> str:
    start = max(0, place.column - 1)
    one_line = place.end_line == place.line
    end = place.end_column - 1 if one_line else len(source.rstrip())
    end = min(max(end, start + 1), left + width)
    blank = sum(_width(character) for character in source[left:start]) + (1 if left else 0)
    return " " * blank + sign * max(1, sum(_width(character) for character in source[start:end]))


def _cut(source: str, left: int, width: int) -> str:
    part = source[left : left + width]
    return ("…" if left else "") + "".join(map(_seen, part)) + ("…" if left + width < len(source) else "")


def _seen(character: str) -> str:
    if character == "\t":
        return " "
    return f"<U+{ord(character):04X}>" if FORBIDDEN.match(character) else character


def _width(character: str) -> int:
    if FORBIDDEN.match(character):
        return len(_seen(character))
    if unicodedata.combining(character) or character in "\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
