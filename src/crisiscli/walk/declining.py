"""Declined: the desk that should carry the words will not. Somebody else takes them, or another channel does."""

from __future__ import annotations

from crisiscli.dispatch import Desk, Parcel, batch, settle
from crisiscli.dispatch.health import fallbacks, has_text
from crisiscli.screen import Line, Option, Terminal
from crisiscli.stores.base import Dispatch
from crisiscli.walk import yes
from crisiscli.walk.words import show_texts

MANY = 6
"""How many fallback channels are offered: the company named the first ones for a reason."""


def decline(desk: Desk, terminal: Terminal, row: Dispatch, place: str, said: str) -> Parcel | None:
    """Records that they declined, and offers somebody else and the fallback channels at once.

    The words are not out and the yes to them still holds. Returns the Parcel that somebody else is to take.
    """
    settle(desk, row.rendering, [row], "approved", said, declined=True)
    terminal.say(Line(f"! declined  {place}  {said}  It is not out; the yes still holds.", "late"))
    message, channel, _ = place.split("/")
    waiting = batch(desk, message, [channel], anyway=[channel]).parcels
    same = [one for one in waiting if one.text.place == place and one.audience == row.audience and one.by_hand]
    others = instead_of(desk, message, channel)
    options = [
        Option("w", "else", "hand it to somebody else", "" if same else "the words changed since: send them anew")
    ]
    options += [
        Option(str(number), f"use:{name}", f"use {name} instead") for number, name in enumerate(others, start=2)
    ]
    options.append(Option("l", "later", "later: it stays approved"))
    chosen = terminal.choose(f"declined.{place}", f"{place} is not out. Who carries it?", options, record=False)
    if chosen.startswith("use:"):
        use(desk, terminal, message, chosen.removeprefix("use:"))
    return same[0] if chosen == "else" else None


def instead_of(desk: Desk, message: str, channel: str) -> list[str]:
    """The living channels that can carry this message instead: those with words for it that are not out there yet."""
    incident = desk.journal.incident
    noun = incident.runbook.messages[message]
    named = fallbacks(incident, desk.config, channel, desk.audiences(message, channel))
    out = {text.channel.id for text in desk.texts(message) if any(text.counts.values())}
    return [one for one in named if has_text(noun, one) and one not in out][:MANY]


def use(desk: Desk, terminal: Terminal, message: str, channel: str) -> None:
    """Walks the message on one other channel: its words, the yes if it is missing, and out."""
    from crisiscli.walk.carrying import carry  # a batch may be declined, and a decline may start another batch

    texts = desk.texts(message, [channel])
    terminal.say(*show_texts(desk, texts))
    while any(text.wants_yes for text in texts) and yes.ask_for(desk, terminal, texts):
        texts = desk.texts(message, [channel])
    ready = batch(desk, message, [channel])
    if ready.parcels:
        carry(desk, terminal, ready)
        return
    why = "; ".join(dict.fromkeys(reason for _, reason in ready.held)) or "there are no words for it"
    terminal.say(Line(f"{message} does not go out on {channel} now: {why}.", "warn"))
