"""Since when words are up: what is confirmed late was said earlier, and a promise it kept was kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from crisiscli.dispatch import Desk
from crisiscli.facts import ago
from crisiscli.screen import Terminal
from crisiscli.stores.base import Dispatch

JUST_NOW = timedelta(minutes=2)
"""An answer that comes so soon after the hand-over needs no question: it is up since now."""


def ask_since(desk: Desk, terminal: Terminal, rows: Sequence[Dispatch]) -> datetime | None:
    """Asks when it went up, once for all of these hand-overs; None means now."""
    hands = [desk.journal.incident.hands[row.id].at for row in rows if row.id in desk.journal.incident.hands]
    if not hands or not terminal.interactive or desk.journal.now() - min(hands) < JUST_NOW:
        return None

    def check(typed: str) -> str | None:
        try:
            read_since(desk, typed, max(hands))
        except ValueError as error:
            return str(error)
        return None

    typed = terminal.ask("up.since", "Since when is it up?", hint="like 03:31; Enter = now", check=check)
    return read_since(desk, typed, max(hands))


def read_since(desk: Desk, typed: str, handed: datetime) -> datetime | None:
    """A time between the hand-over and now, in UTC; None for nothing typed. Raises ValueError for another one."""
    if not typed.strip():
        return None
    found = ago(typed, desk.journal.now(), desk.zone)
    if found < handed.replace(second=0, microsecond=0):
        raise ValueError(f"it was only handed over at {handed.astimezone(desk.zone):%H:%M}; type when it went up")
    return max(found, handed)
