"""What left: sending, outcomes, hand-overs, words said outside, what is up right now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crisiscli.incident.event import Event, moment_of
from crisiscli.incident.records import Hand, Word
from crisiscli.incident.state import Incident


def _count(incident: Incident, rendering: str, **changes: int) -> None:
    counts = incident.counts.setdefault(rendering, {"sending": 0, "sent": 0, "failed": 0, "unknown": 0})
    for state, change in changes.items():
        counts[state] = max(0, counts[state] + change)


def _sending(incident: Incident, event: Event) -> None:
    data = event.data
    _count(incident, data["rendering"], sending=data["rows"], failed=-data.get("again", 0))
    if data.get("promise"):
        incident.promised[data["rendering"]] = moment_of(data["promise"])


def _went(incident: Incident, event: Event) -> None:
    data = event.data
    done = {state: data.get(state, 0) for state in ("sent", "failed", "unknown")}
    _count(incident, data["rendering"], sending=-sum(done.values()), **done)
    if data.get("left"):
        _count(incident, data["rendering"], sending=-data["left"])
    if done["sent"]:
        _word(incident, event, "sensed", done["sent"])


def _handed(incident: Incident, event: Event) -> None:
    data = event.data
    incident.hands[data["dispatch"]] = Hand(
        data["rendering"],
        data["dispatch"],
        data["to"],
        data["through"],
        event.at,
        moment_of(data["back"]) if data.get("back") else None,
    )


def _asked_again(incident: Incident, event: Event) -> None:
    hand = incident.hands.get(event.data["dispatch"])
    if hand is not None:
        incident.hands[hand.dispatch] = hand._replace(back=moment_of(event.data["back"]))


def _settled(incident: Incident, event: Event) -> None:
    data = event.data
    rows, was = len(data["dispatches"]), data["was"]
    state = data["state"]
    changes = {was: -rows}
    if state in ("sent", "failed", "unknown"):
        changes[state] = changes.get(state, 0) + rows
    _count(incident, data["rendering"], **changes)
    for dispatch in data["dispatches"]:
        if state != "unknown":
            incident.hands.pop(dispatch, None)
    if state == "sent":
        _word(incident, event, "confirmed", rows)


def _swept(incident: Incident, event: Event) -> None:
    for rendering, rows in event.data["rows"].items():
        _count(incident, rendering, sending=-rows, unknown=rows)


def _recounted(incident: Incident, event: Event) -> None:
    for rendering, counts in event.data["counts"].items():
        before = incident.counts.get(rendering, {}).get("sent", 0)
        incident.counts[rendering] = dict(counts)
        if counts["sent"] > before:
            facts = {**event.data["facts"][rendering], "rendering": rendering}
            _word(incident, event._replace(data=facts), "sensed", counts["sent"] - before)


def _word(incident: Incident, event: Event, how: Any, rows: int) -> None:
    data = event.data
    place = data["rendering"].partition("@")[0]
    message, channel, language = place.split("/")
    audience = tuple(data.get("audience", ()))
    word = Word(
        at=moment_of(data["left_at"]) if data.get("left_at") else event.at,
        how=how,
        channel=channel,
        message=message,
        language=language,
        rendering=data["rendering"],
        audience=audience,
        proof=data.get("proof", ""),
        public=data.get("public", True),
        promise=incident.promised.get(data["rendering"]),
        rows=rows,
    )
    incident.words.append(word)
    if data.get("standing"):
        incident.up[channel, language] = word


def _said(incident: Incident, event: Event) -> None:
    data = event.data
    word = Word(
        at=moment_of(data["at"]),
        how="reported",
        channel=data["channel"],
        text=data["text"],
        message="",
        audience=tuple(data.get("audience", ())),
        proof=data.get("proof", ""),
        public=data.get("public", True),
        promise=moment_of(data["promise"]) if data.get("promise") else None,
    )
    incident.words.append(word)
    if data.get("standing"):
        incident.up[word.channel, ""] = word


def _taken_down(incident: Incident, event: Event) -> None:
    key = (event.data["channel"], event.data["language"])
    incident.up.pop(key, None)
    incident.owners.pop(key, None)


def _owned(incident: Incident, event: Event) -> None:
    incident.owners[event.data["channel"], event.data["language"]] = event.data["owner"]


SPOKEN: dict[str, Callable[[Incident, Event], None]] = {
    "sending": _sending,
    "went": _went,
    "handed": _handed,
    "asked_again": _asked_again,
    "settled": _settled,
    "swept": _swept,
    "recounted": _recounted,
    "said": _said,
    "taken_down": _taken_down,
    "owned": _owned,
}
