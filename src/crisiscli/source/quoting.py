"""Puts words in quotes, and finds the stretch of a text that a Span means."""

from __future__ import annotations

from crisiscli.problem import Edit, Fix, Span
from crisiscli.source.characters import FORBIDDEN
from crisiscli.source.document import BREAK

_STAND_IN = "\N{REPLACEMENT CHARACTER}"
"""What a text is read with in place of a character that no file may hold; it must never be written."""
SHOWN = 72
"""Characters of an example in a cure; a longer one is cut in its middle."""


class Offsets:
    """From lines and columns of one text, both from 1, to offsets in code points from 0."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(found.end() for found in BREAK.finditer(text))]
        self.length = len(text)

    def at(self, line: int, column: int) -> int:
        """The offset of a line and column."""
        return min(self.starts[line - 1] + column - 1, self.length) if line <= len(self.starts) else self.length

    def of(self, span: Span) -> tuple[int, int]:
        """The offsets of a Span's start and end."""
        return self.at(span.line, span.column), self.at(span.end_line, span.end_column)


def quoted(words: str) -> str:
    """The words as YAML in quotes that need no escape where that is possible."""
    if '"' not in words and "\\" not in words:
        return f'"{words}"'
    if "'" not in words:
        return f"'{words}'"
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def example(written: str) -> str:
    """A piece of YAML as a cure shows it: to be copied, so without characters nobody sees."""
    written = FORBIDDEN.sub("", written).replace(_STAND_IN, "")
    short = written if len(written) <= SHOWN else f"{written[: SHOWN - 24].rstrip()} ... {written[-19:].lstrip()}"
    return short if "`" in short else f"`{short}`"


def quotes(text: str, start: int, end: int, *, safe: bool = True) -> Fix:
    """A Fix that puts quotes around a stretch of a text."""
    written = quoted(text[start:end])
    if _STAND_IN in written:
        around = (Edit(start, start, written[0]), Edit(end, end, written[-1]))
        plain = written[1:-1] == text[start:end]
        return Fix("put quotes around the text", around, safe and plain)
    return Fix("put quotes around the text", (Edit(start, end, written),), safe)


def keeps_to_its_line(lines: list[str], number: int, column: int) -> bool:
    """True when a value of block style that begins there is certainly the rest of its line, and all of it words."""
    line = lines[number]
    before, words = line[:column], line[column:].rstrip()
    name = before.strip(" -")
    if "#" in words or ": " in words or words.endswith((":", ",")) or words.count('"') % 2:
        return False
    if words.count("{{") != words.count("}}") or (name and not _is_key(name)) or "\t" in before:
        return False
    parent = before.index(name) if name else before.rfind("-")
    below = next((found for found in lines[number + 1 :] if found.strip()), "")
    return len(below) - len(below.lstrip()) <= parent and not below.lstrip().startswith(("}", "]"))


def _is_key(name: str) -> bool:
    return name.endswith(":") and name[:-1].replace("_", "").replace("-", "").isalnum()
