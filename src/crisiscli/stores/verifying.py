"""Verifying: everything the record claims about itself, worked out again from the first event."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from crisiscli.stores.chain import breaks, must_know
from crisiscli.stores.sqlite_file import schema
from crisiscli.stores.words import get


def findings(db: sqlite3.Connection, code: str) -> Iterator[str]:
    """What does not fit, one sentence each. Raises NotFound for an incident the file does not hold."""
    must_know(db, code)
    yield from breaks(db, code)
    yield from _words(db, code)
    yield from _sent_without_yes(db, code)
    yield from _guards(db)


def _words(db: sqlite3.Connection, code: str) -> Iterator[str]:
    for (name,) in db.execute("SELECT id FROM rendering WHERE incident = ? ORDER BY n", (code,)).fetchall():
        kept = get(db, code, name)
        if kept.rendering.sha256 != kept.sha256 or kept.rendering.id != name:
            yield f"The words kept as {name} were changed: they no longer have the hash they were kept under."


def _sent_without_yes(db: sqlite3.Connection, code: str) -> Iterator[str]:
    rows = db.execute(
        "SELECT r.id, m.role, d.state, count(*) FROM rendering r CROSS JOIN missing_yes m ON m.rendering = r.n"
        " CROSS JOIN dispatch d ON d.rendering = r.n AND d.state IN ('approved', 'sending', 'sent', 'unknown')"
        " WHERE r.incident = ? GROUP BY r.n, m.role, d.state",
        (code,),
    )
    for name, role, state, count in rows:
        yield f"{count} of {name} stand as {state} without a yes from {role} to these words."


def _guards(db: sqlite3.Connection) -> Iterator[str]:
    """The rules that stand in the file itself: one that is gone or changed let somebody write past it."""
    blank = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statement in schema():
            blank.execute(statement)
        wanted = _rules(blank)
    finally:
        blank.close()
    found = _rules(db)
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            how = "missing" if name not in found else "unknown" if name not in wanted else "changed"
            yield f"The file's own rule {name} is {how}: somebody worked on the file past this program."


def _rules(db: sqlite3.Connection) -> dict[str, str]:
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in rows}
