"""Carrying: the list, the typed code name, what providers did, and hand-overs one key each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crisiscli.dispatch import Desk, Parcel, Result, check, hand, send, settle
from crisiscli.dispatch.handing import Answer, Handed, differences
from crisiscli.dispatch.parcels import Batch
from crisiscli.errors import AnswerNeeded, CrisisError, Refused
from crisiscli.providers.base import Outcome
from crisiscli.screen import Line, Option, Terminal
from crisiscli.stores.base import Dispatch
from crisiscli.terminal.scripted import Scripted


def carry(desk: Desk, terminal: Terminal, parcels: Batch) -> list[Result]:
    """Sends what providers carry after one typed code name, then hands over the rest, one by one."""
    _list(desk, terminal, parcels)
    results: list[Result] = []
    scripted = isinstance(terminal, Scripted)
    if parcels.carried or scripted:
        if not _typed(desk, terminal, parcels):
            terminal.say(Line("Nothing has been sent.", "strong"))
            return []
        results = [_send(desk, terminal, parcel) for parcel in parcels.carried]
    _hand_all(desk, terminal, parcels.handed)
    return results


def _hand_all(desk: Desk, terminal: Terminal, parcels: Sequence[Parcel]) -> None:
    """One by one, or all with one key: then the packets stand below each other and the answers are asked for later."""
    together = False
    if len(parcels) > 1 and terminal.interactive:
        options = [
            Option("h", "one", f"one by one: {len(parcels)} texts"),
            Option("m", "all", "all now: every packet below, you are asked for the answers when they are due"),
            Option("l", "later", "later: they stay approved"),
        ]
        chosen = terminal.choose("hand.all", "Hand over what goes by hand?", options, record=False)
        if chosen == "later":
            terminal.say(f"They stay approved. Go on with: crisis send {parcels[0].text.message}")
            return
        together = chosen == "all"
    for parcel in parcels:
        if together:
            _hand(desk, terminal, parcel)
        else:
            hand_over(desk, terminal, parcel)
    if together:
        first = parcels[0].text.place
        terminal.say(
            Line(f"{len(parcels)} texts are handed over, not confirmed; you are asked when they are due.", "warn"),
            f'When one is up: crisis send {first} --sent "the link"',
        )


def _list(desk: Desk, terminal: Terminal, parcels: Batch) -> None:
    incident = desk.journal.incident
    lines: list[Line | str] = ["", Line(f"{incident.mode}. These go out now, in this order:", "heading")]
    for number, parcel in enumerate(parcels.carried, start=1):
        people = (
            f"{parcel.rows} people" if parcel.text.channel.addressed else "public" if parcel.text.public else "our own"
        )
        lines.append(f"  {number}  {parcel.text.place}  {people}  {parcel.target}  {parcel.text.channel.recall}")
    if not parcels.carried:
        lines[-1] = Line("No channel here is carried by a provider: a person hands every text over.", "heading")
    for parcel in parcels.handed:
        why = f" ({parcel.why_hand})" if parcel.why_hand else ""
        lines.append(f"  by hand  {parcel.text.place}  {parcel.target}{why}")
    for text, why in parcels.held:
        lines.append(Line(f"  stays  {text.place}: {why}", "warn"))
    terminal.say(*lines)


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
        return Result(parcel, failed=0, left=parcel.rows)
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


def hand_over(desk: Desk, terminal: Terminal, parcel: Parcel) -> None:
    """Offers one hand-over; one key makes it, the words come with a packet, and the answer is asked for at once."""
    if isinstance(terminal, Scripted):
        _hand_from_answers(desk, terminal, parcel)
        return
    binding, place = parcel.text.binding, parcel.text.place
    taker = binding.who or "you"
    options = [
        Option("h", "hand", f"hand over now: {taker}, through {binding.through or 'copy and paste'}"),
        Option("w", "else", "hand over to someone else"),
        Option("l", "later", "later: it stays approved"),
    ]
    chosen = terminal.choose(f"hand.{place}", f"{place}: hand it over?", options, record=False)
    if chosen == "later":
        terminal.say(f"{place} stays approved. It goes on with: crisis send {parcel.text.message}")
        return
    to = terminal.ask("hand.to", "To whom?", default=taker) if chosen == "else" else ""
    through = terminal.ask("hand.through", "Through what?", default=binding.through) if chosen == "else" else ""
    handed = _hand(desk, terminal, parcel, to, through)
    if handed is not None:
        terminal.say(terminal.copy(parcel.text.rendering.text if parcel.text.rendering else ""))
        confirm(desk, terminal, handed.dispatch, place)


def _hand(desk: Desk, terminal: Terminal, parcel: Parcel, to: str = "", through: str = "") -> Handed | None:
    try:
        handed = hand(desk, parcel, to, through)
    except CrisisError as error:
        terminal.say(*(Line(line, "late") for line in error.lines()))
        return None
    _show(terminal, parcel, handed)
    return handed


def _show(terminal: Terminal, parcel: Parcel, handed: Handed) -> None:
    terminal.say("", *(Line(line, "quote") for line in handed.lines))
    if parcel.text.binding.open:
        terminal.say(f"Open: {parcel.text.binding.open}")


def confirm(desk: Desk, terminal: Terminal, row: Dispatch, place: str) -> None:
    """Asks what came of a hand-over: it is up (with proof), not yet, declined, nobody can tell."""
    back = desk.journal.incident.hands.get(row.id)
    when = back.back.astimezone(desk.zone).strftime("%H:%M") if back and back.back else "later"
    proof = desk.config.binding(place.split("/")[1]).proof or "a link, or what they said"
    options = [
        Option("d", "sent", f"it is out: note the proof ({proof})"),
        Option("v", "paste", "it is out: paste the live text to compare"),
        Option("l", "later", f"not yet: check back at {when}"),
        Option("x", "failed", "they declined: it is not out"),
        Option("u", "unknown", "nobody can tell"),
    ]
    chosen = terminal.choose(f"confirm.{place}", f"{place}: is it out?", options, record=False)
    if chosen == "later":
        terminal.say(f"Open until {when}: {place}. It is not counted as said.")
        return
    compared: dict[str, object] = {}
    state: Answer = "sent" if chosen in ("sent", "paste") else "failed" if chosen == "failed" else "unknown"
    if chosen == "paste":
        compared = _compare(desk, terminal, row)
    question = "Proof (link, or who saw it):" if state == "sent" else "What did they say?"
    said = terminal.ask(f"proof.{place}", question, hint="goes into the report")
    settle(desk, row.rendering, [_now(desk, row)], state, said, **compared)
    mark = {"sent": "c confirmed", "failed": "! declined", "unknown": "? UNKNOWN"}[state]
    terminal.say(Line(f"{mark}  {place}  {said}", "good" if state == "sent" else "late"))


def _compare(desk: Desk, terminal: Terminal, row: Dispatch) -> dict[str, object]:
    approved = desk.journal.store.rendering(desk.journal.code, row.rendering).text
    live = terminal.edit("live", "", lambda typed: f"{len(typed)} characters pasted") or ""
    found = differences(approved, live)
    lines = [Line(f"differs: {part}", "late") for part in found] or [Line("The live text is the approved one.", "good")]
    terminal.say(*lines)
    return {"live": live, "differs": found}


def _now(desk: Desk, row: Dispatch) -> Dispatch:
    rows = desk.journal.store.dispatches(desk.journal.code, row.rendering)
    return next(found for found in rows if found.id == row.id)


def _hand_from_answers(desk: Desk, terminal: Scripted, parcel: Parcel) -> None:
    place = parcel.text.place
    given = terminal.get(f"hand.{place}") if terminal.has(f"hand.{place}") else {}
    to = str(given.get("to", "")) if isinstance(given, Mapping) else str(given)
    through = str(given.get("through", "")) if isinstance(given, Mapping) else ""
    handed = _hand(desk, terminal, parcel, to, through)
    if handed is None:
        return
    if terminal.has(f"proof.{place}"):
        settle(
            desk, handed.dispatch.rendering, [_now(desk, handed.dispatch)], "sent", str(terminal.get(f"proof.{place}"))
        )
        terminal.say(Line(f"c confirmed  {place}", "good"))


def waiting(desk: Desk) -> list[tuple[str, Dispatch]]:
    """The hand-overs that wait for an answer: their places and rows, the oldest first."""
    hands = sorted(desk.journal.incident.hands.values(), key=lambda hand: hand.at)
    found = []
    for one in hands:
        rows = desk.journal.store.dispatches(desk.journal.code, one.rendering)
        found += [(one.rendering.partition("@")[0], row) for row in rows if row.id == one.dispatch]
    return found


def ask_unknown(desk: Desk, terminal: Terminal) -> bool:
    """Asks about every unknown outcome; nothing is sent again without a person's word. True when all are settled."""
    settled = True
    for rendering, counts in list(desk.journal.incident.counts.items()):
        if counts["unknown"]:
            rows = desk.journal.store.dispatches(desk.journal.code, rendering, "unknown")
            settled = _one_unknown(desk, terminal, rendering, rows) and settled
    return settled


def _one_unknown(desk: Desk, terminal: Terminal, rendering: str, rows: Sequence[Dispatch]) -> bool:
    place = rendering.partition("@")[0]
    text = desk.journal.store.rendering(desk.journal.code, rendering)
    terminal.say(
        "",
        Line(f"UNKNOWN  {place}: {len(rows)} may be out, nobody knows. The program will not send it again.", "late"),
        *(Line(line, "quote") for line in text.text.split("\n")),
        *(f"  {row.provider}  {row.detail}" for row in rows[:5] if row.detail),
    )
    options = [
        Option("v", "sent", "I see it there: mark as sent"),
        Option("r", "approved", "it is not there: it may go again (asks for the code name)"),
        Option("l", "later", "decide later: it stays unknown"),
    ]
    try:
        chosen = terminal.choose(f"unknown.{place}", f"{place}: is it out?", options, record=False)
    except AnswerNeeded:
        return False
    if chosen == "later":
        return False
    proof = terminal.ask(f"proof.{place}", "Where did you look, what did you see?", hint="goes into the report")
    state: Answer = "sent" if chosen == "sent" else "approved"
    settle(desk, rendering, list(rows), state, proof)
    terminal.say(Line(f"{place}: {'marked as sent' if state == 'sent' else 'approved again, not sent'}.", "good"))
    return True
