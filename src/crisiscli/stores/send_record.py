"""SendRecord: one row per Rendering and place, from approved over sending to sent, failed or unknown.

Nothing here decides that words may go: it makes sure that what was decided happens at most once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from crisiscli.errors import NotFound, Refused
from crisiscli.incident import stamp
from crisiscli.stores.base import Dispatch, DispatchState, Place
from crisiscli.stores.chain import canonical
from crisiscli.stores.destination import dispatch_id, recipient_id
from crisiscli.stores.owner import PERSON
from crisiscli.stores.words import Kept, get, must_have_every_yes

if TYPE_CHECKING:
    from crisiscli.providers.base import Outcome

CHUNK = 1000
"""Places that are written together; the list may be any length, memory holds one chunk."""

ROWS = (
    "SELECT d.id, r.id, r.sha256, d.provider, d.audience, d.state, d.recipient, coalesce(p.address, ''), d.owner,"
    " d.attempt, d.kind, d.detail, d.proof, d.handed, d.changed FROM rendering r"
    " CROSS JOIN dispatch d ON d.rendering = r.n LEFT JOIN recipient p ON p.id = d.recipient"
)
_UNSETTLED = "d.state IN ('sending', 'unknown')"


def plan(
    db: sqlite3.Connection, code: str, rendering: str, provider: str, places: Iterable[Place], at: datetime
) -> int:
    """Makes or arms the rows of these places; returns how many rows for this provider and these audiences wait."""
    kept = get(db, code, rendering)
    kept.must_be_whole()
    must_have_every_yes(db, kept)
    doubt = _any_doubt(db, kept)
    yes = _newest_yes(db, kept)
    n = int(db.execute("SELECT coalesce(max(n), 0) FROM dispatch WHERE rendering = ?", (kept.n,)).fetchone()[0])
    stream, audiences = iter(places), set[str]()
    while chunk := list(islice(stream, CHUNK)):
        rows = [
            (dispatch_id(code, rendering, place.audience, place.address), recipient_id(code, place.address), place)
            for place in chunk
        ]
        if doubt:
            for _, recipient, place in rows:
                _must_not_doubt(db, kept, place.audience, recipient)
        audiences.update(place.audience for place in chunk)
        _meet(db, code, rows)
        _write(db, kept, provider, rows, n, stamp(at))
        _arm(db, provider, [name for name, _, _ in rows], yes, stamp(at))
        n += len(rows)
    return sum(_waiting(db, kept, provider, audience) for audience in audiences)


def _meet(db: sqlite3.Connection, code: str, rows: Sequence[tuple[str, str, Place]]) -> None:
    people = [(place.address.strip(), place.name or None, recipient, code) for _, recipient, place in rows if recipient]
    db.executemany(
        "INSERT INTO recipient (address, name, id, incident) SELECT ?1, ?2, ?3, ?4"
        " WHERE NOT EXISTS (SELECT 1 FROM recipient WHERE id = ?3)",
        people,
    )
    # An erased recipient who is on the list again has given the address again.
    db.executemany(
        "UPDATE recipient SET address = ?1, name = ?2 WHERE id = ?3 AND incident = ?4 AND address IS NULL", people
    )


def _write(
    db: sqlite3.Connection, kept: Kept, provider: str, rows: Sequence[tuple[str, str, Place]], n: int, at: str
) -> None:
    # The same words never go to one address twice, not even for two audiences.
    db.executemany(
        "INSERT INTO dispatch (rendering, n, id, provider, audience, recipient, state, changed)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, 'approved', ?7"
        " WHERE NOT EXISTS (SELECT 1 FROM dispatch WHERE id = ?3)"
        " AND NOT EXISTS (SELECT 1 FROM dispatch WHERE rendering = ?1 AND recipient = ?6 AND ?6 <> ''"
        " AND state <> 'retracted')",
        (
            (kept.n, n + number, name, provider, place.audience, recipient, at)
            for number, (name, recipient, place) in enumerate(rows, start=1)
        ),
    )


def _arm(db: sqlite3.Connection, provider: str, names: Sequence[str], yes: int, at: str) -> None:
    """What failed goes again only under a yes newer than the failure; what waits may change its provider."""
    db.executemany(
        "UPDATE dispatch SET state = 'approved', provider = ?1,"
        " changed = CASE WHEN state = 'approved' THEN changed ELSE ?2 END"
        " WHERE id = ?3 AND (state = 'draft' OR (state = 'failed' AND fence < ?4)"
        " OR (state = 'approved' AND provider <> ?1))",
        ((provider, at, name, yes) for name in names),
    )


def _newest_yes(db: sqlite3.Connection, kept: Kept) -> int:
    row = db.execute(
        "SELECT coalesce(max(a.n), 0) FROM rendering r, json_each(r.roles) needed"
        " JOIN approval a ON a.rendering = r.n AND a.role = needed.value AND a.sha256 = r.sha256 WHERE r.n = ?",
        (kept.n,),
    ).fetchone()
    return int(row[0])


def claim(
    db: sqlite3.Connection,
    code: str,
    rendering: str,
    owner: str,
    limit: int,
    at: str,
    provider: str | None = None,
    audience: str | None = None,
) -> list[Dispatch]:
    """Moves the first rows that wait to sending, of one provider and audience when they are named."""
    if owner in ("", PERSON):
        raise ValueError(f"{owner!r} cannot send")
    kept = get(db, code, rendering)
    kept.must_be_whole()
    rows = db.execute(
        "SELECT d.n, d.id, d.audience, d.recipient, p.address FROM dispatch d"
        " LEFT JOIN recipient p ON p.id = d.recipient"
        " WHERE d.rendering = ?1 AND d.state = 'approved' AND (?2 IS NULL OR d.provider = ?2)"
        " AND (?3 IS NULL OR d.audience = ?3) ORDER BY d.n LIMIT ?4",
        (kept.n, provider, audience, max(limit, 0)),
    ).fetchall()
    if not rows:
        return []
    must_have_every_yes(db, kept)
    doubt = _any_doubt(db, kept)
    for _, name, group, recipient, address in rows:
        if doubt:
            _must_not_doubt(db, kept, group, recipient)
        if (address is None and recipient) or name != dispatch_id(code, rendering, group, address or ""):
            raise Refused(
                f"A line of {kept.rendering.place} no longer says where it was meant to go: the file was changed.",
                then="crisis verify",
            )
    db.executemany(
        "UPDATE dispatch SET state = 'sending', owner = ?, attempt = attempt + 1, handed = '', kind = '',"
        " detail = '', proof = '', changed = ? WHERE rendering = ? AND n = ?",
        ((owner, at, kept.n, row[0]) for row in rows),
    )
    return list(by_ids(db, code, [row[1] for row in rows]))


def _any_doubt(db: sqlite3.Connection, kept: Kept) -> bool:
    """True when other words for the same message, channel and language are sending or unknown anywhere."""
    return db.execute("SELECT 1 FROM unsettled WHERE other = ? LIMIT 1", (kept.n,)).fetchone() is not None


def _must_not_doubt(db: sqlite3.Connection, kept: Kept, audience: str, recipient: str) -> None:
    row = db.execute(
        "SELECT u.id, u.state FROM unsettled u WHERE u.other = ? AND u.recipient = ? AND u.audience = ? LIMIT 1",
        (kept.n, recipient, audience),
    ).fetchone()
    if row is not None:
        doing = "are on their way" if row[1] == "sending" else "may be out; nobody has looked yet"
        raise Refused(
            f"Other words for this place ({row[0]}, {audience or 'everybody'}) {doing}.",
            public="Nothing more was sent.",
            then="look where they would have appeared, and say what you found: crisis status",
        )


def finish(db: sqlite3.Connection, code: str, owner: str, outcomes: Sequence[Outcome], at: str) -> list[str]:
    """Writes outcomes; returns the ids of rows that are no longer this owner's to write.

    A row that became unknown while its owner was still working takes the late answer. The same answer twice
    changes nothing.
    """
    cursor = db.executemany(
        "UPDATE dispatch SET state = ?1, kind = ?2, detail = ?3, proof = ?4, changed = ?5,"
        " fence = CASE WHEN ?1 = 'failed' THEN (SELECT coalesce(max(n), 0) FROM approval) ELSE fence END"
        " WHERE id = ?6 AND owner = ?7 AND handed = '' AND state IN ('sending', 'unknown')"
        " AND EXISTS (SELECT 1 FROM rendering r WHERE r.n = rendering AND r.incident = ?8)",
        ((o.state, o.kind, o.detail, o.proof, at, o.dispatch, owner, code) for o in outcomes),
    )
    if cursor.rowcount == len(outcomes):
        return []
    return [o.dispatch for o in outcomes if not _written(db, owner, o)]


def _written(db: sqlite3.Connection, owner: str, outcome: Outcome) -> bool:
    row = db.execute("SELECT state, owner FROM dispatch WHERE id = ?", (outcome.dispatch,)).fetchone()
    return row is not None and row == (outcome.state, owner)


def hand(db: sqlite3.Connection, code: str, name: str, owner: str, handed: dict[str, str], at: str) -> None:
    """Gives a row this owner is sending to a person. Raises Refused for any other row."""
    done = db.execute(
        "UPDATE dispatch SET owner = ?, handed = ?, changed = ? WHERE id = ? AND owner = ? AND state = 'sending'"
        " AND handed = '' AND EXISTS (SELECT 1 FROM rendering r WHERE r.n = rendering AND r.incident = ?)",
        (PERSON, canonical(handed), at, name, owner, code),
    )
    if done.rowcount != 1:
        raise Refused(f"{name} is not in your hands, so it cannot be handed over.", then="crisis status")


def sweep(db: sqlite3.Connection, code: str, alive: Callable[[str], bool], at: str) -> list[Dispatch]:
    """Moves sending rows whose owner is proven dead to unknown, and nothing anywhere else."""
    rows = sending(db, code)
    dead = {owner for owner in {row.owner for row in rows} if not alive(owner)}
    lost = [row.id for row in rows if row.owner in dead]
    db.executemany(
        "UPDATE dispatch SET state = 'unknown', kind = 'ambiguous', changed = ?,"
        " detail = 'The program stopped while it was sending.' WHERE id = ? AND state = 'sending'",
        ((at, name) for name in lost),
    )
    return list(by_ids(db, code, lost))


def sending(db: sqlite3.Connection, code: str) -> list[Dispatch]:
    """Rows a process is sending; what was handed to a person is not among them."""
    rows = db.execute(
        f"{ROWS} WHERE r.incident = ? AND {_UNSETTLED} AND d.state = 'sending' AND d.owner <> ?", (code, PERSON)
    )
    return [Dispatch(*row) for row in rows]


def forget(db: sqlite3.Connection, recipient: str, at: str) -> None:
    """Erases an address and a name. What has not left for it is retracted. Raises NotFound."""
    rows = db.execute(
        "SELECT d.id FROM recipient p CROSS JOIN rendering r ON r.incident = p.incident"
        " CROSS JOIN dispatch d ON d.rendering = r.n AND d.recipient = p.id"
        " WHERE p.id = ? AND d.state IN ('draft', 'approved', 'failed')",
        (recipient,),
    ).fetchall()
    db.executemany("UPDATE dispatch SET state = 'retracted', changed = ? WHERE id = ?", ((at, row[0]) for row in rows))
    if not db.execute("UPDATE recipient SET address = NULL, name = NULL WHERE id = ?", (recipient,)).rowcount:
        raise NotFound(f"There is nobody with the id {recipient}.", then="crisis status")


def by_ids(db: sqlite3.Connection, code: str, names: Iterable[str]) -> Iterator[Dispatch]:
    """The rows with these ids, in the order given; ids it does not know are passed over."""
    for name in names:
        row = db.execute(f"{ROWS} WHERE r.incident = ? AND d.id = ?", (code, name)).fetchone()
        if row is not None:
            yield Dispatch(*row)


def select(db: sqlite3.Connection, code: str, rendering: str, state: str) -> list[Dispatch]:
    """The send record, filtered."""
    query, values = f"{ROWS} WHERE r.incident = ?", [code]
    if rendering:
        query, values = f"{query} AND r.id = ?", [*values, rendering]
    if state:
        near = f" AND {_UNSETTLED}" if state in ("sending", "unknown") else ""
        query, values = f"{query}{near} AND d.state = ?", [*values, state]
    return [Dispatch(*row) for row in db.execute(f"{query} ORDER BY r.n, d.n", values)]


def tally(db: sqlite3.Connection, code: str) -> dict[str, dict[DispatchState, int]]:
    """Rendering ids to how many rows are in each state, from the index alone."""
    found: dict[str, dict[DispatchState, int]] = {}
    rows = db.execute(
        "SELECT r.id, d.state, count(*) FROM rendering r CROSS JOIN dispatch d ON d.rendering = r.n"
        " WHERE r.incident = ? GROUP BY r.n, d.state",
        (code,),
    )
    for name, state, count in rows:
        found.setdefault(name, {})[state] = count
    return found


def _waiting(db: sqlite3.Connection, kept: Kept, provider: str, audience: str) -> int:
    row = db.execute(
        "SELECT count(*) FROM dispatch WHERE rendering = ? AND state = 'approved' AND provider = ? AND audience = ?",
        (kept.n, provider, audience),
    ).fetchone()
    return int(row[0])
