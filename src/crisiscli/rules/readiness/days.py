"""Days of a runbook as dates: when somebody looked at something, and how long ago that was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crisiscli.rules.book import Book
from crisiscli.runbook import PreApproved


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


def approved_until(book: Book) -> Iterator[tuple[str, PreApproved, int]]:
    """Each message approved in advance, and the days that are left of it: below 0 when it ended; none without today."""
    today = book.around.today
    for name, message in book.runbook.messages.items() if today is not None else ():
        last = day(message.pre_approved.until) if message.pre_approved is not None else None
        if today is not None and message.pre_approved is not None and last is not None:
            yield name, message.pre_approved, (last - today).days
