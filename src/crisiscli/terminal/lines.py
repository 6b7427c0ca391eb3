"""Lines as rows of a screen: filtered, folded for display only, and printed without colour."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from crisiscli.screen import Line, Style
from crisiscli.terminal.safe import show_within
from crisiscli.terminal.streams import Color, can_draw, columns, encoding_of, wants_color

QUOTE_BAR = "| "
RULE_CELLS = 80
_PIECE = re.compile(r"[^ \t]+[ \t]*|[ \t]+")  # a no-break space is no place to break

Lines = Iterable[Line | str]


def as_line(line: Line | str) -> Line:
    """A bare string is a line without a style."""
    return Line(line) if isinstance(line, str) else line


def cells(text: str) -> int:
    """How many columns a terminal needs for the text: two for wide letters, none for marks (UAX 11)."""
    return sum(_cells_of(character) for character in text)


def fold(text: str, width: int, *, hard: bool = True) -> list[str]:
    """One line as rows of at most `width` cells, broken after spaces.

    Joined, the rows are the text again: spaces at a break stay at the end of their row and are not
    counted. A word longer than `width` is cut when `hard`, else it sticks out, whole and copyable.
    """
    rows, row, used = [], "", 0
    for piece in _PIECE.findall(text):
        wide = cells(piece.rstrip(" \t"))
        if row and used + wide > width:
            rows.append(row)
            row, used = "", 0
        if hard and wide > width:
            *cut, piece = _cut(piece, width)  # noqa: PLW2901
            rows += cut
        row += piece
        used += cells(piece)
    return [*rows, row]


def rows(line: Line | str, stream: TextIO, *, width: int | None) -> Iterator[tuple[str, Style]]:
    """The rows of one line as `stream` can show them, each with its style; `width` None folds nothing."""
    line = as_line(line)
    if line.style == "rule":
        yield _rule(line.text, stream, width), line.style
        return
    bar = QUOTE_BAR if line.style == "quote" else ""
    for part in show_within(line.text, encoding_of(stream)).split("\n"):
        room = None if width is None else max(width - len(bar), 10)
        for row in [part] if room is None else fold(part, room, hard=bool(bar)):
            yield bar + (row if room is None else row.rstrip(" ")), line.style


def print_plain(lines: Lines, stream: TextIO, *, width: int | None = None) -> None:
    """Prints lines without colour and without any escape sequence."""
    for line in lines:
        for row, _ in rows(line, stream, width=width):
            stream.write(row + "\n")
    stream.flush()


def printer(color: Color = "auto") -> Callable[[Lines], None]:
    """What a command without questions prints its lines with, on stdout.

    Colours need a terminal, or an explicit wish (`always`, FORCE_COLOR). Without them neither rich nor
    prompt_toolkit is imported, and a pipe gets every line unfolded.
    """
    if not wants_color(color, sys.stdout):
        return lambda lines: print_plain(lines, sys.stdout, width=columns(sys.stdout))

    def print_painted(lines: Lines) -> None:
        from crisiscli.terminal.record import Record

        Record(sys.stdout, color=True).print(lines)

    return print_painted


def _rule(text: str, stream: TextIO, width: int | None) -> str:
    stroke = "─" if can_draw(stream) else "-"
    total = min(width or RULE_CELLS, RULE_CELLS)
    if not text:
        return stroke * total
    title = f"{stroke * 2} {show_within(text, encoding_of(stream))} "
    return title + stroke * max(total - cells(title), 0)


def _cells_of(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(piece: str, width: int) -> list[str]:
    parts, start, used = [], 0, 0
    for at, character in enumerate(piece.rstrip(" \t")):
        wide = _cells_of(character)
        if used + wide > width and at > start:
            parts.append(piece[start:at])
            start, used = at, 0
        used += wide
    return [*parts, piece[start:]]
