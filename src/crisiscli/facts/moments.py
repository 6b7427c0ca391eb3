"""Times and durations as people type them at night."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as day_time

TIME_HELP = "type a time like 04:00, 14:30 tomorrow, in 30 min, or 2026-11-22T04:00+01:00"
AGO_HELP = "type how long ago (12 min ago), a time (14:05), yesterday 23:50, or now"
DURATION_HELP = "type a duration like 30m, 2h, 1h30m or 90 min"
LONGEST_SECONDS = 366 * 86_400

_UNITS = {
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "sek": 1,
    "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60, "minut": 60, "minuty": 60,
    "h": 3_600, "hr": 3_600, "hrs": 3_600, "hour": 3_600, "hours": 3_600, "godz": 3_600, "ore": 3_600,
    "d": 86_400, "day": 86_400, "days": 86_400, "dni": 86_400, "zile": 86_400,
}  # fmt: skip
_PIECE = re.compile(r"([0-9]{1,6})\s*([a-z]+)\.?")
_PIECES = re.compile(r"(?:[0-9]{1,6}\s*[a-z]+\.?\s*(?:and\s+)?)+")
_DAYS = {"today": 0, "dzisiaj": 0, "dziś": 0, "azi": 0, "tomorrow": 1, "jutro": 1, "mâine": 1, "maine": 1}
_PAST_DAYS = {"today": 0, "yesterday": -1, "wczoraj": -1, "ieri": -1}
_OCLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\s*(am|pm)?\s*(z|[+-]\d{2}:?\d{2})?|(\d{1,2})\s*(am|pm)")
_HALF_DAY = 12


def seconds(typed: str) -> int:
    """A duration in seconds. Raises ValueError with what would be accepted."""
    text = typed.strip().lower()
    if not _PIECES.fullmatch(text):
        raise ValueError(f"{typed!r} is not a duration; {DURATION_HELP}")
    total = 0
    for number, unit in _PIECE.findall(text):
        if unit not in _UNITS:
            raise ValueError(f"{unit!r} is not a unit of time; {DURATION_HELP}")
        total += int(number) * _UNITS[unit]
    if total > LONGEST_SECONDS:
        raise ValueError(f"{typed!r} is longer than a year; {DURATION_HELP}")
    return total


def moment(typed: str, now: datetime, zone: tzinfo) -> datetime:
    """A time to come, to the minute, in the company's zone. Raises ValueError with what would be accepted.

    A time of day without a day is the next such time. A date in the past is taken as it is typed.
    """
    text = " ".join(typed.split()).lower()
    ahead = re.fullmatch(r"(?:in\s+|za\s+|peste\s+|\+\s*)(.+)", text)
    if ahead is not None:
        found = now + timedelta(seconds=seconds(ahead[1]))
        return found.astimezone(zone).replace(second=0, microsecond=0)
    whole = _whole(typed.strip(), zone)
    if whole is not None:
        return whole
    days, oclock = _day(text, _DAYS)
    today = now.astimezone(zone).date()
    if days is not None:
        return _at(oclock, today + timedelta(days=days), zone, TIME_HELP)
    found = _at(oclock, today, zone, TIME_HELP)
    return found if found > now else _at(oclock, today + timedelta(days=1), zone, TIME_HELP)


def ago(typed: str, now: datetime, zone: tzinfo) -> datetime:
    """A time that has passed, in UTC: `12 min ago`, `14:05`, `yesterday 23:50`, ISO 8601, `now` or nothing.

    A time of day without a day is the last such time. Raises ValueError with what would be accepted, and for
    a time that has not come yet.
    """
    text = " ".join(typed.split()).lower()
    if text in ("", "now", "teraz", "acum"):
        return now.astimezone(UTC)
    back = re.fullmatch(r"-\s*(.+)|(.+?)\s+(?:ago|temu)|acum\s+(.+)|((?:\d+\s*[a-z]+\s*)+)", text)
    if back is not None and not re.search(r"\d\s*(am|pm)\b", text):
        return (now - timedelta(seconds=seconds(next(part for part in back.groups() if part)))).astimezone(UTC)
    found = _whole(typed.strip(), zone) or _last(text, now, zone)
    if found > now:
        raise ValueError(f"{typed!r} has not come yet; {AGO_HELP}")
    return found.astimezone(UTC)


def _last(text: str, now: datetime, zone: tzinfo) -> datetime:
    days, oclock = _day(text, _PAST_DAYS)
    today = now.astimezone(zone).date()
    if days is not None:
        return _at(oclock, today + timedelta(days=days), zone, AGO_HELP)
    found = _at(oclock, today, zone, AGO_HELP)
    return found if found <= now else _at(oclock, today - timedelta(days=1), zone, AGO_HELP)


def _whole(text: str, zone: tzinfo) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", text, re.IGNORECASE):
        return None
    try:
        found = datetime.fromisoformat(text.upper().replace(" +", "+"))
    except ValueError:
        raise ValueError(f"{text!r} is not a date and time; {TIME_HELP}") from None
    return found if found.tzinfo else _placed(found, zone)


def _day(text: str, days: dict[str, int]) -> tuple[int | None, str]:
    words = text.replace(",", " ").split()
    named = [word for word in words if word in days]
    rest = " ".join(word for word in words if word not in days and word not in ("at", "o", "ora", "la"))
    return (days[named[0]] if named else None), rest


def _at(oclock: str, day: date, zone: tzinfo, accepted: str) -> datetime:
    match = _OCLOCK.fullmatch(oclock)
    if match is None:
        raise ValueError(f"{oclock!r} is not a time; {accepted}")
    hour, minute, half, offset = int(match[1] or match[5]), int(match[2] or 0), match[3] or match[6], match[4]
    if half:
        if not 1 <= hour <= _HALF_DAY:
            raise ValueError(f"{oclock!r} is not a time of day; {accepted}")
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "pm" else 0)
    try:
        naive = datetime.combine(day, day_time(hour, minute))
    except ValueError:
        raise ValueError(f"{oclock!r} is not a time of day; {accepted}") from None
    if offset:
        return datetime.fromisoformat(f"{naive.isoformat()}{offset.upper()}")
    return _placed(naive, zone)


def _placed(naive: datetime, zone: tzinfo) -> datetime:
    """The moment a wall clock shows this. Raises ValueError for an hour that the clock change skips or repeats."""
    first, second = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    shown = f"{naive:%H:%M} on {naive:%Y-%m-%d}"
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise ValueError(f"{shown} does not exist: the clocks skip it; type a time before or after it")
    both = " or ".join(f"{naive:%H:%M}{one.isoformat()[-6:]}" for one in (first, second))
    raise ValueError(f"{shown} comes twice: the clocks go back; type {both}")
