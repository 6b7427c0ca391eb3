"""`crisis send`: shows, approves and sends one message now; or takes the answer to a hand-over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from crisiscli.cli.flags import ForIncident, Json
from crisiscli.cli.outside import Outside
from crisiscli.errors import AnswerNeeded, MessageTrouble, Refused, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from crisiscli.dispatch import Batch, Desk, Result
    from crisiscli.dispatch.handing import Answer
    from crisiscli.providers.base import Outcome


def send(
    outside: Outside,
    message: Annotated[str, typer.Argument(help="The message; for an answer also message/channel/language.")],
    correct: Annotated[bool, typer.Option("--correct", help="Only to those who had it with an old value.")] = False,
    channel: Annotated[list[str] | None, typer.Option("--channel", help="Only these channels.")] = None,
    confirm: Annotated[str | None, typer.Option("--confirm", help="The code name: your word that it goes.")] = None,
    recipients: Annotated[int | None, typer.Option("--recipients", help="For a mass send: how many people.")] = None,
    despite: Annotated[str, typer.Option("--despite", help="Why it goes despite a warning; for the report.")] = "",
    sent: Annotated[str | None, typer.Option("--sent", help="It is out; the proof.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="With --sent: since when it is up.")] = None,
    declined: Annotated[str | None, typer.Option("--declined", help="It is not out; why.")] = None,
    unknown: Annotated[str | None, typer.Option("--unknown", help="Nobody can tell; what is known.")] = None,
    again: Annotated[str | None, typer.Option("--again", help="Unknown, looked, not there; where you looked.")] = None,
    incident: ForIncident = None,
    as_json: Json = False,
) -> int:
    """Preview, approve and send one message now; or say what came of a hand-over.

    crisis send holding
    crisis send holding --channel x --confirm amber-heron
    crisis send holding/ivr/pl --sent "rang it" --at 03:20
    crisis send --correct holding --confirm amber-heron
    """
    from crisiscli.dispatch import recover

    desk = outside.desk(outside.journal(incident))
    recover(desk)
    word = _word(sent=sent, declined=declined, unknown=unknown, again=again)
    if word is not None:
        return _settle(outside, desk, message, channel or [], word, at)
    if confirm is None and outside.terminal.interactive:
        _walked(outside, desk, message, correct)
        return 0
    ready = _ready(desk, message, channel or [], correct, anyway=bool(despite))
    _must_have_word(desk, ready, confirm, correct)
    return _go(outside, desk, ready, confirm or "", recipients, despite, as_json)


def _walked(outside: Outside, desk: Desk, message: str, correct: bool) -> None:
    """The same with a person: the message's own screen, or what is out with an old value."""
    from crisiscli.walk import correcting
    from crisiscli.walk.bar import bar
    from crisiscli.walk.drafting import keep_drafts
    from crisiscli.walk.news import News
    from crisiscli.walk.sensing import sensed
    from crisiscli.walk.speaking import speak

    news = News(desk)
    outside.terminal.attach(lambda: bar(desk.journal), lambda: list(news.others()))
    if correct:
        keep_drafts(desk, outside.terminal)
        correcting.correct(desk, outside.terminal, message)
    else:
        speak(desk, outside.terminal, message)
    outside.terminal.say(*sensed(desk, message))


def _ready(desk: Desk, message: str, channels: list[str], correct: bool, *, anyway: bool) -> Batch:
    """What would go; with `anyway` on a named channel that is down too.

    Raises Refused, NotFound or MessageTrouble when nothing would, saying why.
    """
    from crisiscli.dispatch import batch
    from crisiscli.dispatch.correcting import corrections_batch

    if not correct:
        ready = batch(desk, message, channels, anyway=channels if anyway else ())
        if not ready.parcels:
            _nothing(desk, message, ready)
        return ready
    ready = corrections_batch(desk, message, channels)
    if not ready.parcels:
        reasons = "; ".join(f"{text.place}: {why}" for text, why in ready.held)
        raise Refused(
            f"Not corrected: {reasons}.", public="The old words are still out.", then=f"crisis send {message}"
        )
    return ready


def _must_have_word(desk: Desk, ready: Batch, confirm: str | None, correct: bool) -> None:
    if confirm is None:
        what = f"--correct {ready.message}" if correct else ready.message
        raise AnswerNeeded(
            "Not sent: this needs your word.", key="--confirm", snippet="",
            then=f"crisis send {what} --confirm {desk.journal.code}",
        )  # fmt: skip
    shut = () if correct else desk.gate(ready.message)
    if shut:
        raise Refused(f"The gate of {ready.message} is shut: {'; '.join(shut)}.", then="crisis status")


def _go(
    outside: Outside, desk: Desk, ready: Batch, confirm: str, count: int | None, despite: str, as_json: bool
) -> int:
    from crisiscli.dispatch import check
    from crisiscli.dispatch.warnings import record_warned, warnings
    from crisiscli.walk.carrying import deliver, result_lines
    from crisiscli.walk.cautions import caution_lines
    from crisiscli.walk.sensing import sensed

    check(desk, ready, confirm, count)
    cautions = warnings(desk, ready)
    outside.terminal.say(*caution_lines(cautions))
    record_warned(desk, ready.message, cautions, despite)
    results, handed = deliver(desk, ready)
    done = sensed(desk, ready.message)
    if as_json:
        outside.print_json(_data(ready, results, handed))
    else:
        outside.print([line for result in results for line in result_lines(result)])
        outside.print([line for packet in handed for line in ("", *packet.lines)])
        outside.print([f"stays  {text.place}: {why}" for text, why in ready.held])
        outside.print(done)
    if any(result.failed or result.unknown or result.left or result.waits for result in results):
        raise MessageTrouble(
            "Not everything went out.",
            public="What is out stands in: crisis status",
            then=f"crisis send {ready.message}",
        )
    return 0


def _nothing(desk: Desk, message: str, ready: Batch) -> None:
    if not ready.held:
        raise Refused(
            f"{message} is out already, word for word.", public="Nothing went out twice.", then="crisis status"
        )
    unknown = [text.place for text, _ in ready.held if text.counts.get("unknown")]
    if unknown:
        raise MessageTrouble(
            f"The outcome of {', '.join(unknown)} is unknown.",
            public="It may be out: look there first. It is not sent again.",
            then=f'crisis send {unknown[0]} --sent "where you saw it"   or   --again "where you looked"',
        )
    handed = [text.place for text, _ in ready.held if text.counts.get("sending")]
    if handed:
        what = f"{', '.join(handed)} is on its way or in somebody's hands."
        raise Refused(what, public="Nothing went out twice.", then=f'crisis send {handed[0]} --sent "the proof"')
    reasons = "; ".join(dict.fromkeys(f"{text.place}: {why}" for text, why in ready.held))
    raise Refused(f"Not sent: {reasons}.", then=f"crisis approve {message}")


def _word(**given: str | None) -> tuple[str, str] | None:
    named = [(name, text) for name, text in given.items() if text is not None]
    if len(named) > 1:
        raise UsageError("One answer at a time: --sent, --declined, --unknown or --again.", then="leave one")
    return named[0] if named else None


def _settle(
    outside: Outside, desk: Desk, place: str, channels: list[str], word: tuple[str, str], at: str | None
) -> int:
    from crisiscli.dispatch import settle
    from crisiscli.dispatch.handing import waiting_rows
    from crisiscli.walk.sensing import sensed

    state, said = word
    answers: dict[str, Answer] = {"sent": "sent", "declined": "failed", "unknown": "unknown", "again": "approved"}
    groups = waiting_rows(desk, place, channels, unknown_only=state == "again")
    for rendering, rows in groups.items():
        settle(desk, rendering, rows, answers[state], said, _since(desk, rendering, at))
        outside.print([f"{rendering.partition('@')[0]}: {state}  {said}"])
    outside.print(sensed(desk, place.partition("/")[0]))
    return 0


def _since(desk: Desk, rendering: str, typed: str | None) -> datetime | None:
    from crisiscli.walk.up_since import read_since

    handed = [hand.at for hand in desk.journal.incident.hands.values() if hand.rendering == rendering]
    try:
        return read_since(desk, typed or "", max(handed, default=desk.journal.incident.t0))
    except ValueError as error:
        raise UsageError(f"--at: {error}.", then="--at 03:31, or leave it out for now") from None


def _data(ready: Batch, results: list[Result], handed: list[Any]) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "message": ready.message,
        "results": [
            {
                "place": result.parcel.text.place,
                "sent": result.sent,
                "failed": result.failed,
                "unknown": result.unknown,
                "left": result.left,
                "outcomes": [_outcome(result, o) for o in result.outcomes],
            }
            for result in results
        ],
        "handed": [{"place": one.dispatch.rendering.partition("@")[0], "packet": list(one.lines)} for one in handed],
        "held": [{"place": text.place, "why": why} for text, why in ready.held],
    }


def _outcome(result: Result, outcome: Outcome) -> dict[str, str]:
    return {
        "dispatch": outcome.dispatch,
        "address": result.addresses.get(outcome.dispatch, ""),
        "state": outcome.state,
        "kind": outcome.kind,
        "detail": outcome.detail,
        "proof": outcome.proof,
    }
