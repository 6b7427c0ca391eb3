"""Settling: a person's word on what the program cannot know."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from crisiscli.errors import NotFound, Refused
from crisiscli.stores.base import Dispatch, DispatchState
from crisiscli.stores.owner import PERSON, alive, here
from crisiscli.stores.send_record import by_ids

UNCHANGED = "Nothing changed in public."
_FREE: tuple[DispatchState, ...] = ("draft", "approved", "failed")


def settle(db: sqlite3.Connection, code: str, names: Sequence[str], state: DispatchState, proof: str, at: str) -> None:
    """All rows or none. Raises NotFound for a row it does not know, Refused for a move that is not a person's to make.

    Rows that were handed or are unknown: sent, failed, unknown, or approved (the person has looked: it is not out).
    Rows that never left: retracted. A row a process of another host is sending: unknown, because nobody here can
    prove that process dead.
    """
    rows = list(by_ids(db, code, dict.fromkeys(names)))
    lost = set(names) - {row.id for row in rows}
    if lost:
        raise NotFound(f"There is no line {', '.join(sorted(lost))} in {code}.", public=UNCHANGED, then="crisis status")
    for row in rows:
        trouble = _trouble(row, state)
        if trouble:
            raise Refused(f"{row.id} ({row.audience or 'everybody'}) {trouble}", public=UNCHANGED, then="crisis status")
    for row in rows:
        if row.state == "sending" and state == "approved":
            _move(db, row.id, "unknown", proof, at)
        _move(db, row.id, state, proof, at)


def _trouble(row: Dispatch, state: DispatchState) -> str:
    """Why a person cannot say this about this row; empty when they can."""
    if row.state in _FREE:
        return "" if state == "retracted" else f"is {row.state}: nothing has left, so there is nothing to settle."
    if row.state in ("sent", "retracted"):
        return f"is {row.state}, and that stays."
    if state not in ("sent", "failed", "unknown", "approved"):
        return f"is {row.state}: words that may be out cannot become {state}."
    if row.state == "sending" and row.owner != PERSON:
        if here(row.owner) and alive(row.owner):
            return "is being sent right now."
        return "" if state == "unknown" else "was being sent by a process nobody has heard of; say unknown first."
    return ""


def _move(db: sqlite3.Connection, name: str, state: DispatchState, proof: str, at: str) -> None:
    db.execute(
        "UPDATE dispatch SET state = ?1, proof = ?2, changed = ?3,"
        " fence = CASE WHEN ?1 = 'failed' AND state <> 'failed'"
        " THEN (SELECT coalesce(max(n), 0) FROM approval) ELSE fence END WHERE id = ?4",
        (state, proof, at, name),
    )
