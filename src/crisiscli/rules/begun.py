"""Sentences that were begun and could not be read: they are told where they stand, and their labels are not missing."""

from __future__ import annotations

from typing import Any

from crisiscli.rules.book import Book, Text


def begun(book: Book, text: Text) -> frozenset[str]:
    """The labels of a text that stand without words, or without the space that would make them labels."""
    written: Any = book.document.value
    for part in text.place:
        written = written.get(part) if isinstance(written, dict) else None
    items = written.get("body") if isinstance(written, dict) else written
    found: set[str] = set()
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            found.update(str(label) for label, words in item.items() if words is None)
        elif isinstance(item, str) and ":" in item:
            found.add(item.partition(":")[0])
    return frozenset(found)
