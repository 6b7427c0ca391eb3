"""Carrying: the list, the warnings, the typed code name, and what providers did; the rest is handed over."""

from __future__ import annotations

from dataclasses import replace

from crisiscli.dispatch import Desk, Parcel, Result, check, hand, send
from crisiscli.dispatch.handing import Handed
from crisiscli.dispatch.parcels import Batch
from crisiscli.dispatch.warnings import record_warned
from crisiscli.errors import Refused
from crisiscli.providers.base import Outcome
from crisiscli.screen import Line, Option, Terminal
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk.cautions import around_down, weigh
from crisiscli.walk.handing_over import confirm, hand_all, hand_over, waiting
from crisiscli.walk.unknowns import ask_unknown

__all__ = ["ask_unknown", "carry", "confirm", "deliver", "hand_over", "result_lines", "waiting"]


def carry(desk: Desk, terminal: Terminal, parcels: Batch) -> list[Result]:
    """Sends what providers carry after one typed code name, then hands over the rest, one by one or all at once."""
    chosen = around_down(desk, terminal, parcels)
    if chosen is None or not (chosen.parcels or isinstance(terminal, Scripted)):
        terminal.say(Line("Nothing has been sent.", "strong"))
        return []
    chosen = _again(terminal, chosen)
    _list(desk, terminal, chosen)
    weighed = weigh(desk, terminal, chosen)
    if weighed is None:
        return []
    results: list[Result] = []
    if chosen.carried or isinstance(terminal, Scripted):
        if not _typed(desk, terminal, chosen):
            terminal.say(Line("Nothing has been sent.", "strong"))
            return []
        record_warned(desk, chosen.message, *weighed)
        results = [_send(desk, terminal, parcel) for parcel in chosen.carried]
    refused = [_by_hand(one.parcel, one.refused) for one in results if one.refused and terminal.interactive]
    hand_all(desk, terminal, [*chosen.handed, *refused], lambda: record_warned(desk, chosen.message, *weighed))
    return results


def _again(terminal: Terminal, parcels: Batch) -> Batch:
    """What a provider did not accept and has a new yes may go by hand: the place lives, only the way to it is dead."""
    failed = [one for one in parcels.carried if one.text.counts.get("failed") and not one.text.channel.addressed]
    if not failed or not terminal.interactive:
        return parcels
    places = ", ".join(parcel.text.place for parcel in failed)
    options = [
        Option("d", "hand", "hand it over: a person puts it there"),
        Option("1", "again", "try the same way again"),
    ]
    key = f"again.{parcels.message}"
    if terminal.choose(key, f"Not accepted before: {places}. How now?", options, record=False) == "again":
        return parcels
    why = "it was not accepted when the program sent it"
    return replace(parcels, parcels=tuple(_by_hand(p, why) if p in failed else p for p in parcels.parcels))


def _by_hand(parcel: Parcel, why: str) -> Parcel:
    return replace(parcel, by_hand=True, rows=1, recipients=None, why_hand=why)


def _list(desk: Desk, terminal: Terminal, parcels: Batch) -> None:
    incident = desk.journal.incident
    lines: list[Line | str] = ["", Line(f"{incident.mode}. These go out now, in this order:", "heading")]
    for number, parcel in enumerate(parcels.carried, start=1):
        people = _people(desk, parcel)
        lines.append(f"  {number}  {parcel.text.place}  {people}  {parcel.target}  {parcel.text.channel.recall}")
    if not parcels.carried:
        lines[-1] = Line("No channel here is carried by a provider: a person hands every text over.", "heading")
    for parcel in parcels.handed:
        why = f" ({parcel.why_hand})" if parcel.why_hand else ""
        to = "" if parcel.target == "by hand" else f"  {parcel.target}"
        lines.append(f"  by hand  {parcel.text.place}{to}{why}")
    staying: dict[str, list[str]] = {}
    for text, why in parcels.held:
        staying.setdefault(why, []).append(text.place)
    lines += [Line(f"  stays  {', '.join(places)}: {why}", "warn") for why, places in staying.items()]
    terminal.say(*lines)


def _people(desk: Desk, parcel: Parcel) -> str:
    """Whom it goes to: how many of how many when some of them have these words already."""
    text = parcel.text
    if not text.channel.addressed:
        return "public" if text.public else "our own"
    if not text.counts or text.rendering is None:
        return f"{parcel.rows} people"
    rows = desk.journal.store.dispatches(desk.journal.code, text.rendering.id)
    done = sum(row.state in ("sent", "sending", "unknown") for row in rows if row.audience == parcel.audience)
    return f"{parcel.rows - done} of {parcel.rows} people" if done else f"{parcel.rows} people"


def _typed(desk: Desk, terminal: Terminal, parcels: Batch) -> bool:
    code = desk.journal.code
    key = f"send.{parcels.message}"
    snippet = f"send:\n  {parcels.message}: {code}"
    if not terminal.type_word(key, "Send all of this?", code, snippet=snippet):
        return False
    count: int | None = None
    if parcels.mass:
        word = str(parcels.mass)
        question = f"This goes to {word} people. Type that number too."
        if not terminal.type_word(
            f"recipients.{parcels.message}", question, word, snippet=f"recipients:\n  {parcels.message}: {word}"
        ):
            return False
        count = parcels.mass
    try:
        check(desk, parcels, code, count)
    except Refused as refused:
        if isinstance(terminal, Scripted):
            raise
        terminal.say(*(Line(line, "late") for line in refused.lines()))
        return False
    return True


def _send(desk: Desk, terminal: Terminal, parcel: Parcel) -> Result:
    place = parcel.text.place
    try:
        result = send(desk, parcel)
    except Refused as refused:
        terminal.say(Line(f"! NOT SENT  {place}: {refused.what}", "late"))
        return Result(parcel, left=parcel.rows, refused=refused.what)
    terminal.say(*result_lines(result))
    return result


def deliver(desk: Desk, parcels: Batch) -> tuple[list[Result], list[Handed]]:
    """The same without a person: everything in the batch is sent or handed; a refusal is a result, not an end."""
    results: list[Result] = []
    for parcel in parcels.carried:
        try:
            results.append(send(desk, parcel))
        except Refused as refused:
            results.append(
                Result(parcel, left=parcel.rows, outcomes=[Outcome("", "failed", "permanent", refused.what)])
            )
    return results, [hand(desk, parcel) for parcel in parcels.handed]


def result_lines(result: Result) -> list[Line | str]:
    """What came of one parcel, in words that say what the public got."""
    place = result.parcel.text.place
    lines: list[Line | str] = []
    proof = next((o.proof for o in result.outcomes if o.state == "sent" and o.proof), "")
    many = f"{result.sent} of {result.parcel.rows}  " if result.parcel.rows > 1 else ""
    if result.sent:
        lines.append(Line(f"+ sent     {place}  {many}{proof}", "good"))
    for outcome in result.outcomes:
        whom = " ".join(part for part in (place, result.addresses.get(outcome.dispatch, "")) if part)
        if outcome.state == "failed":
            lines.append(Line(f"! FAILED   {whom}  {outcome.detail}  It was not accepted.", "late"))
        if outcome.state == "unknown":
            lines.append(
                Line(f"? UNKNOWN  {whom}  {outcome.detail}  It may be out: look before sending again.", "late")
            )
    if result.left:
        lines.append(Line(f"! LEFT     {place}  {result.left} were not tried and can still be sent.", "late"))
    if lines:
        return lines
    if result.parcel.text.counts.get("failed"):
        return [Line(f"! WAITS    {place}  what failed goes again only after a new yes: approve it again.", "warn")]
    return [f"  {place}: nothing was left to send"]
