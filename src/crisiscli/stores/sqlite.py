"""SqliteStore: the Store in one SQLite file per mode, for one machine and any number of processes on it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crisiscli.clock import Clock, open_clock
from crisiscli.errors import FilesUnusable, NotFound, Refused
from crisiscli.incident import Event, stamp
from crisiscli.stores import chain, send_record, settling, verifying, words
from crisiscli.stores.base import Approval, Dispatch, DispatchState, Entry, Heading, Mode, Place
from crisiscli.stores.sqlite_file import PATIENCE, SqliteFile, disk_full

if TYPE_CHECKING:
    from crisiscli.message import Rendering
    from crisiscli.providers.base import Outcome

NOT_WRITTEN = "Nothing was sent by this, and this line is not in the record."
NOT_FINISHED = "Words may be out. They stay in the record as not settled, and become unknown until a person looks."
NOT_HANDED = "The words may be in somebody's hands. The record does not say so; they become unknown."
NOT_SETTLED = "Nothing changed in public, and this word about it is not in the record."
ERASED = "(erased)"


class SqliteStore:
    """Keeps the incidents of one mode. `folder` is made when it is missing; `patience` is in seconds.

    Every method may raise FilesUnusable. Beyond the Store it knows `erase` for recipient ids as well.
    """

    def __init__(self, folder: Path, mode: Mode, *, readonly: bool = False, patience: float = PATIENCE) -> None:
        self.file = SqliteFile(folder, mode, readonly=readonly, patience=patience)
        self._clock: Clock | None = None

    def create(self, code: str, mode: Mode, title: str, entry: Entry) -> Event:
        """Opens an incident with its first event. Raises Refused when the code name is taken."""
        if mode != self.file.mode:
            raise Refused(f"A {mode} incident is not kept among the {self.file.mode} ones.", then="crisis start")
        with self.file.writing() as db:
            if db.execute("SELECT 1 FROM incident WHERE code = ? COLLATE NOCASE", (code,)).fetchone():
                raise Refused(f"The code name {code} is taken.", then="choose another one")
            db.execute(
                "INSERT INTO incident (n, code, mode, title, opened)"
                " VALUES ((SELECT coalesce(max(n), 0) + 1 FROM incident), ?, ?, ?, ?)",
                (code, mode, title, stamp(entry.at)),
            )
            return chain.add(db, code, entry)

    def headings(self) -> list[Heading]:
        """Every incident, the newest first."""
        with self.file.reading() as db:
            rows = db.execute(
                "SELECT code, mode, title, opened, coalesce((SELECT kind = 'ended' FROM event"
                " WHERE incident = code AND kind IN ('ended', 'reopened_incident') ORDER BY seq DESC LIMIT 1), 0)"
                " FROM incident ORDER BY n DESC"
            ).fetchall()
        return [Heading(code, mode, title, datetime.fromisoformat(at), bool(e)) for code, mode, title, at, e in rows]

    def append(self, code: str, entry: Entry, *, after: int | None = None) -> Event | None:
        """Adds one event to the chain, or None when another came after `after`. Raises NotFound."""
        with self.file.writing(NOT_WRITTEN) as db:
            if after is not None and chain.last(db, code) != after:
                return None
            return chain.add(db, code, entry)

    def events(self, code: str, after: int = 0) -> list[Event]:
        """The events with a number above `after`, in order; none for an incident it does not know."""
        with self.file.reading() as db:
            return list(chain.read(db, code, after))

    def operator(self, code: str) -> str:
        """The person id of whoever opened the incident. Raises NotFound for one it does not know."""
        with self.file.reading() as db:
            row = db.execute("SELECT actor FROM event WHERE incident = ? AND seq = 1", (code,)).fetchone()
        if row is None:
            raise NotFound(f"There is no incident {code}.", public="", then="crisis status")
        return str(row[0])

    def person(self, name: str) -> str:
        """The id of a person by name; a new one for a new name. Case and spacing do not make another person."""
        shown = " ".join(unicodedata.normalize("NFC", name).split())
        spoken = unicodedata.normalize("NFC", shown.casefold())
        if not spoken:
            raise Refused("A person needs a name.", then="type the name")
        known = "SELECT id FROM person WHERE spoken = ?"
        with self.file.reading() as db:
            row = db.execute(known, (spoken,)).fetchone()
        if row is None:
            with self.file.writing(NOT_WRITTEN) as db:
                row = db.execute(known, (spoken,)).fetchone()
                if row is None:
                    n = db.execute("SELECT coalesce(max(n), 0) + 1 FROM person").fetchone()[0]
                    row = (f"p{n}",)
                    db.execute("INSERT INTO person (id, n, name, spoken) VALUES (?, ?, ?, ?)", (*row, n, shown, spoken))
        return str(row[0])

    def names(self) -> dict[str, str]:
        """Person ids to names. An erased person is "(erased)"."""
        with self.file.reading() as db:
            rows = db.execute("SELECT id, coalesce(name, ?) FROM person ORDER BY n", (ERASED,)).fetchall()
        return dict(rows)

    def erase(self, person: str) -> None:
        """Forgets the name of a person, or the address and name of a recipient whose unsent rows are retracted."""
        with self.file.writing(NOT_SETTLED) as db:
            done = db.execute("UPDATE person SET name = NULL, spoken = NULL WHERE id = ?", (person,)).rowcount
            if not done:
                send_record.forget(db, person, self._now())

    def keep(
        self, code: str, renderings: Sequence[Rendering], roles: Sequence[str], four_eyes: bool, at: datetime
    ) -> None:
        """Keeps Renderings; the same bytes again change nothing. Raises Refused when they would need more approvals."""
        with self.file.writing() as db:
            for rendering in renderings:
                words.keep(db, code, rendering, roles, four_eyes, at)

    def rendering(self, code: str, rendering: str) -> Rendering:
        """A kept Rendering, byte for byte. Raises NotFound."""
        with self.file.reading() as db:
            return words.get(db, code, rendering).rendering

    def approve(self, code: str, approvals: Sequence[Approval], entry: Entry) -> Event:
        """Records approvals. Raises Refused for other bytes, an unknown Rendering, or the author's own yes."""
        with self.file.writing() as db:
            for approval in approvals:
                words.approve(db, code, approval)
            return chain.add(db, code, entry)

    def approvals(self, code: str) -> list[Approval]:
        """Every approval of an incident, in order."""
        with self.file.reading() as db:
            return words.approvals(db, code)

    def plan(self, code: str, rendering: str, provider: str, places: Iterable[Place], at: datetime) -> int:
        """Makes or arms the rows of these places; returns how many rows for this provider and these audiences wait.

        Raises Refused when a role's approval is missing, or when other words for one of the places are still
        sending or unknown.
        """
        with self.file.writing() as db:
            return send_record.plan(db, code, rendering, provider, places, at)

    def claim(
        self,
        code: str,
        rendering: str,
        owner: str,
        limit: int,
        entry: Entry | None,
        *,
        provider: str | None = None,
        audience: str | None = None,
    ) -> list[Dispatch]:
        """Moves up to `limit` approved rows to sending, durably. Without rows nothing is written, no event either."""
        with self.file.writing() as db:
            at = stamp(entry.at) if entry else self._now()
            rows = send_record.claim(db, code, rendering, owner, limit, at, provider, audience)
            if rows and entry:
                chain.add(db, code, entry)
            return rows

    def finish(self, code: str, owner: str, outcomes: Sequence[Outcome], at: datetime, entry: Entry | None) -> None:
        """Writes outcomes of rows this owner is sending.

        On a full disk it frees its reserve and tries once more. Raises Refused, after everything else is written,
        when a row was settled by somebody else meanwhile.
        """
        try:
            lost = self._finish(code, owner, outcomes, at, entry)
        except FilesUnusable as error:
            if not (disk_full(error) and self.file.free_reserve()):
                raise
            lost = self._finish(code, owner, outcomes, at, entry)
        if lost:
            raise Refused(
                f"{', '.join(lost)}: somebody else has settled this meanwhile, so the answer was not taken.",
                public="These words may be out.",
                then="look where they would have appeared: crisis status",
            )

    def _finish(
        self, code: str, owner: str, outcomes: Sequence[Outcome], at: datetime, entry: Entry | None
    ) -> list[str]:
        with self.file.writing(NOT_FINISHED) as db:
            lost = send_record.finish(db, code, owner, outcomes, stamp(at))
            if entry:
                chain.add(db, code, entry)
            return lost

    def hand(self, code: str, dispatch: str, owner: str, handed: dict[str, str], entry: Entry) -> None:
        """Marks a sending row as handed to a person. Raises Refused for a row this owner is not sending."""
        with self.file.writing(NOT_HANDED) as db:
            send_record.hand(db, code, dispatch, owner, handed, stamp(entry.at))
            chain.add(db, code, entry)

    def settle(self, code: str, dispatches: Sequence[str], state: DispatchState, proof: str, entry: Entry) -> None:
        """A person's word on rows; see `settling.settle` for which. All of them or none."""
        with self.file.writing(NOT_SETTLED) as db:
            settling.settle(db, code, dispatches, state, proof, stamp(entry.at))
            chain.add(db, code, entry)

    def sweep(
        self, code: str, alive: Callable[[str], bool], entry: Callable[[list[Dispatch]], Entry]
    ) -> list[Dispatch]:
        """Moves sending rows whose owner is proven dead to unknown; returns them. Without any it writes nothing."""
        with self.file.reading() as db:
            if all(alive(owner) for owner in {row.owner for row in send_record.sending(db, code)}):
                return []
        with self.file.writing(NOT_FINISHED) as db:
            rows = send_record.sweep(db, code, alive, self._now())
            if rows:
                chain.add(db, code, entry(rows))
            return rows

    def dispatches(self, code: str, rendering: str = "", state: str = "") -> list[Dispatch]:
        """The send record, filtered, in the order it was planned."""
        with self.file.reading() as db:
            return send_record.select(db, code, rendering, state)

    def tally(self, code: str) -> dict[str, dict[DispatchState, int]]:
        """Rendering ids to how many rows are in each state."""
        with self.file.reading() as db:
            return send_record.tally(db, code)

    def verify(self, code: str) -> list[str]:
        """Walks the chain from the first event, the words and the approvals; returns what does not fit."""
        with self.file.reading() as db:
            return list(verifying.findings(db, code))

    def close(self) -> None:
        """Lets go of the file."""
        self.file.close()

    def _now(self) -> str:
        if self._clock is None:
            self._clock = open_clock()
        return stamp(self._clock.now().astimezone(UTC))
