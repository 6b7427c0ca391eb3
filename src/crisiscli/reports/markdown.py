"""Writing Markdown in which nothing people wrote can become markup."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def visible(text: str) -> str:
    """Control, escape and direction characters shown by their number instead of acting."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def plain(text: str) -> str:
    """People's words inside a paragraph or a table cell: one line, nothing acts as markup."""
    return _SPECIAL.sub(r"\\\1", visible(" ".join(text.split())))


def verbatim(text: str) -> list[str]:
    """Exact words as a fenced block, unaltered; the fence is longer than any in them."""
    runs = [len(run) for run in re.findall(r"`+", text)]
    fence = "`" * max(3, *(run + 1 for run in runs), 3)
    return [f"{fence}text", *visible_lines(text), fence]


def visible_lines(text: str) -> list[str]:
    """The lines of a text, with characters that would act on a terminal shown by their number."""
    return [visible(line) for line in text.split("\n")]


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    """A table; cells must already be plain."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return lines + [f"| {' | '.join(row)} |" for row in rows]
