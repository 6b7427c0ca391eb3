"""Words: Renderings as they are kept, and the approvals that bind to their exact bytes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from crisiscli.errors import NotFound, Refused
from crisiscli.incident import stamp
from crisiscli.stores.base import Approval
from crisiscli.stores.chain import canonical, must_know

if TYPE_CHECKING:
    from crisiscli.message import Rendering


class Kept(NamedTuple):
    """A Rendering in the file: `n` is its number there; `sha256` is the hash it was kept under."""

    n: int
    rendering: Rendering
    sha256: str
    roles: tuple[str, ...]
    four_eyes: bool

    def must_be_whole(self) -> None:
        """Raises Refused when the words no longer hash to what was approved."""
        if self.rendering.sha256 != self.sha256:
            raise Refused(
                f"The kept words of {self.rendering.place} are not the ones that were approved: the file was changed.",
                then="crisis verify",
            )


def keep(
    db: sqlite3.Connection, code: str, rendering: Rendering, roles: Sequence[str], four_eyes: bool, at: datetime
) -> None:
    """Keeps one Rendering. The same bytes again change nothing; asking for more approvals than before is Refused."""
    must_know(db, code)
    needed = tuple(dict.fromkeys(roles))
    if not needed:
        raise Refused(f"No role approves {rendering.place}.", then="give the message an `approve:` in the runbook")
    found = find(db, code, rendering.id)
    if found is not None:
        _must_not_tighten(found, rendering, needed, four_eyes)
        return
    db.execute(
        "INSERT INTO rendering (n, incident, id, message, channel, language, title, body, sha256, author, facts,"
        " roles, four_eyes, kept) VALUES ((SELECT coalesce(max(n), 0) + 1 FROM rendering),"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            code,
            rendering.id,
            rendering.message,
            rendering.channel,
            rendering.language,
            rendering.title,
            rendering.body,
            rendering.sha256,
            rendering.author,
            canonical(list(rendering.facts)),
            canonical(list(needed)),
            int(four_eyes),
            stamp(at),
        ),
    )


def _must_not_tighten(found: Kept, rendering: Rendering, needed: tuple[str, ...], four_eyes: bool) -> None:
    kept = found.rendering
    if (kept.title, kept.body, found.sha256) != (rendering.title, rendering.body, rendering.sha256):
        raise Refused(f"Other words are already kept as {rendering.id}.", then="change a word in the text")
    more = [role for role in needed if role not in found.roles]
    if more:
        raise Refused(
            f"{rendering.place} is already kept with the yes of {', '.join(found.roles)}; it cannot need"
            f" {', '.join(more)} as well.",
            then="change a word in the text: other words need a new yes",
        )
    if four_eyes and not found.four_eyes and kept.author:
        raise Refused(
            f"{rendering.place} is already kept without the rule that a second person approves.",
            then="change a word in the text: other words need a new yes",
        )


def find(db: sqlite3.Connection, code: str, rendering: str) -> Kept | None:
    """A kept Rendering, or None."""
    row = db.execute(
        "SELECT n, message, channel, language, body, title, author, facts, sha256, roles, four_eyes"
        " FROM rendering WHERE incident = ? AND id = ?",
        (code, rendering),
    ).fetchone()
    if row is None:
        return None
    n, message, channel, language, body, title, author, facts, sha256, roles, four_eyes = row
    from crisiscli.message import Rendering

    words = Rendering(message, channel, language, body, title, author, tuple(json.loads(facts)))
    return Kept(n, words, sha256, tuple(json.loads(roles)), bool(four_eyes))


def get(db: sqlite3.Connection, code: str, rendering: str) -> Kept:
    """A kept Rendering. Raises NotFound."""
    found = find(db, code, rendering)
    if found is None:
        raise NotFound(f"There are no words {rendering} in {code}.", then="crisis status")
    return found


def approve(db: sqlite3.Connection, code: str, approval: Approval) -> None:
    """Records one yes. Raises Refused for an unknown Rendering, other bytes, or the author's own under four eyes."""
    found = find(db, code, approval.rendering)
    if found is None:
        raise Refused(f"There are no words {approval.rendering} in {code} to approve.", then="crisis status")
    found.must_be_whole()
    place = found.rendering.place
    if approval.sha256 != found.sha256:
        raise Refused(
            f"This is a yes to other words than the ones kept for {place}.", then="read the words again and ask again"
        )
    if found.four_eyes and approval.person == found.rendering.author:
        raise Refused(
            f"Who wrote the words of {place} cannot be the one who approves them.", then="ask a second person"
        )
    db.execute(
        "INSERT INTO approval (n, rendering, sha256, role, person, how, recorded_by, at, tag, detail)"
        " VALUES ((SELECT coalesce(max(n), 0) + 1 FROM approval), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            found.n,
            approval.sha256,
            approval.role,
            approval.person,
            approval.how,
            approval.recorded_by,
            stamp(approval.at),
            approval.tag,
            approval.detail,
        ),
    )


def approvals(db: sqlite3.Connection, code: str) -> list[Approval]:
    """Every approval of an incident, in order."""
    rows = db.execute(
        "SELECT r.id, a.sha256, a.role, a.person, a.how, a.recorded_by, a.at, a.tag, a.detail"
        " FROM rendering r JOIN approval a ON a.rendering = r.n WHERE r.incident = ? ORDER BY a.n",
        (code,),
    )
    return [
        Approval(name, sha256, role, person, how, recorded_by, datetime.fromisoformat(at), tag, detail)
        for name, sha256, role, person, how, recorded_by, at, tag, detail in rows
    ]


def must_have_every_yes(db: sqlite3.Connection, kept: Kept) -> None:
    """Raises Refused naming the roles whose yes to these bytes is missing."""
    rows = db.execute("SELECT role FROM missing_yes WHERE rendering = ?", (kept.n,))
    missing = [row[0] for row in rows]
    if missing:
        raise Refused(
            f"{kept.rendering.place} needs a yes from {', '.join(missing)} to exactly these words.",
            then=f"crisis approve {kept.rendering.message}",
        )
