"""Characters that no file of ours may hold: control, direction and invisible ones."""

from __future__ import annotations

import re
import unicodedata

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Everything of Unicode's Cc and Cf but tab, line ends, ZWJ and ZWNJ (emoji, Persian), with the blank letters,
line separators, lone surrogates and all variation selectors but text and emoji style."""

HARMLESS = bytes((0x09, 0x0A, 0x0D, *range(0x20, 0x7F), *range(0x80, 0xC0), *range(0xC3, 0xCD), *range(0xCE, 0xD8)))
"""The bytes of UTF-8 in which a forbidden character cannot begin: ASCII, and the letters of Europe. A text of nothing
else needs no second look, and throwing such bytes out is ten times faster than looking for the others."""

_JOINERS = re.compile("[\u200c\u200d\ufe0e\ufe0f\t\r\n]")
_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def hidden(character: str) -> str:
    """What a forbidden character is, in words."""
    if character in _DIRECTION:
        return "a character that turns the reading direction around"
    if unicodedata.category(character) in ("Cc", "Cs"):
        return "a control character"
    return "an invisible character"


def spelled(character: str) -> str:
    """How a character is written in Unicode's own terms: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def in_key(key: str) -> bool:
    """True when a key holds something that cannot be seen, joiners included."""
    return _JOINERS.search(key) is not None or FORBIDDEN.search(key) is not None
