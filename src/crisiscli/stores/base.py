"""Store: the one thing that remembers. Events are append-only and chained; the send record has a state machine.

Every method that changes something appends its event in the same durable transaction, so that the chain and
the send record cannot disagree after a crash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from crisiscli.incident import Event

if TYPE_CHECKING:
    from crisiscli.message import Rendering
    from crisiscli.providers.base import Outcome

Mode = Literal["LIVE", "DRILL"]
DispatchState = Literal["draft", "approved", "sending", "sent", "failed", "unknown", "retracted"]


class Entry(NamedTuple):
    """An event that is about to be written: what happened, who did it (a person id), when (aware, UTC)."""

    kind: str
    data: dict[str, Any]
    actor: str
    at: datetime


class Heading(NamedTuple):
    """One incident in the list."""

    code: str
    mode: Mode
    title: str
    opened: datetime
    ended: bool


@dataclass(frozen=True)
class Approval:
    """A named person's yes to one Rendering's exact bytes.

    `person` and `recorded_by` are person ids. `how` is self, phone, reply, room, terminal or in advance;
    `detail` holds the number, the time, the pasted reply, the tag that was said back.
    """

    rendering: str
    sha256: str
    role: str
    person: str
    how: str
    recorded_by: str
    at: datetime
    tag: str = ""
    detail: str = ""


class Place(NamedTuple):
    """Where one Dispatch of a Rendering goes: an audience, and for addressed channels one recipient."""

    audience: str
    address: str = ""
    name: str = ""


class Dispatch(NamedTuple):
    """One row of the send record. `recipient` is a recipient id; the address lives in an erasable table."""

    id: str
    rendering: str
    sha256: str
    provider: str
    audience: str
    state: DispatchState
    recipient: str = ""
    address: str = ""
    owner: str = ""
    attempt: int = 0
    kind: str = ""
    detail: str = ""
    proof: str = ""
    handed: str = ""
    """For a hand-over: canonical JSON of `{to, through, at, check_back}`; empty otherwise."""
    changed: str = ""
    """When the state last changed, ISO 8601 UTC."""


class Store(Protocol):
    """Keeps incidents. All times are aware; all writes are durable when a method returns.

    Every writing method raises FilesUnusable when the disk is full or read-only, naming the folder and what
    happened in public, and Refused when the send record's rules forbid the move.
    """

    def create(self, code: str, mode: Mode, title: str, entry: Entry) -> Event:
        """Opens an incident with its first event. Raises Refused when the code name is taken."""
        ...

    def headings(self) -> list[Heading]:
        """Every incident, the newest first."""
        ...

    def append(self, code: str, entry: Entry, *, after: int | None = None) -> Event | None:
        """Adds one event to the chain, in time that does not depend on how many there are.

        With `after` it is only written while that is still the number of the last event; else None.
        """
        ...

    def events(self, code: str, after: int = 0) -> list[Event]:
        """The events with a number above `after`, in order."""
        ...

    def operator(self, code: str) -> str:
        """The person id of whoever types, without folding the incident: who opened it. Raises NotFound."""
        ...

    def person(self, name: str) -> str:
        """The id of a person by name; a new one for a new name."""
        ...

    def names(self) -> dict[str, str]:
        """Person ids to names. An erased person is "(erased)"."""
        ...

    def erase(self, person: str) -> None:
        """Forgets a person's name; the chain stays whole."""
        ...

    def keep(
        self, code: str, renderings: Sequence[Rendering], roles: Sequence[str], four_eyes: bool, at: datetime
    ) -> None:
        """Keeps Renderings and the roles whose approvals they need. Keeping the same bytes again changes nothing."""
        ...

    def rendering(self, code: str, rendering: str) -> Rendering:
        """A kept Rendering, byte for byte. Raises NotFound."""
        ...

    def approve(self, code: str, approvals: Sequence[Approval], entry: Entry) -> Event:
        """Records approvals.

        Raises Refused for other bytes, an unknown Rendering, or the author's own yes under four eyes.
        """
        ...

    def approvals(self, code: str) -> list[Approval]:
        """Every approval of an incident, in order."""
        ...

    def plan(self, code: str, rendering: str, provider: str, places: Iterable[Place], at: datetime) -> int:
        """Makes the Dispatches of a fully approved Rendering, and moves draft and failed ones to approved.

        Returns how many are approved and waiting for this provider and these audiences.
        Rows that are sending, sent or unknown stay as they are.
        A failed row is armed again only when it was approved again after it failed. Raises Refused
        when a role's approval of these bytes is missing.
        """
        ...

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
        """Moves up to `limit` approved rows to sending, durably, before anything leaves. Empty when none is left.

        With `provider` and `audience` only rows that were planned for them: what one batch left is not another's.
        """
        ...

    def finish(self, code: str, owner: str, outcomes: Sequence[Outcome], at: datetime, entry: Entry | None) -> None:
        """Writes outcomes of rows this owner is sending. On a full disk it frees its reserve and tries once more."""
        ...

    def hand(self, code: str, dispatch: str, owner: str, handed: dict[str, str], entry: Entry) -> None:
        """Marks a sending row as handed to a person: from now on only a person settles it, never a sweep."""
        ...

    def settle(self, code: str, dispatches: Sequence[str], state: DispatchState, proof: str, entry: Entry) -> None:
        """A person's word on rows that were handed or are unknown: sent, failed, unknown, or not there: approved.

        Rows that never left may be retracted.
        """
        ...

    def sweep(
        self, code: str, alive: Callable[[str], bool], entry: Callable[[list[Dispatch]], Entry]
    ) -> list[Dispatch]:
        """Moves sending rows whose owner is proven dead to unknown; returns them. Never moves anything to approved."""
        ...

    def dispatches(self, code: str, rendering: str = "", state: str = "") -> list[Dispatch]:
        """The send record, filtered."""
        ...

    def tally(self, code: str) -> dict[str, dict[DispatchState, int]]:
        """Rendering ids to how many rows are in each state."""
        ...

    def verify(self, code: str) -> list[str]:
        """Walks the chain from the first event; returns what does not fit, empty when all does."""
        ...

    def close(self) -> None:
        """Lets go of the file."""
        ...
