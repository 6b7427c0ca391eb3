"""Clock: what time it is, owned by whoever runs the program.

`CRISIS_CLOCK` moves it: `2026-11-22T03:05:00+01:00` starts there and runs at normal speed,
`2026-11-22T03:05:00Z x5` runs five times faster, `@FILE` reads the time from a file at every look.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

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


class PacedClock:
    """A drill's clock: another clock, run `speed` times as fast from a moment both agree on.

    `pace` is asked at every look, because another terminal may change it: `real` and `at` are the inner clock's
    and the drill's time that belong together (ISO 8601), `speed` is a number as text, "0" while the drill rests.
    Every process that reads the same pace shows the same time. Without one it is the inner clock.
    """

    def __init__(self, inner: Clock, pace: Callable[[], Mapping[str, Any] | None]) -> None:
        self.inner = inner
        self.pace = pace

    def now(self) -> datetime:
        now, pace = self.inner.now(), self.pace()
        if not pace:
            return now
        passed = now - datetime.fromisoformat(pace["real"])
        return datetime.fromisoformat(pace["at"]) + passed * float(pace["speed"])


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
