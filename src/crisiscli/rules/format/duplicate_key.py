"""A key stands twice in one block."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from crisiscli.problem import Edit, Fix, Problem
from crisiscli.rules.book import Book
from crisiscli.rules.found import Found
from crisiscli.source.document import BREAK
from crisiscli.source.findings import CODES, EFFECTS


class DuplicateKey(Found):
    """A key stands twice in one block.

    In one block a key counts once: YAML keeps one of the two values and drops the other without a word. It happens when
    a block is copied and the old one stays. Both places are shown; keep the one that is right.

    Bad:
    ```yaml
    owner: Communications
    owner: Press desk
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "duplicate-key"
    CODE = CODES[NAME]
    EFFECT = EFFECTS[NAME]
    FIXES = "deletes the second one where both say the same, letter for letter"

    def check(self, book: Book) -> Iterator[Problem]:
        for problem in super().check(book):
            fix = _deleted(book.document.text, problem)
            yield dataclasses.replace(problem, fix=fix) if fix else problem


def _deleted(text: str, problem: Problem) -> Fix | None:
    """Deletes the lines of the second key; None when the first one does not say the same, letter for letter."""
    starts = [0, *(found.end() for found in BREAK.finditer(text))]
    lines = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    second, first = problem.span, problem.others[0].span
    column = second.column - 1
    entry = _entry(lines, second.line - 1, column)
    if not entry or "".join(entry[0][:column]).strip() or first.column != second.column:
        return None
    other = _entry(lines, first.line - 1, column)
    if [line[column:].rstrip() for line in entry] != [line[column:].rstrip() for line in other]:
        return None
    start = starts[second.line - 1]
    end = start + sum(map(len, entry))
    if end == len(text) and not text.endswith(("\n", "\r")):
        start -= 2 if text[:start].endswith("\r\n") else 1
    return Fix("delete the second one, which says the same", (Edit(start, end, ""),))


def _entry(lines: list[str], number: int, column: int) -> list[str]:
    """The lines of the key at a line and column, and all below it that belongs to it."""
    found = [lines[number]]
    for line in lines[number + 1 :]:
        words = line.lstrip(" ")
        indent = len(line) - len(words)
        if words.strip() and indent <= column and not (indent == column and words.startswith("- ")):
            break
        found.append(line)
    while not found[-1].strip():
        found.pop()
    return found
