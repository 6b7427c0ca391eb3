"""Clock: what time it is, owned by whoever runs the program.

`CRISIS_CLOCK` moves it: `2026-11-22T03:05:00+01:00` starts there and runs at normal speed,
`2026-11-22T03:05:00Z x5` runs five times faster, `@FILE` reads the time from a file at every look.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from crisiscli.errors import UsageError


class Clock(Protocol):
    """The only way to ask for the time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovedClock:
    """A clock that was set to another time and runs from there, `speed` times as fast."""

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        self.start = start.astimezone(UTC)
        self.speed = speed
        self.began = time.monotonic()

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(time.monotonic() - self.began) * self.speed)


class FileClock:
    """A clock that says what a file says: an ISO 8601 time with offset."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def now(self) -> datetime:
        try:
            return datetime.fromisoformat(self.path.read_text(encoding="utf-8").strip()).astimezone(UTC)
        except (OSError, ValueError):
            raise UsageError(
                f"CRISIS_CLOCK points at {self.path}, which holds no time.", then="write a time into it, or unset it"
            ) from None


def open_clock(setting: str | None = None) -> Clock:
    """The clock named by `setting` or `CRISIS_CLOCK`. Raises UsageError for a setting it cannot read."""
    text = os.environ.get("CRISIS_CLOCK", "") if setting is None else setting
    if not text:
        return SystemClock()
    if text.startswith("@"):
        return FileClock(Path(text[1:]))
    moment, _, speed = text.partition(" x")
    try:
        start = datetime.fromisoformat(moment.strip())
        factor = float(speed) if speed else 1.0
    except ValueError:
        raise UsageError(
            f"CRISIS_CLOCK is {text!r}, which is not a time.",
            then="set it to something like 2026-11-22T03:05:00+01:00, or unset it",
        ) from None
    return MovedClock(start if start.tzinfo else start.astimezone(), factor)
