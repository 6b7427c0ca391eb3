"""Cautions: warnings before words go, and channels that are down. They ask, they are recorded, they never block."""

from __future__ import annotations

from crisiscli.dispatch import Desk, batch
from crisiscli.dispatch.health import offers
from crisiscli.dispatch.parcels import Batch
from crisiscli.dispatch.warnings import Caution, warnings
from crisiscli.screen import Line, Option, Terminal
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk.declining import use


def caution_lines(cautions: list[Caution]) -> list[Line | str]:
    """Every warning in words, with what to do about it."""
    lines: list[Line | str] = []
    for one in cautions:
        lines.append(Line(f"! WARNING  {one.what}.", "late" if one.about in ("order", "orphan") else "warn"))
        if one.then:
            lines.append(f"           {one.then}")
    return lines


def weigh(desk: Desk, terminal: Terminal, parcels: Batch) -> tuple[list[Caution], str] | None:
    """Shows the warnings; a broken order asks for a choice and a reason. None when the person goes back."""
    cautions = warnings(desk, parcels)
    terminal.say(*caution_lines(cautions))
    order = [one for one in cautions if one.about == "order"]
    key = f"despite.{parcels.message}"
    if not terminal.interactive:
        given = isinstance(terminal, Scripted) and terminal.has(key)
        return cautions, str(terminal.get(key)) if given and isinstance(terminal, Scripted) else ""
    if not order:
        return cautions, ""
    options = [
        Option("d", "first", "tell them first"),
        Option("1", "public", "go public now: say why"),
        Option("b", "back", "back"),
    ]
    chosen = terminal.choose(key, "Our own people first?", options, record=False)
    if chosen == "public":
        reason = terminal.ask(key, "Why does the public hear first?", hint="goes into the report, Enter = back")
        if reason.strip():
            return cautions, reason.strip()
    terminal.say(Line("Nothing has been sent.", "strong"))
    if chosen == "first":
        _tell_first(desk, terminal, order)
    return None


def _tell_first(desk: Desk, terminal: Terminal, order: list[Caution]) -> None:
    """Opens the brief for our own people; who has none is told by phone, and that is said with `crisis said`."""
    # a message may lead to another one, and that one to this question
    from crisiscli.walk.speaking import speak

    for message in dict.fromkeys(one.first for one in order if one.first):
        terminal.say("", Line(f"First our own people: {message}. Then back to the public words.", "heading"))
        speak(desk, terminal, message)
    terminal.say(*(f"Tell them with: {one.then}" for one in order if not one.first))


def around_down(desk: Desk, terminal: Terminal, parcels: Batch) -> Batch | None:
    """Asks what to do about words on channels that are down: go on without, try anyway, or use another channel.

    Returns the batch to go on with, None when the person goes back.
    """
    if not terminal.interactive:
        return parcels
    while parcels.down:
        dead = list(dict.fromkeys(text.channel.id for text in parcels.down))
        terminal.say("", *_down_lines(parcels))
        carried = {parcel.text.channel.id for parcel in parcels.parcels}
        others = [
            one
            for one in offers(desk, parcels.message)
            if one.channel not in carried and _fresh(desk, one.channel, parcels)
        ]
        options = [
            Option(
                "d", "without", f"go on without {', '.join(dead)}", "" if parcels.parcels else "nothing else can go"
            ),
            Option("1", "anyway", f"try {', '.join(dead)} anyway: it counts as having reached nobody"),
        ]
        options += [
            Option(str(number), f"use:{one.channel}", f"use {one.channel} instead of {one.instead_of}")
            for number, one in enumerate(others[:8], start=2)
        ]
        options.append(Option("b", "back", "back: nothing goes now"))
        chosen = terminal.choose(f"down.{parcels.message}", "A channel is down. What now?", options, record=False)
        if chosen in ("without", "back"):
            return parcels if chosen == "without" else None
        if chosen == "anyway":
            return batch(desk, parcels.message, parcels.channels, anyway=dead)
        use(desk, terminal, parcels.message, chosen.removeprefix("use:"))
        parcels = batch(desk, parcels.message, parcels.channels)
    return parcels


def _down_lines(parcels: Batch) -> list[Line]:
    """A line per dead channel with the places that lose it."""
    places: dict[str, list[str]] = {}
    for text, why in parcels.held:
        if text in parcels.down:
            places.setdefault(why, []).append(text.place)
    return [Line(f"! DOWN  {', '.join(lost)}: {why}", "late") for why, lost in places.items()]


def _fresh(desk: Desk, channel: str, parcels: Batch) -> bool:
    """True while nothing of the message went to this channel."""
    return not any(any(text.counts.values()) for text in desk.texts(parcels.message, [channel]))
