"""Packets in one file: everything that was handed over at once, plain text, to be forwarded or read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from crisiscli.dispatch import Desk
from crisiscli.dispatch.handing import Handed
from crisiscli.stores.sqlite import SqliteStore

RULE = "=" * 72
TRIES = 50
"""How many files of one minute may stand beside each other."""


def write_packets(desk: Desk, handed: Sequence[Handed]) -> Path | None:
    """Writes `CODE-handover-HHMM.txt` into the working folder, or beside the record; None when neither takes it.

    An older file of that name is never written over.
    """
    journal = desk.journal
    now = journal.now().astimezone(desk.zone)
    words = "\n".join(_lines(desk, handed, now)) + "\n"
    for folder in _folders(desk):
        for number in range(1, TRIES + 1):
            again = f"-{number}" if number > 1 else ""
            path = folder / f"{journal.code}-handover-{now:%H%M}{again}.txt"
            try:
                with path.open("x", encoding="utf-8", newline="") as file:
                    file.write(words)
            except FileExistsError:
                continue
            except OSError:
                break
            return path
    return None


def _folders(desk: Desk) -> list[Path]:
    store = desk.journal.store
    found = [store.file.folder] if isinstance(store, SqliteStore) else []
    try:
        return [Path.cwd(), *found]
    except OSError:
        return found


def _lines(desk: Desk, handed: Sequence[Handed], now: datetime) -> Iterator[str]:
    incident = desk.journal.incident
    yield f"{incident.mode}  {incident.code}  {incident.runbook.title}"
    yield f"{len(handed)} texts handed over at {now:%Y-%m-%d %H:%M %Z} by {desk.journal.name(desk.journal.actor)}"
    for number, one in enumerate(handed, start=1):
        place = one.dispatch.rendering.partition("@")[0]
        hand = incident.hands.get(one.dispatch.id)
        yield ""
        yield RULE
        yield f"{number} of {len(handed)}   {place}" + (
            f"   for {desk.journal.name(hand.to)}, through {hand.through}" if hand else ""
        )
        yield f"Answer by {one.back.astimezone(desk.zone):%H:%M}"
        yield RULE
        yield from one.lines
    yield ""
    yield RULE
    yield 'When one is up, the lead types:  crisis send PLACE --sent "the link, or who saw it"'
