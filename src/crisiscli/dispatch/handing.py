"""Handing over: a person carries the words. The record says to whom, through what, and what came back."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from crisiscli.clocks import duration
from crisiscli.dispatch.desk import Desk, event_facts, rendering_facts
from crisiscli.dispatch.parcels import Parcel
from crisiscli.errors import NotFound, Refused
from crisiscli.incident import stamp
from crisiscli.providers.base import Letter
from crisiscli.providers.manual import packet
from crisiscli.stores import owner
from crisiscli.stores.base import Dispatch

CHECK_BACK = timedelta(minutes=10)
"""When to ask again about a hand-over whose channel does not say how long it takes."""

Answer = Literal["sent", "failed", "unknown", "approved"]


@dataclass(frozen=True)
class Handed:
    """A hand-over that was made: its Dispatch, and the packet of lines the taker needs."""

    dispatch: Dispatch
    lines: tuple[str, ...]
    back: datetime


def hand(desk: Desk, parcel: Parcel, to: str = "", through: str = "") -> Handed:
    """Hands one parcel over: intent is durable before the words are shown, the taker is recorded after.

    Raises Refused when nothing of these bytes is left to hand over.
    """
    journal, store, text = desk.journal, desk.journal.store, parcel.text
    assert text.rendering is not None  # noqa: S101
    me, now = owner(), journal.clock.now()
    store.plan(journal.code, text.rendering.id, "manual", parcel.places(), now)
    facts = event_facts(text) | {"audience": parcel.audience.split("+"), "provider": "manual", "rows": 1}
    if text.promise is not None:
        facts["promise"] = stamp(text.promise)
    facts["again"] = min(1, text.counts.get("failed", 0))
    entry = journal.entry("sending", target="by hand", **facts)
    rows = store.claim(journal.code, text.rendering.id, me, 1, entry, provider="manual", audience=parcel.audience)
    if not rows:
        raise Refused(
            f"{text.place} is out already or on its way.", public="Nothing went out twice.", then="crisis status"
        )
    who = to or text.binding.who or "you"
    way = through or text.binding.through or "copy and paste"
    back = now + takes(desk, text.channel.id, now)
    data = {"to": who, "through": way, "at": stamp(now), "back": stamp(back)}
    entry = journal.entry("handed", dispatch=rows[0].id, rendering=text.rendering.id, **data)
    store.hand(journal.code, rows[0].id, me, data, entry)
    journal.refresh()
    return Handed(rows[0], tuple(_packet(desk, parcel, rows[0], way)), back)


def takes(desk: Desk, channel: str, now: datetime) -> timedelta:
    """How long a hand-over takes by day (07:00-22:00 in the company's zone) or night."""
    allowed = desk.config.binding(channel).takes
    hour = now.astimezone(desk.zone).hour
    text = allowed.get("day" if 7 <= hour < 22 else "night", "")
    try:
        return duration(text) if text else CHECK_BACK
    except ValueError:
        return CHECK_BACK


def _packet(desk: Desk, parcel: Parcel, row: Dispatch, way: str) -> list[str]:
    text = parcel.text
    assert text.rendering is not None  # noqa: S101
    incident = desk.journal.incident
    approvals = [a for a in desk.journal.store.approvals(incident.code) if a.rendering == text.rendering.id]
    letter = Letter(
        dispatch=row.id,
        incident=incident.code,
        message=text.message,
        stage=incident.runbook.messages[text.message].stage,
        channel=text.channel.id,
        language=text.language,
        audience=parcel.audience,
        title=text.rendering.title,
        body=text.rendering.body,
        sha256=text.rendering.sha256,
    )
    return packet(
        letter,
        place=text.binding.place or text.channel.name,
        through=way,
        from_when="now",
        until="replaced or taken down" if text.channel.standing else "",
        approver=", ".join(dict.fromkeys(desk.journal.name(a.person) for a in approvals)),
        tag=approvals[-1].tag if approvals else "",
        keep=("every word, the order of the words, and the times",),
        answer_with=text.binding.proof or "a link, or: done, and when",
    )


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


def settle(desk: Desk, rendering: str, rows: Sequence[Dispatch], state: Answer, proof: str, **more: Any) -> None:
    """A person's word on rows that were handed or whose outcome is unknown; `proof` is a link or what they said."""
    journal = desk.journal
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
