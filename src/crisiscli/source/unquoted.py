"""What to say of a text that lacks its quotes, with the line as it should stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from crisiscli.problem import Fix, Label, Span
from crisiscli.source.document import BREAK, Mark
from crisiscli.source.quoting import Offsets, example, keeps_to_its_line, quoted, quotes

_ALWAYS_TEXT = ("{{", "@", "%", "`")
"""Nothing of the format begins with these: what does is text that lacks its quotes."""
_NAMES = {"&": "an anchor", "*": "an alias", "!": "a tag"}


class Words(NamedTuple):
    """What one complaint comes to."""

    span: Span
    what: str
    cure: str
    others: tuple[Label, ...] = ()
    here: str = ""
    fix: Fix | None = None


def unquoted(text: str, line: int, column: int, begins: str) -> Words:
    """A value that needs quotes because of what it begins with. Line and column count from 0."""
    lines = BREAK.split(text)
    words = lines[line][column:].rstrip()
    span = Span(line + 1, column + 1, line + 1, column + 1 + len(begins))
    cure = f"Put quotes around the whole text: {example(quoted(words))}."
    if begins in ("|", ">"):
        cure += " Or begin the text on the next line, two spaces further in."
    start = Offsets(text).at(line + 1, column + 1)
    safe = begins in _ALWAYS_TEXT and keeps_to_its_line(lines, line, column)
    fix = quotes(text, start, start + len(words), safe=safe)
    return Words(span, f"A text that begins with {begins} needs quotes around it.", cure, fix=fix)


def slot_in_braces(text: str, line: int, column: int) -> Words:
    """A `{{ fact }}` without quotes inside `{ }` or `[ ]`, where a brace has another meaning."""
    row = BREAK.split(text)[line]
    begins = max(row.rfind(mark, 0, column) for mark in (": ", ", ", "{", "[")) + 1
    begins += len(row[begins:]) - len(row[begins:].lstrip())
    words = re.match(r"[^{]*(?:\{\{[^{}]*\}\}[^,{}\]]*)*", row[begins:])
    shown = words.group().rstrip() if words and words.group() else "..."
    cure = f"Put quotes around the whole text: {example(quoted(shown))}."
    span = Span(line + 1, column + 1, line + 1, column + 3)
    return Words(span, "A text with {{ inside braces or brackets needs quotes around it.", cure)


def marked(text: str, start: Mark, mark: str) -> Words:
    """A value that begins with the mark of something the format does not have: `&`, `*` or `!`."""
    row = BREAK.split(text)[start.line]
    words = row[start.column :].rstrip()
    span = Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    what = f"A text that begins with {mark} needs quotes around it: YAML takes it for {_NAMES[mark]}."
    if "{" in row[: start.column] or "[" in row[: start.column]:
        return Words(span, what, f"If {mark} is part of the text, put quotes around the text; else delete it.")
    cure = f"If {mark} is part of the text, put quotes around it all: {example(quoted(words))}. Else delete it."
    return Words(span, what, cure, fix=quotes(text, start.index, start.index + len(words), safe=False))
