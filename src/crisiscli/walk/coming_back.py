"""Answers to hand-overs: one is asked about alone, several at once, and what is not out yet is asked again later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crisiscli.dispatch import Desk, settle
from crisiscli.dispatch.handing import due_answers, whose
from crisiscli.dispatch.settling import ask_again
from crisiscli.screen import Line, Option, Terminal, letter
from crisiscli.stores.base import Dispatch
from crisiscli.walk.handing_over import confirm, waiting
from crisiscli.walk.up_since import ask_since

Rows = Sequence[tuple[str, Dispatch]]
"""Places and the rows handed over for them."""


def due(desk: Desk, terminal: Terminal) -> None:
    """Asks about the hand-overs whose time to look again has come."""
    wanted = {hand.dispatch for hand in due_answers(desk, desk.journal.now())}
    rows = [(place, row) for place, row in waiting(desk) if row.id in wanted]
    if rows:
        came(desk, terminal, rows)


def of_message(desk: Desk, message: str) -> list[tuple[str, Dispatch]]:
    """The hand-overs of one message that wait for an answer."""
    return [(place, row) for place, row in waiting(desk) if place.split("/")[0] == message]


def came(desk: Desk, terminal: Terminal, rows: Rows) -> None:
    """Asks what came of hand-overs: all of one, or which of several are out."""
    if len(rows) == 1:
        confirm(desk, terminal, rows[0][1], rows[0][0])
        return
    hands = desk.journal.incident.hands
    terminal.say("", Line(f"{len(rows)} texts were handed over. Are they out?", "strong"))
    for place, row in rows:
        hand = hands[row.id]
        terminal.say(f"  {place}  {whose(desk, hand.to)}, since {_clock(desk, hand.at)}")
    options = [
        Option("m", "all", f"all {len(rows)} are out: one line of proof for them"),
        Option("k", "some", "tick several: those that are out"),
        Option("1", "each", "one by one: compare, declined, nobody can tell"),
        Option("l", "later", "not yet: you are asked again"),
    ]
    chosen = terminal.choose("came.back", "What came back?", options, record=False)
    if chosen == "each":
        for place, row in rows:
            confirm(desk, terminal, row, place)
        return
    out = {"all": [place for place, _ in rows], "later": []}.get(chosen)
    if out is None:
        listed = [Option(letter(number), place, place) for number, (place, _) in enumerate(rows)]
        out = terminal.tick("came.out", "Which are out?", listed)
    _are_out(desk, terminal, [(place, row) for place, row in rows if place in out])
    _not_yet(desk, terminal, [(place, row) for place, row in rows if place not in out])


def _clock(desk: Desk, moment: datetime) -> str:
    """A time today, or with its day."""
    at, now = moment.astimezone(desk.zone), desk.journal.now().astimezone(desk.zone)
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%a %H:%M}"


def _are_out(desk: Desk, terminal: Terminal, rows: Rows) -> None:
    if not rows:
        return
    proof = terminal.ask("came.proof", "Proof (links, or who saw them):", hint=f"for all {len(rows)}, in the report")
    at = ask_since(desk, terminal, [row for _, row in rows])
    for place, row in rows:
        settle(desk, row.rendering, [row], "sent", proof, at)
        terminal.say(Line(f"c confirmed  {place}  {proof}", "good"))


def _not_yet(desk: Desk, terminal: Terminal, rows: Rows) -> None:
    for place, row in rows:
        back = ask_again(desk, row)
        terminal.say(f"Open until {back.astimezone(desk.zone):%H:%M}: {place}. It is not counted as said.")
