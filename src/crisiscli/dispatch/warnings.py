"""Warnings: what a person should know before these words go. They are loud and recorded; none of them blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Literal, NamedTuple

from crisiscli.clocks import duration
from crisiscli.dispatch import health
from crisiscli.dispatch.desk import Desk
from crisiscli.dispatch.parcels import Batch, Parcel
from crisiscli.incident.following import Following, open_languages
from crisiscli.incident.state import Incident

__all__ = ["Caution", "Following", "open_languages", "record_warned", "tell_first", "warnings"]

About = Literal["order", "orphan", "down", "first word", "language"]


class Caution(NamedTuple):
    """One warning: what it is about, the sentence, and what to type or do about it.

    `first` is the message that would make it right, when there is one: the brief for our own people.
    """

    about: About
    what: str
    then: str = ""
    first: str = ""


def warnings(desk: Desk, batch: Batch) -> list[Caution]:
    """Everything to warn of before this batch goes, the gravest first; empty when nothing would go."""
    if not batch.parcels:
        return []
    return [*_order(desk, batch), *_orphans(desk, batch), *_down(desk, batch), *_first_word(desk, batch),
            *_languages(desk, batch)]  # fmt: skip


def record_warned(desk: Desk, message: str, cautions: Sequence[Caution], reason: str = "") -> None:
    """Writes down what was warned of when the words go all the same; the same warning is written once."""
    said = {(one.about, one.message, one.what) for one in desk.journal.incident.warnings}
    for one in cautions:
        if (one.about, message, one.what) not in said:
            why = reason if one.about in ("order", "down") or len(cautions) == 1 else ""
            desk.journal.record("warned", about=one.about, message=message, what=one.what, reason=why)


def tell_first(incident: Incident, audience: str) -> str:
    """The first message of the runbook that is meant for these people of ours and not for the public; or ""."""
    insiders = incident.runbook.insiders()
    for name, message in incident.runbook.messages.items():
        if audience in message.for_ and insiders.issuperset(message.for_):
            return name
    return ""


def _order(desk: Desk, batch: Batch) -> Iterator[Caution]:
    """Our own people who would hear it after the public: told before, with this batch, or not at all."""
    incident = desk.journal.incident
    public = {name for parcel in batch.parcels if parcel.text.public for name in _audiences(parcel)}
    told = _told(desk) | {name for parcel in batch.parcels for name in _audiences(parcel)}
    for name, audience in incident.runbook.audiences.items():
        if name not in told and public & set(audience.told_before_or_with):
            message = tell_first(incident, name)
            then = f"crisis send {message}" if message else f'crisis said "the words" --channel phone --inside ({name})'
            yield Caution(
                "order", f"{name} ({audience.who}) has not been told yet: the public would hear first", then, message
            )


def _told(desk: Desk) -> set[str]:
    """The audiences that something was sent or handed to before."""
    incident = desk.journal.incident
    found: set[str] = set()
    for word in incident.words:
        if health.reached(incident, word):
            found.update(word.audience or (() if word.public else incident.runbook.insiders()))
    for hand in incident.hands.values():
        message, channel, _ = hand.rendering.partition("@")[0].split("/")
        if message in incident.runbook.messages:
            found.update(desk.audiences(message, channel))
    return found


def _audiences(parcel: Parcel) -> list[str]:
    return [name for name in parcel.audience.split("+") if name]


def _orphans(desk: Desk, batch: Batch) -> Iterator[Caution]:
    for one in health.orphans(desk, batch.message):
        dead = f": {', '.join(one.down)} down" if one.down else ": no channel of this message reaches them"
        what = f"{one.audience} ({one.who}) is reached by nothing living{dead}"
        yield Caution("orphan", what, f"use {', '.join(one.instead)}" if one.instead else "find another way to them")


def _down(desk: Desk, batch: Batch) -> Iterator[Caution]:
    tried = dict.fromkeys(parcel.text.channel.id for parcel in batch.parcels)
    for channel in tried:
        why = health.down(desk, channel)
        if why:
            yield Caution("down", f"{why}; it is tried all the same, and counts as having reached nobody")


def _first_word(desk: Desk, batch: Batch) -> Iterator[Caution]:
    """An all-clear goes to every audience that got the first word.

    The runbook of the first minutes names audiences of its own: those are reached where they were reached then.
    """
    incident = desk.journal.incident
    noun = incident.runbook.messages[batch.message]
    words = [word for word in incident.public_words() if word.message]
    if noun.stage != "all_clear" or not words:
        return
    got = [word for word in words if word.message == words[0].message]
    again = [word for word in words if word.message == batch.message]
    reached = {name for word in again for name in word.audience}
    reached |= {name for parcel in batch.parcels for name in _audiences(parcel)}
    channels = {parcel.text.channel.id for parcel in batch.parcels} | {word.channel for word in again}
    there = {name for word in got if word.channel in channels for name in word.audience}
    reached |= there - set(incident.runbook.audiences)
    missing = sorted({name for word in got for name in word.audience} - reached)
    if missing:
        what = f"this all-clear does not reach {', '.join(missing)}, who got the first word ({words[0].message})"
        yield Caution("first word", what, "write a text for a channel that reaches them")


def _languages(desk: Desk, batch: Batch) -> Iterator[Caution]:
    incident = desk.journal.incident
    going = {parcel.text.language for parcel in batch.parcels}
    if not any(parcel.text.public for parcel in batch.parcels) or not going & set(incident.runbook.languages.must):
        return
    owed = {(one.message, one.language): one.due for one in open_languages(incident)}
    texts = desk.texts(batch.message)
    for language, within in incident.runbook.languages.follow.items():
        out = any(text.language == language and _left(text.counts) for text in texts)
        if language in going or out:
            continue
        due = owed.get((batch.message, language), desk.journal.now() + _span(within))
        what = f"{batch.message} does not go out in {language} now; it follows by {due.astimezone(desk.zone):%H:%M}"
        yield Caution("language", what, f"it stays open until {language} is out")


def _left(counts: object) -> bool:
    return isinstance(counts, dict) and any(counts.get(state) for state in ("sent", "sending", "unknown"))


def _span(within: str) -> timedelta:
    try:
        return duration(within)
    except ValueError:
        return timedelta(minutes=30)
