"""Parcels: what would go where, before anything goes. The list a person sees before the code name is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from crisiscli.config import RecipientList, read_recipients
from crisiscli.dispatch import health
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
    channels: tuple[str, ...] = ()
    """The channels it was narrowed to; empty means all of the message's."""
    down: tuple[Text, ...] = ()
    """Those of the held texts that nothing keeps back but a channel that is down."""
    busy: tuple[Text, ...] = ()
    """Those of the held texts whose place has older words in somebody's hands."""

    @property
    def carried(self) -> list[Parcel]:
        """What providers carry."""
        return [parcel for parcel in self.parcels if not parcel.by_hand]

    @property
    def handed(self) -> list[Parcel]:
        """What people carry."""
        return [parcel for parcel in self.parcels if parcel.by_hand]


def batch(desk: Desk, message: str, channels: Sequence[str] = (), *, anyway: Sequence[str] = ()) -> Batch:
    """What would go now. Texts whose exact bytes are out already, or on their way, are left out.

    A text on a channel that is down stays, with the fallbacks; `anyway` names down channels to try all the same.
    """
    now = desk.journal.now()
    parcels: list[Parcel] = []
    held: list[tuple[Text, str]] = []
    down: list[Text] = []
    busy: list[Text] = []
    for text in desk.texts(message, channels):
        if text.missing and text.follows:
            continue
        reason = _why_held(desk, text, now)
        found = [] if reason else [parcel for parcel in _parcels(desk, text) if not _out(desk, text, parcel)]
        dead = "" if text.channel.id in anyway else _why_down(desk, text)
        if dead and (found or (reason and text.state not in ("sending", "unknown"))):
            down += [] if reason else [text]
            reason = dead
        hands = "" if reason else _in_hands(desk, text, found)
        busy += [text] if hands else []
        if reason or hands:
            held.append((text, reason or hands))
        else:
            parcels += found
    mass = sum(parcel.rows for parcel in parcels if _is_mass(desk, parcel))
    return Batch(message, tuple(parcels), tuple(held), mass, tuple(channels), tuple(down), tuple(busy))


def _why_held(desk: Desk, text: Text, now: datetime) -> str:
    if text.state in ("sending", "unknown"):
        return "is on its way" if text.state == "sending" else "its outcome is unknown: look first"
    return desk.why_not(text, now)


def _in_hands(desk: Desk, text: Text, parcels: Sequence[Parcel]) -> str:
    """Why other words must not follow yet: two versions for one place would be on their way at once."""
    audiences = {parcel.audience for parcel in parcels if parcel.recipients is None}
    for hand in desk.journal.incident.hands.values():
        if hand.rendering.partition("@")[0] != text.place:
            continue
        rows = desk.journal.store.dispatches(desk.journal.code, hand.rendering, "sending")
        if any(row.audience in audiences for row in rows):
            since = f"{hand.at.astimezone(desk.zone):%H:%M}"
            return f"{desk.journal.name(hand.to)} has older words for it since {since}: say first what came of them"
    return ""


def _why_down(desk: Desk, text: Text) -> str:
    """`website is down since 03:12 (instead: sms, x)`; empty for a living channel."""
    why = health.down(desk, text.channel.id)
    if not why:
        return ""
    instead = health.fallbacks(desk.journal.incident, desk.config, text.channel.id, text.audiences)
    return f"{why} (instead: {', '.join(instead)})" if instead else f"{why} (no channel can stand in)"


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
    """True when nothing of this parcel is left to send: these bytes are out to that audience already.

    A broadcast is out once, whoever it counts for: a fallback's audience changes when the lost channel is back.
    """
    if not text.counts.get("sent"):
        return False
    assert text.rendering is not None  # noqa: S101
    rows = desk.journal.store.dispatches(desk.journal.code, text.rendering.id)
    anybody = not text.channel.addressed
    same = [row for row in rows if anybody or row.audience == parcel.audience]
    done = sum(1 for row in same if row.state in ("sent", "sending", "unknown"))
    return done >= parcel.rows
