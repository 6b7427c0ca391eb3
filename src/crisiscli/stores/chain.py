"""Chain: events written one after another, each holding the hash of the one before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime

from crisiscli.errors import FilesUnusable, NotFound
from crisiscli.incident.event import FIRST, Event, seal, stamp
from crisiscli.stores.base import Entry


def add(db: sqlite3.Connection, code: str, entry: Entry) -> Event:
    """Writes the next event inside the open transaction. Raises NotFound for an incident it does not know.

    Only the last event is read, so that the time does not depend on how many there are. When the clock has
    jumped back, `at` stays where it was and `clock_said` in the data keeps what the clock said.
    """
    last = db.execute(
        "SELECT seq, hash, at FROM event WHERE incident = ? ORDER BY seq DESC LIMIT 1", (code,)
    ).fetchone()
    if last is None:
        must_know(db, code)
    seq, prev = (last[0] + 1, last[1]) if last else (1, FIRST)
    at, data = stamp(entry.at), entry.data
    if last and at < last[2]:
        # stamps are of one length, so they sort as text
        at, data = last[2], {**data, "clock_said": at}
    digest = seal(code, seq, at, entry.actor, entry.kind, data, prev)
    # the hash is over canonical JSON; the text keeps the order in which people wrote their runbook
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    db.execute(
        "INSERT INTO event (incident, seq, at, actor, kind, data, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (code, seq, at, entry.actor, entry.kind, text, prev, digest),
    )
    return _event((seq, at, entry.actor, entry.kind, text, prev, digest))


def last(db: sqlite3.Connection, code: str) -> int:
    """The number of the last event; 0 for none."""
    row = db.execute("SELECT coalesce(max(seq), 0) FROM event WHERE incident = ?", (code,)).fetchone()
    return int(row[0])


def read(db: sqlite3.Connection, code: str, after: int = 0) -> Iterator[Event]:
    """The events above a number, in order."""
    rows = db.execute(
        "SELECT seq, at, actor, kind, data, prev, hash FROM event WHERE incident = ? AND seq > ? ORDER BY seq",
        (code, after),
    )
    return map(_event, rows)


def breaks(db: sqlite3.Connection, code: str) -> Iterator[str]:
    """What does not fit in the chain, one sentence each.

    A tail that was cut off leaves no trace here: that needs the last hash written down elsewhere.
    """
    prev, expected = FIRST, 1
    rows = db.execute(
        "SELECT seq, at, actor, kind, data, prev, hash FROM event WHERE incident = ? ORDER BY seq", (code,)
    )
    for row in rows:
        seq, _, _, kind, _, before, digest = row
        if seq != expected:
            yield f"Event {expected} is missing: after event {expected - 1} comes event {seq}."
        if before != prev:
            yield f"Event {seq} does not follow the one before it: the hash it names is another."
        if not _sealed(code, row):
            yield f"Event {seq} ({kind}) was changed after it was written."
        prev, expected = digest, seq + 1
    if expected == 1:
        yield "The incident has no first event."


def must_know(db: sqlite3.Connection, code: str) -> None:
    """Raises NotFound for an incident the file does not hold."""
    if db.execute("SELECT 1 FROM incident WHERE code = ?", (code,)).fetchone() is None:
        raise NotFound(f"There is no incident {code}.", then="crisis status")


def canonical(data: object) -> str:
    """RFC 8785 JSON. Raises ValueError for data JSON cannot hold."""
    import rfc8785

    # its type of JSON is private to it; what it cannot hold it refuses
    return rfc8785.dumps(data).decode("utf-8")  # type: ignore[arg-type]  # plain JSON


def _sealed(code: str, row: tuple[int, str, str, str, str, str, str]) -> bool:
    seq, at, actor, kind, data, before, digest = row
    try:
        return seal(code, seq, at, actor, kind, json.loads(data), before) == digest
    except ValueError:
        return False


def _event(row: tuple[int, str, str, str, str, str, str]) -> Event:
    seq, at, actor, kind, data, prev, digest = row
    try:
        return Event(seq, datetime.fromisoformat(at), actor, kind, json.loads(data), prev, digest)
    except ValueError:
        raise FilesUnusable(
            f"The record is damaged: event {seq} cannot be read.",
            public="What is out cannot be told from this file.",
            then="crisis verify, and the last copy of the file",
        ) from None
