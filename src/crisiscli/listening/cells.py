"""The cells of an export: sentiment words, numbers, durations, as people and tools write them in three languages."""

from __future__ import annotations

import re
from decimal import Decimal

from crisiscli.listening.columns import folded_word

SCALE = 5
"""The widest sentiment scale around zero a tool is known to export (Talkwalker, -5 to 5)."""
MOST = 10**12

_STEMS = (
    ("posit", "positive"),
    ("pozyt", "positive"),
    ("pozit", "positive"),
    ("neut", "neutral"),
    ("negat", "negative"),
)
_SHORT = {"pos": "positive", "neu": "neutral", "neg": "negative", "+": "positive", "-": "negative"}
_UNRATED = frozenset(
    {
        "", "unknown", "not rated", "unrated", "none", "null", "nan", "n/a", "na", "n.a.", "undefined", "not available",
        "mixed", "ambivalent", "brak", "nieznany", "nieokreslony", "nieokreslone", "ambiwalentny", "nedefinit",
        "necunoscut", "nespecificat", "mixt",
    }
)  # fmt: skip
_GROUPED = re.compile(r"\d{1,3}(?:([ .,'’])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"[-+]?\d{1,12}(?:[.,]\d{1,6})?")
_PIECE = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(d|dni|zile|h|hr|hrs|hours?|godz|ore|m|min|mins|minutes?|s|sec|sek|seconds?)\b\.?"
)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)(?:[.,]\d+)?")
_SECONDS = {"d": 86_400, "z": 86_400, "h": 3_600, "g": 3_600, "o": 3_600, "m": 60, "s": 1}


def sentiment(cell: str) -> str:
    """positive, neutral or negative; "" when the tool did not rate it or rated it both ways.

    A number counts by its sign when it lies between -5 and 5. Raises ValueError with what is wrong.
    """
    word = folded_word(cell).strip("\"'")
    if word in _UNRATED:
        return ""
    found = _SHORT.get(word) or next((meaning for stem, meaning in _STEMS if word.startswith(stem)), "")
    if found:
        return found
    if not _DECIMAL.fullmatch(word):
        raise ValueError(f"{_short(cell)} is no sentiment")
    score = Decimal(word.replace(",", "."))
    if abs(score) > SCALE:
        raise ValueError(f"{_short(cell)} is a score, not a sentiment between -5 and 5")
    return "positive" if score > 0 else "negative" if score < 0 else "neutral"


def count(cell: str) -> int:
    """A whole number; thousands may stand apart, an empty cell is 0. Raises ValueError."""
    text = _digits(cell)
    if not text:
        return 0
    if _GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    if not re.fullmatch(r"\d{1,13}(?:[.,]0+)?", text) or int(re.split("[.,]", text)[0]) > MOST:
        raise ValueError(f"{_short(cell)} is no count")
    return int(re.split("[.,]", text)[0])


def percent(cell: str) -> int:
    """A share in whole percent, rounded down: `80%`, `80,5 %`. Raises ValueError."""
    text = _digits(cell).removesuffix("%").strip()
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"{_short(cell)} is no percentage")
    found = int(Decimal(text.replace(",", ".")))
    if not 0 <= found <= 1000:
        raise ValueError(f"{_short(cell)} is no percentage")
    return found


def span(cell: str, unit: str) -> int:
    """A duration in seconds: `1h 44m`, `00:10:23`, or a bare number in the header's unit. Raises ValueError."""
    text = folded_word(_digits(cell))
    clock = _CLOCK.fullmatch(text)
    if clock:
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3])
    if _DECIMAL.fullmatch(text):
        if not unit:
            raise ValueError(f"{_short(cell)} has no unit; write 10 min, or the unit in the header: (min)")
        return int(abs(Decimal(text.replace(",", "."))) * _SECONDS[unit])
    pieces = _PIECE.findall(text)
    if not pieces or _PIECE.sub("", text).strip(" ,"):
        raise ValueError(f"{_short(cell)} is no duration")
    return sum(int(Decimal(number.replace(",", ".")) * _SECONDS[word[0]]) for number, word in pieces)


def _digits(cell: str) -> str:
    return re.sub(r"[\u00a0\u202f\u2009]", " ", cell).strip().strip("\"'")


def _short(cell: str) -> str:
    text = " ".join(cell.split())
    return repr(text if len(text) <= 40 else f"{text[:37]}...")
