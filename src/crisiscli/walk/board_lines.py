"""The board for a person: the most urgent first, the command to type last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Any

from crisiscli.clocks import lasting
from crisiscli.screen import Line, Style
from crisiscli.walk.marks import GLYPHS

SHOWN = 3
"""Follow-ups named one by one; the others are counted."""


def lines(board: dict[str, Any], zone: tzinfo) -> Iterable[Line]:
    """The board for a person: the most urgent first, the command to type last."""
    yield from _head(board, zone)
    yield from _now(board)
    yield from _said(board, zone)
    yield from _loose_ends(board, zone)
    yield from _people(board, zone)
    yield from _outside(board, zone)
    known = [fact for fact in board["facts"].values() if fact["value"] is not None]
    reported = [fact for fact in known if fact["status"] == "reported"]
    disputed = [name for name, fact in board["facts"].items() if fact["status"] == "disputed"]
    yield Line(f"Facts      {len(known)} of {len(board['facts'])} known, {len(reported)} only reported")
    if disputed:
        yield Line(f"  DISPUTED {', '.join(disputed)}", "late")
    for clock in board["clocks"]:
        if clock["state"] not in ("not_started", "does_not_apply"):
            yield _clock(clock, zone)
    waiting = [clock["name"] for clock in board["clocks"] if clock["state"] == "not_started"]
    if waiting:
        yield Line(f"Clocks     not started: {', '.join(waiting)}  (no anchor in the facts yet)")
    more = len(board["follow_ups"]) - SHOWN
    for follow_up in board["follow_ups"][:SHOWN]:
        when = "due now" if follow_up["due"] else _day(follow_up["at"], zone)
        yield Line(f"Follow-up  {follow_up['id']}  {when}: {follow_up['text']}", "warn" if follow_up["due"] else "")
    if more > 0:
        yield Line(f"           and {more} more follow-ups after that")
    yield Line("")
    yield Line(f"{'Report:' if board['ended'] else 'Go on:'} {board['next']}", "strong")


def _head(board: dict[str, Any], zone: tzinfo) -> Iterable[Line]:
    title = f"{board['mode']}  {board['code']}  {board['title']} v{board['version']}"
    clock = "ARMED, T0 is not set" if board["armed"] else board["elapsed"]
    yield Line(f"{title}   {clock}   {_wall(board['now'], zone)}   lead {board['lead']}", "heading")
    for plan in board["plans"]:
        yield Line(f"Began with {plan['title']}, until {_wall(plan['until'], zone)}")
    if board["ended"]:
        yield Line(
            f"Ended {_wall(board['ended']['at'], zone)}: {board['ended']['completeness']}. {board['ended']['reason']}"
        )
    yield Line("")


def _now(board: dict[str, Any]) -> Iterable[Line]:
    steps = {step["id"]: step for step in board["steps"]}
    for name in board["overdue"]:
        step = steps[name]
        late = lasting(timedelta(seconds=step["late_seconds"]))
        yield Line(f" ! OVERDUE  {name}  {late} late  {step['holder']}  {step['text']}", "late")
    if board["step"] and not board["ended"]:
        step = steps[board["step"]]
        yield Line(f" > NOW      {step['id']}  {step['holder']}  {step['text']}", "strong")
    for step in board["steps"]:
        if step["state"] in ("told", "parked"):
            yield Line(f" {GLYPHS[step['state']]} {step['state']:<7}  {step['id']}  {step['holder']}", "warn")
    counts = {
        state: sum(step["state"] == state for step in board["steps"]) for state in ("answered", "skipped", "open")
    }
    yield Line(f"   answered {counts['answered']}, skipped {counts['skipped']}, open {counts['open']}")
    yield Line("")


def _said(board: dict[str, Any], zone: tzinfo) -> Iterable[Line]:
    public = [word for word in board["said"] if word["public"]]
    inside = [word for word in board["said"] if not word["public"]]
    moving = [name for name in board["sending"] if name.partition("@")[0] not in [h["place"] for h in board["handed"]]]
    none = (
        "Nothing is known to have been said in public."
        if moving or board["unknown"]
        else "Nothing has been said in public."
    )
    yield Line(f"Said in public: {len(public)}" if public else none, "strong")
    for word in public:
        yield _said_line(word, zone)
    for place in moving:
        yield Line(f"  ? ON ITS WAY {place.partition('@')[0]}  or cut off; it may be out: crisis resume tells", "late")
    for place in board["unknown"]:
        yield Line(f"  ? UNKNOWN    {place.partition('@')[0]}  may be out; look before sending again", "late")
    for place in board["failed"]:
        yield Line(f"  ! failed     {place.partition('@')[0]}  was not accepted", "late")
    if inside:
        yield Line(f"Told our own people: {len(inside)}", "strong")
        for word in inside:
            yield _said_line(word, zone)
    if board["up"]:
        yield Line("Up right now", "strong")
        for word in board["up"]:
            place = "/".join(part for part in (word["channel"], word["language"]) if part)
            yield Line(f"  {place} since {_wall(word['at'], zone)}  {_short(word['text'])}")


def _said_line(word: dict[str, Any], zone: tzinfo) -> Line:
    glyph = {"sensed": "+ sent     ", "confirmed": "c confirmed", "reported": "r reported "}[word["how"]]
    place = "/".join(part for part in (word["message"], word["channel"], word["language"]) if part)
    many = f"  {word['rows']} people" if word["rows"] > 1 else ""
    return Line(f"  {glyph}  {_wall(word['at'], zone)}  {place}{many}  {_short(word['text'])}", "good")


def _loose_ends(board: dict[str, Any], zone: tzinfo) -> Iterable[Line]:
    if board["handed"]:
        yield Line("Handed over, waiting for an answer", "strong")
    for hand in board["handed"]:
        back = f", check back {_wall(hand['check_back'], zone)}" if hand["check_back"] else ""
        yield Line(
            f"  h handed     {hand['place']}  to {hand['to']} at {_wall(hand['at'], zone)}{back}; not confirmed", "warn"
        )
    promise = board["promise"]
    if promise:
        span = lasting(timedelta(seconds=abs(promise["left_seconds"])))
        state = f"BROKEN {span} ago: speak now" if promise["broken"] else f"{span} left"
        yield Line(
            f"Promised   next word by {_wall(promise['due'], zone)} ({state})",
            "late" if promise["broken"] else "strong",
        )
    owed = board["cadence"]
    if owed["due"] and board["said"] and not board["ended"]:
        silent = lasting(timedelta(seconds=owed["silence_seconds"] or 0))
        text = f"Silence    {silent} since the last public word, the next is due by {_wall(owed['due'], zone)}"
        yield Line(text, "late" if owed["late_seconds"] else "")


def _people(board: dict[str, Any], zone: tzinfo) -> Iterable[Line]:
    if board["unclaimed"] and not board["ended"]:
        yield Line(f"Nobody yet {', '.join(board['unclaimed'])}  (the lead holds what nobody has taken)", "warn")
    for owed in board["languages"]:
        text = f"Owed       {owed['message']} in {owed['language']} by {_wall(owed['due'], zone)}"
        yield Line(text, "late" if owed["late"] else "")
    for old in board["outdated"]:
        text = f"Outdated   {old['place']} went out before {', '.join(old['facts'])} changed: crisis send --correct "
        yield Line(text + old["place"].partition("/")[0], "late")
    for warning in board["warnings"]:
        because = f"; because: {warning['reason']}" if warning["reason"] else ""
        yield Line(f"Warned     {warning['what']}{because}", "warn")


def _outside(board: dict[str, Any], zone: tzinfo) -> Iterable[Line]:
    for channel, health in board["channels"].items():
        if health["state"] != "up":
            why = f": {health['why']}" if health["why"] else ""
            style: Style = "late" if health["state"] == "down" else "warn"
            yield Line(f"Channel    {channel} is {health['state']} since {_wall(health['at'], zone)}{why}", style)
    for signal in board["signals"]:
        yield _signal(signal, zone)


def _signal(signal: dict[str, Any], zone: tzinfo) -> Line:
    now, *before = [f"{one['said']} {_wall(one['at'], zone)}" for one in reversed(signal["readings"])]
    arrow = f" ({signal['trend']})" if signal["trend"] else ""
    return Line(
        f"Signal     {signal['signal']}: {now}{arrow}" + (f", before: {', '.join(before[:2])}" if before else "")
    )


def _clock(clock: dict[str, Any], zone: tzinfo) -> Line:
    due = f"told {_day(clock['told'], zone)}" if clock["told"] else f"due {_day(clock['due'], zone)}"
    style: Style = "late" if clock["state"] == "overdue" else ""
    return Line(
        f"Clock      {clock['name']}: tell {clock['tell']} within {clock['within']}, {due}  {clock['cite']}", style
    )


def _wall(text: str, zone: tzinfo) -> str:
    return datetime.fromisoformat(text).astimezone(zone).strftime("%H:%M")


def _day(text: str, zone: tzinfo) -> str:
    return datetime.fromisoformat(text).astimezone(zone).strftime("%a %d %b %H:%M")


def _short(text: str) -> str:
    first = " ".join(text.split())
    return f'"{first[:56]}..."' if len(first) > 59 else f'"{first}"'
