"""Handing over: one key each, or all at once; then what came of it, and what to do when they decline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from crisiscli.dispatch import Desk, Parcel, hand, settle
from crisiscli.dispatch.handing import Answer, Handed, differences, takes, way
from crisiscli.dispatch.prompts import recording, says
from crisiscli.dispatch.settling import ask_again
from crisiscli.errors import CrisisError
from crisiscli.screen import Line, Option, Terminal
from crisiscli.stores.base import Dispatch
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk.declining import decline
from crisiscli.walk.packets import write_packets
from crisiscli.walk.up_since import ask_since

Move = Literal["done", "later", "all", "back"]
Before = Callable[[], None]
"""What is written down right before words are handed over: the warnings that were shown."""


def _nothing() -> None:
    return


def hand_all(desk: Desk, terminal: Terminal, parcels: Sequence[Parcel], before: Before = _nothing) -> None:
    """One by one, or all with one key: then every packet stands below and in one file, and is answered later."""
    for number, parcel in enumerate(parcels):
        if isinstance(terminal, Scripted):
            _hand_from_answers(desk, terminal, parcel)
            continue
        move = hand_over(desk, terminal, parcel, len(parcels) - number, before)
        if move == "all":
            before()
            _together(desk, terminal, parcels[number:])
            return
        if move == "back":
            terminal.say(f"They stay approved. Go on with: crisis send {parcel.text.message}")
            return


def hand_over(desk: Desk, terminal: Terminal, parcel: Parcel, left: int = 1, before: Before = _nothing) -> Move:
    """Offers one hand-over; one key makes it, the words come with a packet, and the answer is asked for at once.

    `left` is how many wait to be handed over, this one included.
    """
    if isinstance(terminal, Scripted):
        _hand_from_answers(desk, terminal, parcel)
        return "done"
    place = parcel.text.place
    _way_lines(desk, terminal, parcel)
    question = f"{place}: hand it over?" if left == 1 else f"Hand over what goes by hand? {place}, {left} left"
    chosen = terminal.choose(f"hand.{place}", question, _options(desk, parcel, left), record=False)
    if chosen == "later":
        terminal.say(f"{place} stays approved. It goes on with: crisis send {parcel.text.message}")
    if chosen == "recording":
        use_recording(desk, terminal, parcel)
    if chosen in ("hand", "else"):
        before()
        _hand_and_ask(desk, terminal, parcel, to_another=chosen == "else")
    moves: dict[str, Move] = {"later": "later", "all": "all", "back": "back"}
    return moves.get(chosen, "done")


def _options(desk: Desk, parcel: Parcel, left: int) -> list[Option]:
    settled = way(desk, parcel, desk.journal.now())
    one = recording(parcel.text)
    found = [
        Option("d", "hand", f"hand over now: {settled.taker}, through {settled.through}"),
        Option("w", "else", "hand over to someone else"),
        Option("l", "later", "later: it stays approved"),
    ]
    if one is not None and not says(one, parcel.text):
        found.append(Option("1", "recording", f"say what prompt {one.prompt} says instead: needs a new yes"))
    if left > 1:
        found.append(Option("m", "all", f"all {left} at once: packets below and in one file, answers when due"))
        found.append(Option("b", "back", "back: they stay approved"))
    return found


def _way_lines(desk: Desk, terminal: Terminal, parcel: Parcel) -> None:
    now = desk.journal.now()
    settled = way(desk, parcel, now)
    back = (now + settled.span).astimezone(desk.zone)
    terminal.say("", Line(f"{parcel.text.place}  by hand: {settled.line}; asked again at {back:%H:%M}", "strong"))
    one = recording(parcel.text)
    if one is None:
        return
    if says(one, parcel.text):
        terminal.say(Line(f"Prompt {one.prompt} says exactly these words: it only has to be switched on.", "good"))
    else:
        terminal.say(
            Line(f"Prompt {one.prompt} is recorded, and says other words:", "warn"),
            *(Line(line, "quote") for line in one.words.split("\n")),
        )


def use_recording(desk: Desk, terminal: Terminal, parcel: Parcel) -> None:
    """Takes the recording's words for this text. They are other words: they need a new yes before they go."""
    text, one = parcel.text, recording(parcel.text)
    if one is None or text.rendering is None:
        return
    data = {"place": text.place, "message": text.message, "title": None, "body": one.words}
    desk.journal.record("edited", **data, was=text.rendering.sha256)
    terminal.say(
        Line(
            f"{text.place} says now what prompt {one.prompt} says. The yes to the old words does not cover it.", "warn"
        ),
        f"Next: crisis approve {text.message} --channel {text.channel.id}",
    )


def _together(desk: Desk, terminal: Terminal, parcels: Sequence[Parcel]) -> None:
    made = [_hand(desk, terminal, parcel) for parcel in parcels]
    handed = [one for one in made if one is not None]
    if not handed:
        return
    path = write_packets(desk, handed)
    where = (
        f"All packets are in {path.name}, in {path.parent}" if path else "No folder takes a file: copy them from here."
    )
    first = handed[0].dispatch.rendering.partition("@")[0]
    terminal.say(
        Line(f"{len(handed)} texts are handed over, not confirmed; you are asked when they are due.", "warn"),
        where,
        f'When one is up: g, the message, 1. From another window: crisis send {first} --sent "the link"',
    )


def _hand_and_ask(desk: Desk, terminal: Terminal, parcel: Parcel, *, to_another: bool) -> None:
    binding = parcel.text.binding
    to = terminal.ask("hand.to", "To whom?", default=binding.who or "you") if to_another else ""
    through = terminal.ask("hand.through", "Through what?", default=binding.through) if to_another else ""
    handed = _hand(desk, terminal, parcel, to, through)
    if handed is not None:
        terminal.say(terminal.copy(parcel.text.rendering.text if parcel.text.rendering else ""))
        confirm(desk, terminal, handed.dispatch, parcel.text.place)


def _hand(desk: Desk, terminal: Terminal, parcel: Parcel, to: str = "", through: str = "") -> Handed | None:
    try:
        handed = hand(desk, parcel, to, through)
    except CrisisError as error:
        terminal.say(*(Line(line, "late") for line in error.lines()))
        return None
    terminal.say("", *(Line(line, "quote") for line in handed.lines))
    if parcel.text.binding.open and desk.journal.incident.mode != "DRILL":
        terminal.say(f"Open: {parcel.text.binding.open}")
    return handed


def confirm(desk: Desk, terminal: Terminal, row: Dispatch, place: str) -> None:
    """Asks what came of a hand-over: it is out (with proof, or compared), not yet, declined, nobody can tell."""
    now = desk.journal.now()
    hand = desk.journal.incident.hands.get(row.id)
    soon = hand.back if hand and hand.back and hand.back > now else None
    after = soon or now + takes(desk, place.split("/")[1], now)
    when = after.astimezone(desk.zone).strftime("%H:%M")
    proof = desk.config.binding(place.split("/")[1]).proof or "a link, or what they said"
    options = [
        Option("d", "sent", f"it is out: note the proof ({proof})"),
        Option("v", "paste", "it is out: paste the live text to compare"),
        Option("l", "later", f"not yet: check back at {when}"),
        Option("1", "declined", "they declined: it is not out"),
        Option("u", "unknown", "nobody can tell"),
    ]
    chosen = terminal.choose(f"confirm.{place}", f"{place}: is it out?", options, record=False)
    compared = _compare(desk, terminal, row) if chosen == "paste" else {}
    if chosen == "later" or compared is None:
        if soon is None:
            ask_again(desk, row)
        terminal.say(f"Open until {when}: {place}. It is not counted as said.")
        return
    if chosen == "declined":
        said = terminal.ask(f"proof.{place}", "What did they say?", hint="goes into the report")
        _declined(desk, terminal, row, place, said)
        return
    state: Answer = "unknown" if chosen == "unknown" else "sent"
    question = "What is known?" if state == "unknown" else "Proof (link, or who saw it):"
    said = terminal.ask(f"proof.{place}", question, hint="goes into the report")
    at = ask_since(desk, terminal, [row]) if state == "sent" else None
    settle(desk, row.rendering, [_now(desk, row)], state, said, at, **compared)
    mark = "c confirmed" if state == "sent" else "? UNKNOWN"
    terminal.say(Line(f"{mark}  {place}  {said}", "good" if state == "sent" else "late"))


def _declined(desk: Desk, terminal: Terminal, row: Dispatch, place: str, said: str) -> None:
    parcel = decline(desk, terminal, _now(desk, row), place, said)
    if parcel is not None:
        _hand_and_ask(desk, terminal, parcel, to_another=True)


def _compare(desk: Desk, terminal: Terminal, row: Dispatch) -> dict[str, object] | None:
    """What differs between the approved and the pasted text; None when nothing was pasted."""
    approved = desk.journal.store.rendering(desk.journal.code, row.rendering).text
    terminal.say("Paste the text as it stands there now.")
    live = terminal.edit("live", "", lambda typed: f"{len(typed)} characters pasted") or ""
    if not live.strip():
        return None
    found = differences(approved, live)
    lines = [Line(f"differs: {part}", "late") for part in found] or [Line("The live text is the approved one.", "good")]
    terminal.say(*lines)
    return {"live": live, "differs": found}


def _now(desk: Desk, row: Dispatch) -> Dispatch:
    rows = desk.journal.store.dispatches(desk.journal.code, row.rendering)
    return next(found for found in rows if found.id == row.id)


def _hand_from_answers(desk: Desk, terminal: Scripted, parcel: Parcel) -> None:
    """`hand: {holding/ivr/pl: {to, through}}`, or `recording` to say what the recorded prompt says."""
    place = parcel.text.place
    given = terminal.get(f"hand.{place}") if terminal.has(f"hand.{place}") else {}
    one = recording(parcel.text)
    if given == "recording" and one is not None and not says(one, parcel.text):
        use_recording(desk, terminal, parcel)
        return
    to = str(given.get("to", "")) if isinstance(given, Mapping) else "" if given == "recording" else str(given)
    through = str(given.get("through", "")) if isinstance(given, Mapping) else ""
    handed = _hand(desk, terminal, parcel, to, through)
    if handed is not None and terminal.has(f"proof.{place}"):
        row = _now(desk, handed.dispatch)
        settle(desk, row.rendering, [row], "sent", str(terminal.get(f"proof.{place}")))
        terminal.say(Line(f"c confirmed  {place}", "good"))


def waiting(desk: Desk) -> list[tuple[str, Dispatch]]:
    """The hand-overs that wait for an answer: their places and rows, the oldest first."""
    hands = sorted(desk.journal.incident.hands.values(), key=lambda hand: hand.at)
    found = []
    for one in hands:
        rows = desk.journal.store.dispatches(desk.journal.code, one.rendering)
        found += [(one.rendering.partition("@")[0], row) for row in rows if row.id == one.dispatch]
    return found
