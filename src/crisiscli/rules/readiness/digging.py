"""Looks for stretches of a whole file, comments included, line by line: for what must not stand in it anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisiscli.problem import Span
from crisiscli.rules.book import Book

_DIGITS = bytes.maketrans(b"0123456789", b"0" * 10)


def has_digits(book: Book, many: int) -> bool:
    """Whether so many digits stand in a row anywhere, spaces, dots, dashes and brackets not counted. Fast."""
    return b"0" * many in book.utf8.translate(_DIGITS, b" -().")


def hits(book: Book, pattern: re.Pattern[str], *, spoken: bool = True) -> Iterator[tuple[re.Match[str], Span]]:
    """Every hit in every line with its Span; without the block of messages when `spoken` is False."""
    messages = range(0) if spoken else _messages(book)
    for number, line in enumerate(book.document.lines(), start=1):
        if number not in messages:
            for hit in pattern.finditer(line):
                yield hit, Span(number, hit.start() + 1, number, hit.end() + 1)


def _messages(book: Book) -> range:
    """The lines of the block `messages:`."""
    value = book.document.value
    keys = list(value) if isinstance(value, dict) else []
    starts = sorted(book.document.span((key,), key=True).line for key in keys)
    if "messages" not in keys:
        return range(0)
    first = book.document.span(("messages",), key=True).line
    return range(first, next((line for line in starts if line > first), len(book.document.lines()) + 1))
