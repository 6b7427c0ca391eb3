"""Readings out of an export: one for the whole of it, or one for every stretch of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from crisiscli.listening.columns import LAST, PARTS, SUMS
from crisiscli.listening.export import Export, Row

MANY = 500
"""Readings one import may make."""


class Window(NamedTuple):
    """One reading an export makes: `at` is its end, `value` a whole number, `parts` add up to `n`."""

    signal: str
    kind: Literal["counted", "number"]
    at: datetime
    value: int | None = None
    n: int = 0
    parts: dict[str, int] = {}  # noqa: RUF012 - never written to


def windows(export: Export, signal: str, now: datetime, per: timedelta | None = None) -> list[Window]:
    """The readings of an export in order of time; `signal` names the counted ones. None lies after `now`.

    Without `per` all rows make one window that ends with its last row, or with its last day. Counts are added
    up; of shares without their counts and of log-ins and calls the last row stands; reply times are the median
    of the rows.
    Raises ValueError for `per` without dates, or for more readings than anybody looks at.
    """
    if per is None:
        times = [row.at for row in export.rows if row.at is not None]
        end = max(times, default=now) + (timedelta(0) if export.timed else timedelta(days=1))
        return _window(export.rows, signal, min(end, now))
    if any(row.at is None for row in export.rows):
        raise ValueError("the export has no date column, so it cannot be cut into stretches of time")
    stretches: dict[int, list[Row]] = {}
    length = max(int(per.total_seconds()), 1)
    for row in export.rows:
        assert row.at is not None  # noqa: S101
        stretches.setdefault(int(row.at.timestamp()) // length, []).append(row)
    found = []
    for number, rows in sorted(stretches.items()):
        end = min(datetime.fromtimestamp((number + 1) * length, UTC), now)
        found += _window(rows, signal, end)
    if len(found) > MANY:
        raise ValueError(f"that would be {len(found)} readings, at most {MANY} are taken")
    return found


def _window(rows: list[Row] | tuple[Row, ...], signal: str, at: datetime) -> list[Window]:
    found: list[Window] = []
    parts = {part: sum(row.numbers.get(part, 0) for row in rows) for part in PARTS}
    if sum(parts.values()):
        found.append(Window(signal, "counted", at, n=sum(parts.values()), parts=parts))
    found += [
        Window(name, "number", at, value=sum(row.numbers[name] for row in rows if name in row.numbers))
        for name in SUMS
        if any(name in row.numbers for row in rows)
    ]
    ordered = sorted(rows, key=lambda row: (row.at is not None and row.at.timestamp()) or 0.0)
    for name in (*LAST, "replies_answered"):
        last = [row.numbers[name] for row in ordered if name in row.numbers]
        value = _share(rows) if name == "replies_answered" else None
        if value is None and last:
            value = last[-1]
        if value is not None:
            found.append(Window(name, "number", at, value=value))
    times = [row.numbers["reply_time"] for row in rows if "reply_time" in row.numbers]
    if times:
        found.append(Window("reply_time", "number", at, value=sorted(times)[(len(times) - 1) // 2]))
    return found


def _share(rows: list[Row] | tuple[Row, ...]) -> int | None:
    """Answered of asked in whole percent, rounded down; None where the export does not count them."""
    both = [row.numbers for row in rows if "questions" in row.numbers and "answered" in row.numbers]
    asked = sum(numbers["questions"] for numbers in both)
    return 100 * sum(numbers["answered"] for numbers in both) // asked if asked else None
