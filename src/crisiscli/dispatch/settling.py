"""Answers: a person's word on what was handed over or is unknown, and the live text beside the approved one."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from crisiscli.dispatch.desk import Desk, rendering_facts
from crisiscli.errors import NotFound
from crisiscli.incident import stamp
from crisiscli.stores.base import Dispatch

Answer = Literal["sent", "failed", "unknown", "approved"]


def waiting_rows(
    desk: Desk, place: str, channels: Sequence[str] = (), *, unknown_only: bool = False
) -> dict[str, list[Dispatch]]:
    """The rows at `message/channel/language` (or a part of it) that wait for a person's word, by Rendering.

    Those are hand-overs without an answer and unknown outcomes. Raises NotFound when there is none.
    """
    wanted = place.rstrip("/").split("/")
    found: dict[str, list[Dispatch]] = {}
    for row in desk.journal.store.dispatches(desk.journal.code):
        parts = row.rendering.partition("@")[0].split("/")
        asked = row.state == "unknown" or (row.state == "sending" and bool(row.handed) and not unknown_only)
        if asked and parts[: len(wanted)] == wanted and (not channels or parts[1] in channels):
            found.setdefault(row.rendering, []).append(row)
    if not found:
        raise NotFound(f"Nothing at {place} waits for an answer.", public="", then="crisis status")
    return found


def settle(
    desk: Desk,
    rendering: str,
    rows: Sequence[Dispatch],
    state: Answer,
    proof: str,
    at: datetime | None = None,
    **more: Any,
) -> None:
    """A person's word on rows that were handed or whose outcome is unknown; `proof` is a link or what they said.

    `at` is since when it is up; without it, since now.
    """
    journal = desk.journal
    if at is not None and state == "sent":
        more["left_at"] = stamp(at)
    by_state: dict[str, list[Dispatch]] = {}
    for row in rows:
        by_state.setdefault(row.state, []).append(row)
    for was, group in by_state.items():
        entry = journal.entry(
            "settled",
            rendering=rendering,
            dispatches=[row.id for row in group],
            was=was,
            state=state,
            proof=proof,
            **rendering_facts(desk, rendering, group),
            **more,
        )
        journal.store.settle(journal.code, [row.id for row in group], state, proof, entry)
    journal.refresh()


def ask_again(desk: Desk, row: Dispatch) -> datetime:
    """A hand-over that is not out yet is asked about again, after as long as its channel takes; returns when."""
    from crisiscli.dispatch.handing import takes  # handing takes its answers from here

    channel = row.rendering.partition("@")[0].split("/")[1]
    back = desk.journal.now() + takes(desk, channel, desk.journal.now())
    desk.journal.record("asked_again", dispatch=row.id, rendering=row.rendering, back=stamp(back))
    return back


def differences(approved: str, live: str) -> list[str]:
    """Where the live text differs from the approved one, as `[-gone-]` and `[+come+]`; empty when it does not."""
    if approved == live:
        return []
    old, new = approved.split(), live.split()
    found = []
    for what, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what != "equal":
            gone, come = " ".join(old[a:b]), " ".join(new[c:d])
            found.append(" ".join(part for part in (gone and f"[-{gone}-]", come and f"[+{come}+]") if part))
    return found or ["only the spaces between words differ"]
