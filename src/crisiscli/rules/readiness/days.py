"""Days of a runbook as dates: when somebody looked at something, and how long ago that was."""

from __future__ import annotations

from datetime import date


def day(text: str | None) -> date | None:
    """`2026-11-20` as a date; None for anything that is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def ago(then: date, today: date) -> str:
    """`200 days ago`, `2 years ago`: how long ago a day was, for a sentence."""
    days = (today - then).days
    return f"{days // 365} years ago" if days >= 730 else f"{days} days ago"
