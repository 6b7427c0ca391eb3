"""Channel health: a down channel reaches nobody; who is left without one, and which channels can stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from crisiscli.channels import CHANNELS

if TYPE_CHECKING:
    from crisiscli.config import Config
    from crisiscli.dispatch.desk import Desk, Text
    from crisiscli.incident.records import Word
    from crisiscli.incident.state import Incident
    from crisiscli.runbook import Audience, Message


class Orphan(NamedTuple):
    """An audience of a message that no living channel of the message reaches, and what could reach it."""

    audience: str
    who: str
    down: tuple[str, ...]
    """The channels of the message that would reach it, and are down."""
    instead: tuple[str, ...]


class Offer(NamedTuple):
    """A living channel on which the message has words, to be used instead of a channel that is down or degraded."""

    channel: str
    instead_of: str


def down(desk: Desk, channel: str) -> str:
    """`website is down since 03:12: data centre dead`; empty while the channel carries words."""
    found = desk.journal.incident.health.get(channel)
    if found is None or found.state != "down":
        return ""
    why = f": {found.why}" if found.why else ""
    return f"{channel} is down since {found.at.astimezone(desk.zone):%H:%M}{why}"


def fallbacks(incident: Incident, config: Config, channel: str, audiences: Iterable[str] = ()) -> tuple[str, ...]:
    """The living channels to use instead: those its binding names, then those that reach these audiences."""
    named = [*config.binding(channel).fallback]
    for name in audiences:
        if name in incident.runbook.audiences:
            named += incident.runbook.audiences[name].reached_by
    return tuple(one for one in dict.fromkeys(named) if one != channel and not incident.channel_down(one))


def has_text(message: Message, channel: str) -> bool:
    """True when the message has a text of this channel or of its family."""
    return channel in CHANNELS and any(key in message.text for key in (channel, CHANNELS[channel].family))


def stand_ins(incident: Incident, config: Config, message: str, also: Sequence[str] = ()) -> tuple[str, ...]:
    """Channels that are not in the message's `to` and still have its words.

    Those are the living fallbacks the company named for a channel of it that is down or degraded, those its words
    already went to, and those that a person names (`also`).
    """
    noun = incident.runbook.messages[message]
    ailing = [name for name in noun.to if name in incident.health and incident.health[name].state != "up"]
    wanted = [one for name in ailing for one in fallbacks(incident, config, name)]
    gone = (name.partition("@")[0].split("/") for name in incident.counts)
    wanted += [channel for sent, channel, _ in gone if sent == message]
    return tuple(one for one in dict.fromkeys((*wanted, *also)) if one not in noun.to and has_text(noun, one))


def stood_in_for(incident: Incident, config: Config, message: str, channel: str) -> tuple[str, ...]:
    """The audiences of the message a channel carries words to only because it is the fallback of one that is not up."""
    noun = incident.runbook.messages[message]
    ailing = [name for name in incident.health if incident.health[name].state != "up"]
    lost = {name for name in ailing if channel in config.binding(name).fallback}
    audiences = ((name, incident.runbook.audiences.get(name)) for name in noun.for_)
    return tuple(name for name, audience in audiences if audience and lost & set(audience.reached_by))


def offers(desk: Desk, message: str) -> list[Offer]:
    """The fallback channels on which the message has words, for every channel of it that is down or degraded."""
    incident = desk.journal.incident
    noun = incident.runbook.messages[message]
    found: dict[str, Offer] = {}
    for channel in noun.to:
        if channel not in incident.health or incident.health[channel].state == "up":
            continue
        for one in fallbacks(incident, desk.config, channel, desk.audiences(message, channel)):
            if has_text(noun, one):
                found.setdefault(one, Offer(one, channel))
    return list(found.values())


def orphans(desk: Desk, message: str) -> list[Orphan]:
    """The audiences of the message that no living channel with a text of it reaches."""
    incident = desk.journal.incident
    noun = incident.runbook.messages[message]
    carried = dict.fromkeys(text.channel.id for text in desk.texts(message) if not text.missing)
    living = [channel for channel in carried if not incident.channel_down(channel)]
    found = []
    for name in noun.for_:
        audience = incident.runbook.audiences.get(name)
        if audience is None or any(_reaches(incident, desk.config, audience, channel) for channel in living):
            continue
        dead = tuple(channel for channel in audience.reached_by if incident.channel_down(channel))
        named = [one for channel in dead for one in fallbacks(incident, desk.config, channel)]
        instead = dict.fromkeys([*named, *fallbacks(incident, desk.config, "", [name])])
        found.append(Orphan(name, audience.who, dead, tuple(instead)))
    return found


def _reaches(incident: Incident, config: Config, audience: Audience, channel: str) -> bool:
    """True when a channel reaches an audience itself, or stands in for a channel that does and is down.

    Social media do not stand in for people they do not reach.
    """
    if channel in audience.reached_by:
        return True
    if audience.offline and channel in CHANNELS and CHANNELS[channel].family == "post":
        return False
    dead = (name for name in audience.reached_by if incident.channel_down(name))
    return any(channel in config.binding(name).fallback for name in dead)


def owed(desk: Desk, texts: Sequence[Text]) -> list[Text]:
    """The must texts that have to leave before a message is out: those on living channels of its `to`.

    When all of these are down, the words on the channels that stand in are owed instead.
    """
    must = [text for text in texts if not text.follows]
    living = [text for text in must if not desk.journal.incident.channel_down(text.channel.id)]
    noun = desk.journal.incident.runbook.messages[texts[0].message] if texts else None
    meant = [text for text in living if noun and text.channel.id in noun.to]
    return meant or living or must


def reached(incident: Incident, word: Word) -> bool:
    """False for words that went to a channel while it was down: they count as having reached nobody."""
    found = incident.health.get(word.channel)
    return found is None or found.state != "down" or word.at < found.at
