"""The batch that puts words right: to exactly those channels, languages, audiences and people that had the old ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisiscli.dispatch.corrections import Outdated, open_corrections, uncorrected
from crisiscli.dispatch.health import down
from crisiscli.dispatch.parcels import MASS, Batch, Parcel
from crisiscli.errors import NotFound
from crisiscli.providers import PROVIDERS
from crisiscli.stores.base import Dispatch, Place

if TYPE_CHECKING:
    from crisiscli.dispatch.desk import Desk, Text


@dataclass(frozen=True)
class Again(Parcel):
    """New words for exactly those who had the old ones."""

    to: tuple[Place, ...] = ()

    def places(self) -> Iterator[Place]:
        yield from self.to


def corrections_batch(desk: Desk, message: str, channels: Sequence[str] = ()) -> Batch:
    """The new words for the channels, languages, audiences and recipients that carried the old ones; nobody else.

    Raises NotFound when nothing of the message is out with an old value. Words that still wait for a yes or a fact,
    and old ones nobody has settled yet, are held with the reason.
    """
    wanted = [one for one in open_corrections(desk) if one.message == message]
    wanted = [one for one in wanted if not channels or one.place.split("/")[1] in channels]
    if not wanted:
        raise NotFound(f"Nothing of {message} is out with an old value.", public="", then="crisis status")
    texts = {text.place: text for text in desk.texts(message)}
    parcels: list[Parcel] = []
    held: list[tuple[Text, str]] = []
    for place in dict.fromkeys(one.place for one in wanted):
        text = texts[place]
        old = [row for one in wanted if one.place == place for row in _wrong(desk, one)]
        reason = _why_not(desk, text, [one for one in wanted if one.place == place])
        found = [] if reason else _parcels(desk, text, old)
        if not found and not reason:
            reason = "these exact words went there before; change a word to say them again"
        if reason:
            held.append((text, reason))
        parcels += found
    limit = desk.config.mass_send if isinstance(desk.config.mass_send, int) else MASS
    mass = sum(parcel.rows for parcel in parcels if not parcel.by_hand and parcel.rows > limit)
    return Batch(message, tuple(parcels), tuple(held), mass)


def _wrong(desk: Desk, one: Outdated) -> list[Dispatch]:
    out = desk.journal.store.dispatches(desk.journal.code, one.rendering, "sent")
    return uncorrected(desk, one.rendering, out, one.at, one.changes)


def _why_not(desk: Desk, text: Text, wanted: Sequence[Outdated]) -> str:
    if text.state in ("sending", "unknown"):
        return "is on its way" if text.state == "sending" else "its outcome is unknown: look first"
    if any(one.edited and one.fresh == one.rendering for one in wanted):
        return "it was edited by hand: change the words yourself, or go back to the runbook's"
    if any(one.doubtful and not one.rows for one in wanted):
        return "nobody knows yet whether the old words are out: say what came of them first"
    return desk.why_not(text, desk.journal.now()) or down(desk, text.channel.id)


def _parcels(desk: Desk, text: Text, old: Sequence[Dispatch]) -> list[Parcel]:
    """The old rows as parcels for the new words; who has those already is left out."""
    assert text.rendering is not None  # noqa: S101
    done = {
        (row.audience, row.recipient)
        for row in desk.journal.store.dispatches(desk.journal.code, text.rendering.id)
        if row.state in ("sent", "sending", "unknown")
    }
    groups: dict[tuple[str, bool], dict[str, Place]] = {}
    for row in old:
        if (row.audience, row.recipient) not in done and (row.address or not row.recipient):
            people = groups.setdefault((row.audience, bool(row.recipient)), {})
            people[row.recipient] = Place(row.audience, row.address)
    return [
        _parcel(desk, text, audience, addressed, tuple(people.values()))
        for (audience, addressed), people in groups.items()
    ]


def _parcel(desk: Desk, text: Text, audience: str, addressed: bool, people: tuple[Place, ...]) -> Parcel:
    binding = text.binding
    forbidden = addressed and desk.config.mass_send == "forbidden" and text.public
    if text.by_hand or forbidden or (text.channel.addressed and not addressed):
        why = "mass sends are forbidden from this machine" if forbidden else binding.trouble
        target = binding.through or binding.who or "by hand"
        return Again(text, audience, True, 1, target, None, why, to=(Place(audience),))
    target = PROVIDERS[binding.provider].where(binding.settings)
    return Again(text, audience, False, len(people), target, to=people)
