"""Dates in exports: many forms, three languages, and the question whether 03/08 is in March or in August."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import Literal

from crisiscli.listening.columns import folded_word

Order = Literal["day first", "month first"]

_MONTHS = {
    "jan": 1, "sty": 1, "ian": 1, "feb": 2, "lut": 2, "mar": 3, "apr": 4, "kwi": 4, "may": 5, "maj": 5, "mai": 5,
    "jun": 6, "cze": 6, "iun": 6, "jul": 7, "lip": 7, "iul": 7, "aug": 8, "sie": 8, "sep": 9, "wrz": 9,
    "oct": 10, "paz": 10, "okt": 10, "nov": 11, "lis": 11, "noi": 11, "dec": 12, "gru": 12,
}  # fmt: skip
_CLOCK = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\.?)?(?:\s*(z|utc|gmt|[+-]\d{2}:?\d{2}))?"
)
_NUMBERS = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?!\d)")
_DAY_NAME = re.compile(r"^[a-z]{2,}\.?,\s*")
_DAY_MONTH = re.compile(r"(\d{1,2})[ .-]+([a-z]{3,})[ .,-]+(\d{2,4})(?!\d)")
_MONTH_DAY = re.compile(r"([a-z]{3,})[ .]+(\d{1,2})(?:st|nd|rd|th)?[ ,]+(\d{4})(?!\d)")
_EPOCH = re.compile(r"\d{10}|\d{13}")


def order_of(cells: Iterable[str]) -> Order | None:
    """What 03/08/2022 means in this file: the first date that leaves no doubt says it; None when none does."""
    for cell in cells:
        match = _NUMBERS.match(folded_word(cell))
        if match is None or len(match[1]) == 4:
            continue
        if int(match[1]) > 12:
            return "day first"
        if int(match[2]) > 12:
            return "month first"
    return None


def numeric(cell: str) -> bool:
    """True for a date whose day and month could be taken for one another: 03/08/2022."""
    match = _NUMBERS.match(folded_word(cell))
    return match is not None and len(match[1]) < 4


def moment(cell: str, clock: str, zone: tzinfo, order: Order) -> datetime:
    """A date cell, and the time of day from a cell beside it, in UTC; `zone` is for times without one.

    Raises ValueError for a date nobody can read.
    """
    text = folded_word(cell)
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    bare = _DAY_NAME.sub("", text)
    found = _date(bare, order)
    if found is None:
        raise ValueError(f"{cell.strip()[:40]!r} is no date")
    (year, month, day), rest = found
    aside = folded_word(clock)
    hour, minute, second, offset = _clock(rest if re.search(r"\d", rest) else aside)
    try:
        moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - its zone comes with the offset
    except ValueError:
        raise ValueError(f"{cell.strip()[:40]!r} is no date") from None
    return moment.replace(tzinfo=offset or zone).astimezone(UTC)


def _date(text: str, order: Order) -> tuple[tuple[int, int, int], str] | None:
    match = _NUMBERS.match(text)
    if match:
        first, second, third = (int(part) for part in match.groups())
        rest = text[match.end() :]
        if len(match[1]) == 4:
            return (first, second, third), rest
        day, month = (first, second) if order == "day first" else (second, first)
        return (_year(third), month, day), rest
    match = _DAY_MONTH.match(text)
    if match and match[2][:3] in _MONTHS:
        return (_year(int(match[3])), _MONTHS[match[2][:3]], int(match[1])), text[match.end() :]
    match = _MONTH_DAY.match(text)
    if match and match[1][:3] in _MONTHS:
        return (int(match[3]), _MONTHS[match[1][:3]], int(match[2])), text[match.end() :]
    return None


def _year(number: int) -> int:
    return number + 2000 if number < 100 else number


def _clock(text: str) -> tuple[int, int, int, tzinfo | None]:
    """Hour, minute, second and zone of a time of day; midnight for none. Raises ValueError."""
    bare = text.lstrip(" t,").rstrip()
    if not bare:
        return 0, 0, 0, None
    if re.fullmatch(r"\d{1,2}", bare):
        return int(bare), 0, 0, None
    match = _CLOCK.match(bare)
    if match is None:
        raise ValueError(f"{text.strip()[:40]!r} is no time of day")
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4] == "p" else 0)
    return hour, int(match[2]), int(match[3] or 0), _zone(match[5])


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in ("z", "utc", "gmt"):
        return UTC
    return datetime.strptime(text.replace(":", ""), "%z").tzinfo
