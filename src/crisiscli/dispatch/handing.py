"""Handing over: a person carries the words. The record says to whom, through what, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from crisiscli.clocks import duration
from crisiscli.dispatch.desk import Desk, Text, event_facts
from crisiscli.dispatch.parcels import Parcel
from crisiscli.dispatch.prompts import recording, says
from crisiscli.dispatch.settling import Answer, differences, settle, waiting_rows
from crisiscli.errors import Refused
from crisiscli.incident import stamp
from crisiscli.providers.base import Letter
from crisiscli.providers.manual import packet
from crisiscli.stores import owner
from crisiscli.stores.base import Dispatch

__all__ = [
    "Answer",
    "Due",
    "Handed",
    "Way",
    "differences",
    "due_answers",
    "hand",
    "replaced",
    "settle",
    "takes",
    "waiting_rows",
    "way",
    "whose",
]

ME = "you"
"""How whoever types is called on their own screen."""
CHECK_BACK = timedelta(minutes=10)
"""When to ask again about a hand-over whose channel does not say how long it takes."""


@dataclass(frozen=True)
class Handed:
    """A hand-over that was made: its Dispatch, and the packet of lines the taker needs."""

    dispatch: Dispatch
    lines: tuple[str, ...]
    back: datetime


class Due(NamedTuple):
    """A hand-over whose time to check back has come."""

    place: str
    dispatch: str
    to: str
    at: datetime
    back: datetime


def due_answers(desk: Desk, now: datetime) -> list[Due]:
    """The hand-overs nobody has answered although their check-back has come, the longest due first."""
    found = [
        Due(hand.rendering.partition("@")[0], hand.dispatch, whose(desk, hand.to), hand.at, hand.back)
        for hand in desk.journal.incident.hands.values()
        if hand.back is not None and hand.back <= now
    ]
    return sorted(found, key=lambda one: one.back)


class Way(NamedTuple):
    """Who carries a text when it is handed over, through what, and how long it takes by day and by night.

    `span` is the time it takes now; `phone` is the taker's number, or "".
    """

    taker: str
    through: str
    takes: str
    span: timedelta
    phone: str

    @property
    def line(self) -> str:
        """The way in one line."""
        phone = f" ({self.phone})" if self.phone and self.phone not in self.through else ""
        return f"{self.taker}{phone}, through {self.through}; takes {self.takes}"


def way(desk: Desk, parcel: Parcel, now: datetime) -> Way:
    """The settled way of a hand-over. A prompt that is recorded already only has to be switched on."""
    binding = parcel.text.binding
    taker = binding.who or ME
    span = takes(desk, parcel.text.channel.id, now)
    day, night = binding.takes.get("day", ""), binding.takes.get("night", "")
    known = f"{day} by day, {night} by night" if day and night and day != night else day or night
    minutes = int(span.total_seconds()) // 60
    one = recording(parcel.text)
    through = binding.through or "copy and paste"
    if one is not None and says(one, parcel.text):
        through = f"prompt {one.prompt}, {through}"
        known = f"no recording, {known or f'about {minutes}m'} at most"
    return Way(taker, through, known or f"about {minutes}m", span, desk.config.phone(taker))


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
    settled = way(desk, parcel, now)
    who, route = _taker(desk, to or text.binding.who), through or settled.through
    back = now + settled.span
    data = {"to": who, "through": route, "at": stamp(now), "back": stamp(back)}
    entry = journal.entry("handed", dispatch=rows[0].id, rendering=text.rendering.id, **data)
    store.hand(journal.code, rows[0].id, me, data, entry)
    journal.refresh()
    return Handed(rows[0], tuple(_packet(desk, parcel, rows[0], route)), back)


def _taker(desk: Desk, who: str) -> str:
    """A person id for whoever types or stands in people.yaml; a desk keeps its name."""
    if who in ("", ME):
        return desk.journal.actor
    known = desk.config.person(who)
    return desk.journal.person(known.name) if known else who


def whose(desk: Desk, taker: str) -> str:
    """How the taker of a hand-over is called here: `you`, a name, a desk."""
    return ME if taker == desk.journal.actor else desk.journal.name(taker)


def takes(desk: Desk, channel: str, now: datetime) -> timedelta:
    """How long a hand-over takes by day (07:00-22:00 in the company's zone) or night."""
    allowed = desk.config.binding(channel).takes
    hour = now.astimezone(desk.zone).hour
    text = allowed.get("day" if 7 <= hour < 22 else "night", "")
    try:
        return duration(text) if text else CHECK_BACK
    except ValueError:
        return CHECK_BACK


def _packet(desk: Desk, parcel: Parcel, row: Dispatch, route: str) -> list[str]:
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
        through=route,
        from_when="now",
        until="replaced or taken down" if text.channel.standing else "",
        approver=", ".join(dict.fromkeys(desk.journal.name(a.person) for a in approvals)),
        tag=approvals[-1].tag if approvals else "",
        keep=("every word, the order of the words, and the times",),
        replaces=replaced(desk, text),
        recorded=_recorded(text),
        answer_with=text.binding.proof or "a link, or: done, and when",
        drill=incident.mode == "DRILL",
    )


def replaced(desk: Desk, text: Text) -> list[str]:
    """What is up on a standing channel right now, a line each; what takes its place must know what goes."""
    if not text.channel.standing:
        return []
    journal = desk.journal
    found = []
    for language in dict.fromkeys((text.language, "")):
        word = journal.incident.up.get((text.channel.id, language))
        if word is not None:
            words = journal.store.rendering(journal.code, word.rendering).text if word.rendering else word.text
            since = f"{word.at.astimezone(desk.zone):%H:%M}"
            found.append(f"{word.message or 'what was said there'}, up since {since}: {_begins(words)}")
    return found or ["nothing of ours; if something of ours is up there, say so"]


def _begins(words: str) -> str:
    line = " ".join(words.split())
    return f'"{line}"' if len(line) <= 100 else f'"{line[:97]}..."'


def _recorded(text: Text) -> str:
    one = recording(text)
    if one is None:
        return ""
    if says(one, text):
        return f"Switch on prompt {one.prompt}: it says these words. Nothing has to be recorded."
    return f"Record these words anew: prompt {one.prompt} says other words."
