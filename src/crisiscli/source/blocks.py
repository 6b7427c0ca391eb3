"""Writes words that stand behind a key as a block below it, where nothing in them has a meaning for YAML."""

from __future__ import annotations

import re

from crisiscli.problem import Edit, Fix
from crisiscli.source.document import BREAK

_REMARKS = ("#todo", "#fixme", "#xxx", "#nb", "#note")
"""Words behind a # that an author writes to another author."""


def as_block(text: str, start: int, end: int) -> Fix | None:
    """A Fix that writes the words from `start` to `end` as a block that folds lines as unquoted text does.

    It is safe when the part behind the # begins like a hashtag. None where no block may stand: inside braces.
    """
    before = re.split(r"[\r\n]", text[:start])[-1]
    found = re.fullmatch(r"(?P<in>\ufeff? *(?:- +)*)(?P<key>(?:[\w-]+|\"[^\"]*\"|'[^']*'):[ \t]+)?", before)
    if found is None or not (found["key"] or found["in"].endswith("- ")):
        return None
    indent = " " * (len(found["in"]) + (2 if found["key"] else 0))
    after = "\r\n" if "\r\n" in text else "\n"
    lines = [line.strip() for line in BREAK.split(text[start:end])]
    words = after.join(indent + line if line else "" for line in lines)
    hashtag = re.search(r"(?:^|\s)(#\w+)", lines[-1])
    safe = hashtag is not None and hashtag[1].lower() not in _REMARKS
    return Fix("write the words as a block below the key", (Edit(start, end, f">-{after}{words}"),), safe)
