"""Parcels: what would go where, before anything goes. The list a person sees before the code name is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crisiscli.config import RecipientList, read_recipients
from crisiscli.dispatch.desk import Desk, Text
from crisiscli.providers import PROVIDERS
from crisiscli.stores.base import Place

MASS = 500
"""Above how many recipients a send counts as mass when `crisis.yaml` does not say."""


@dataclass(frozen=True)
class Parcel:
    """One text on its way to one group of people, by a provider or by hand.

    `rows` is the number of Dispatches: recipients of an addressed channel, 1 for a broadcast or a hand-over.
    `why_hand` says why a person carries it although the channel has a provider.
    """

    text: Text
    audience: str
    by_hand: bool
    rows: int
    target: str
    recipients: RecipientList | None = None
    why_hand: str = ""
    first: bool = False
    """True for the language that also goes to people whose own language no text serves."""
    served: tuple[str, ...] = ()

    def places(self) -> Iterator[Place]:
        """Where it goes, one Place per Dispatch, streamed."""
        if self.recipients is None:
            yield Place(self.audience)
            return
        for row in self.recipients.rows(self.text.language, first=self.first, served=self.served):
            yield Place(self.audience, row.address, row.name)


@dataclass(frozen=True)
class Batch:
    """Everything one typed code name lets go, and what stays behind with the reason."""

    message: str
    parcels: tuple[Parcel, ...]
    held: tuple[tuple[Text, str], ...]
    mass: int
    """Recipients of mass sends in it; 0 when there is none."""

    @property
    def carried(self) -> list[Parcel]:
        """What providers carry."""
        return [parcel for parcel in self.parcels if not parcel.by_hand]

    @property
    def handed(self) -> list[Parcel]:
        """What people carry."""
        return [parcel for parcel in self.parcels if parcel.by_hand]


def batch(desk: Desk, message: str, channels: Sequence[str] = ()) -> Batch:
    """What would go now. Texts whose exact bytes are out already, or on their way, are left out."""
    now = desk.journal.now()
    parcels: list[Parcel] = []
    held: list[tuple[Text, str]] = []
    for text in desk.texts(message, channels):
        if text.missing and text.follows:
            continue
        if text.state in ("sending", "unknown"):
            held.append((text, "is on its way" if text.state == "sending" else "its outcome is unknown: look first"))
            continue
        reason = desk.why_not(text, now)
        if reason:
            held.append((text, reason))
            continue
        parcels += [parcel for parcel in _parcels(desk, text) if not _out(desk, text, parcel)]
    mass = sum(parcel.rows for parcel in parcels if _is_mass(desk, parcel))
    return Batch(message, tuple(parcels), tuple(held), mass)


def _parcels(desk: Desk, text: Text) -> list[Parcel]:
    binding = text.binding
    languages = desk.journal.incident.runbook.languages
    everyone = "+".join(text.audiences)
    if text.by_hand:
        return [Parcel(text, everyone, True, 1, binding.through or binding.who or "by hand", why_hand=binding.trouble)]
    target = PROVIDERS[binding.provider].where(binding.settings)
    if not text.channel.addressed:
        return [Parcel(text, everyone, False, 1, target)]
    found: list[Parcel] = []
    unlisted: list[str] = []
    for audience in text.audiences or ("",):
        path = desk.config.recipients.get(audience, {}).get(text.channel.id)
        if path is None:
            unlisted.append(audience)
            continue
        people = read_recipients(path, text.channel.address, region=desk.config.region)
        first, served = text.language == languages.must[0], (*languages.must, *languages.follow)
        rows = people.count_for(text.language, first=first, served=served)
        parcel = Parcel(text, audience, False, rows, target, people, first=first, served=served)
        if desk.config.mass_send == "forbidden" and text.public:
            parcel = Parcel(text, audience, True, 1, target, None, "mass sends are forbidden from this machine")
        if rows:
            found.append(parcel)
    if unlisted:
        why = "there is no list of recipients for it"
        found.append(Parcel(text, "+".join(unlisted), True, 1, binding.through or "by hand", None, why))
    return found


def _is_mass(desk: Desk, parcel: Parcel) -> bool:
    limit = desk.config.mass_send
    return not parcel.by_hand and parcel.rows > (limit if isinstance(limit, int) else MASS)


def _out(desk: Desk, text: Text, parcel: Parcel) -> bool:
    """True when nothing of this parcel is left to send: these bytes are out to that audience already."""
    if not text.counts.get("sent"):
        return False
    assert text.rendering is not None  # noqa: S101
    rows = desk.journal.store.dispatches(desk.journal.code, text.rendering.id)
    done = sum(1 for row in rows if row.audience == parcel.audience and row.state in ("sent", "sending", "unknown"))
    return done >= parcel.rows
