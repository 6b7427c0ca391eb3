"""Durations, offsets from T0, and how a clock is read out."""

from __future__ import annotations

import functools
import re
from datetime import datetime, timedelta

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(?:\d+[smhd])+\Z")
_PART = re.compile(r"(\d+)([smhd])")
LONGEST = timedelta(days=3660)


@functools.lru_cache(maxsize=256)
def duration(text: str) -> timedelta:
    """`30m`, `1h30m`, `72h`, `2d` as a timedelta. Raises ValueError for anything else."""
    if not _DURATION.match(text):
        raise ValueError(f"{text!r} is not a duration; write it like 30m, 1h30m, 72h or 2d")
    if len(text) > 12:
        raise ValueError(f"{text!r} is longer than ten years")
    found = timedelta(seconds=sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(text)))
    if found > LONGEST:
        raise ValueError(f"{text!r} is longer than ten years")
    return found


def offset(text: str) -> timedelta:
    """`T+9m` as a timedelta from T0. Raises ValueError for anything else."""
    if not text.startswith("T+"):
        raise ValueError(f"{text!r} is not a time from T0; write it like T+9m")
    return duration(text[2:])


def due(text: str, t0: datetime, opened: datetime) -> datetime:
    """When `T+9m` (from T0) or `9m` (from `opened`) falls. Raises ValueError."""
    return t0 + offset(text) if text.startswith("T+") else opened + duration(text)


def lasting(span: timedelta) -> str:
    """A span as a person reads a clock: `9:05`, `1:04:12`, `2 d 3:04` without seconds; a negative one with a minus."""
    seconds = int(abs(span).total_seconds())
    sign = "-" if span < timedelta(0) and seconds else ""
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    clock = f"{hours}:{minutes:02}:{seconds:02}" if hours or days else f"{minutes}:{seconds:02}"
    return f"{sign}{days} d {hours}:{minutes:02}" if days else f"{sign}{clock}"


def since(t0: datetime, now: datetime) -> str:
    """The crisis clock: `T+09:12`, after an hour `T+1:04:12`, before T0 `T-00:30`."""
    span = now - t0
    text = lasting(abs(span))
    if text.count(":") == 1 and len(text) == 4:
        text = f"0{text}"
    return f"T-{text}" if span < timedelta(0) else f"T+{text}"
