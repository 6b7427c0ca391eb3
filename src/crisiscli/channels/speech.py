"""How long words take to say."""

from __future__ import annotations

import math
import re

PACE = {"en": 150, "pl": 110, "ro": 125}
"""Words a minute of a calm announcement. English 150 is the usual pace of announcements.

The others keep the ratio measured for the same text read aloud in several languages (IReST, Trauzettel-Klosinski and
Dietz 2012: English 228, Polish 166, Italian 188; Italian stands in for Romanian, which was not measured).
"""
OTHER_PACE = 125

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def seconds(text: str, language: str) -> int:
    """How long the text takes to say, in whole seconds, rounded up. A digit is said as a word of its own."""
    found: list[str] = _WORD.findall(text)
    words = len(found)
    for word in found:
        if not word.isalpha():
            words += max(0, sum(character.isdigit() for character in word) - 1)
    return math.ceil(words * 60 / PACE.get(language[:2], OTHER_PACE))
