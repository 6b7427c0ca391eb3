"""Event: one line of the timeline, append-only and hash-chained from the first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

CHAIN = b"crisis-event-v1\0"
FIRST = "0" * 64


class Event(NamedTuple):
    """What happened, when, and who did it.

    `seq` counts from 1 in its incident; `at` is aware, UTC, in milliseconds; `actor` is a person id;
    `data` is JSON of strings, whole numbers, booleans, lists and mappings; `prev` and `hash` are hex sha256.
    """

    seq: int
    at: datetime
    actor: str
    kind: str
    data: dict[str, Any]
    prev: str
    hash: str


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds: the form times take in the record."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """A time from the record."""
    return datetime.fromisoformat(text)


def seal(incident: str, seq: int, at: str, actor: str, kind: str, data: dict[str, Any], prev: str) -> str:
    """The hash of an event: sha256 over its RFC 8785 canonical JSON and the hash before it.

    Raises ValueError for data JSON cannot hold (a float that is no number, an integer beyond 2^53).
    """
    import hashlib

    import rfc8785

    body = {"incident": incident, "seq": seq, "at": at, "actor": actor, "kind": kind, "data": data, "prev": prev}
    try:
        return hashlib.sha256(CHAIN + rfc8785.dumps(cast(Any, body))).hexdigest()
    except rfc8785.CanonicalizationError as error:
        raise ValueError(f"this cannot be kept in the record: {error}") from error
