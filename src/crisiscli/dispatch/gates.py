"""Gates: what keeps a message from going yet, each missing thing in words, and who never gets it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from crisiscli.clocks import duration, offset
from crisiscli.conditions import UNKNOWN, evaluate, facts_in
from crisiscli.incident.world import IncidentWorld
from crisiscli.runbook import Gate

if TYPE_CHECKING:
    from crisiscli.dispatch.desk import Desk

TOGETHER = timedelta(hours=1)
"""Words of one message that leave within this time for different places were sent together: they count once."""
_SPANS = ("within", "until", "apart")


class Post(NamedTuple):
    """One message sent once, on however many channels. `at` is when its first words left."""

    message: str
    at: datetime
    channels: frozenset[str]


def shut(desk: Desk, message: str) -> tuple[str, ...]:
    """What keeps the message's gate shut now, one sentence each; empty when it is open or there is none.

    Conditions, caps, and audiences: a message meant only for people who are left out has nobody to go to.
    """
    gate = _gate(desk, message)
    if gate is None:
        return ()
    return tuple(dict.fromkeys([*_conditions(desk, gate), *_caps(desk, message, gate), *_nobody(desk, message)]))


def left_out(desk: Desk, message: str) -> tuple[str, ...]:
    """The message's audiences that never get what stands behind its gate."""
    gate = _gate(desk, message)
    meant = desk.journal.incident.runbook.messages[message].for_
    return tuple(name for name in meant if gate is not None and name in gate.leave_out)


def reached_anyway(desk: Desk, message: str, channel: str) -> tuple[str, ...]:
    """The people this gate leaves out whom the channel reaches all the same: everybody reads a post."""
    gate = _gate(desk, message)
    audiences = desk.journal.incident.runbook.audiences
    harmed = gate.leave_out if gate is not None else ()
    return tuple(name for name in harmed if name in audiences and channel in audiences[name].reached_by)


def posts(desk: Desk, stages: frozenset[str]) -> list[Post]:
    """What was sent at these stages, in order; words that wait in somebody's hands count as sent."""
    incident = desk.journal.incident
    messages = incident.runbook.messages
    gone = [(word.at, word.message, word.channel, word.language, word.rendering) for word in incident.words]
    gone += [(hand.at, *_place(hand.rendering), hand.rendering) for hand in incident.hands.values()]
    found: list[Post] = []
    bytes_of: list[dict[str, str]] = []
    for at, message, channel, language, rendering in sorted(gone):
        if message not in messages or messages[message].stage not in stages:
            continue
        place = f"{channel}/{language}"
        number = _same(found, bytes_of, message, at, place, rendering)
        if number is None:
            found.append(Post(message, at, frozenset({channel})))
            bytes_of.append({place: rendering})
        else:
            found[number] = found[number]._replace(channels=found[number].channels | {channel})
            bytes_of[number][place] = rendering
    return found


def _same(
    found: list[Post], bytes_of: list[dict[str, str]], message: str, at: datetime, place: str, rendering: str
) -> int | None:
    """Which earlier post these words belong to: the same message, near in time, and no other bytes in this place."""
    for number in range(len(found) - 1, -1, -1):
        post, before = found[number], bytes_of[number]
        if post.message != message:
            continue
        if before.get(place) == rendering or (at - post.at <= TOGETHER and place not in before):
            return number
    return None


def _place(rendering: str) -> tuple[str, str, str]:
    message, channel, language = rendering.partition("@")[0].split("/")
    return message, channel, language


def _gate(desk: Desk, message: str) -> Gate | None:
    runbook = desk.journal.incident.runbook
    return runbook.gates.get(runbook.messages[message].gate or "")


def _conditions(desk: Desk, gate: Gate) -> Iterator[str]:
    world = IncidentWorld(desk.journal.incident, desk.journal.now())
    for part in gate.opens_when:
        verdict = evaluate(part, world)
        if verdict:
            continue
        unsure = [name for name in facts_in(part) if verdict.value is None and world.fact(name) is None]
        told = [why for why in verdict.because if not any(why.startswith(f"{name} ") for name in unsure)]
        yield from (_unsure(desk, name) for name in dict.fromkeys(unsure))
        yield from told or ([] if unsure else ["its conditions do not hold"])


def _unsure(desk: Desk, name: str) -> str:
    """Why a fact is not known well enough, and whose word it takes."""
    incident = desk.journal.incident
    fact, status = incident.runbook.facts.get(name), incident.fact(name).status
    if fact is None:
        return f"{name} is not known well enough"
    role = fact.confirmed_by or "lead"
    noun = incident.runbook.roles.get(role)
    whose = f"the word of {noun.title if noun else role}"
    if status == "disputed":
        return f"{name} is disputed; {whose} settles it"
    if status == "reported":
        return f"{name} is only reported; it takes {whose}"
    return f"{name} is {UNKNOWN}" + (f"; it takes {whose}" if fact.use == "confirmed" else "")


def _nobody(desk: Desk, message: str) -> Iterator[str]:
    meant, out = desk.journal.incident.runbook.messages[message].for_, left_out(desk, message)
    if meant and len(out) == len(meant):
        yield f"everybody it is meant for is left out: {', '.join(out)}"


def _caps(desk: Desk, message: str, gate: Gate) -> Iterator[str]:
    incident, now = desk.journal.incident, desk.journal.now()
    stage = incident.runbook.messages[message].stage
    capped = frozenset(name for name in gate.at_most if name not in _SPANS)
    if "until" in gate.at_most:
        end = incident.t0 + offset(str(gate.at_most["until"]))
        if now > end:
            yield f"too late: {gate.at_most['until']} was {_when(desk, end)}"
    sent = [post for post in posts(desk, capped or frozenset({stage})) if not _unfinished(desk, message, post)]
    if stage in gate.at_most:
        yield from _too_many(desk, [post for post in sent if _stage(desk, post) == stage], stage, gate.at_most)
    if "apart" in gate.at_most and sent:
        opens = sent[-1].at + duration(str(gate.at_most["apart"]))
        if now < opens:
            last = f"{sent[-1].message} went at {_when(desk, sent[-1].at)}"
            yield f"too soon: {last}, at least {gate.at_most['apart']} apart; it opens at {_when(desk, opens)}"


def _too_many(desk: Desk, sent: list[Post], stage: str, at_most: dict[str, Any]) -> Iterator[str]:
    limit, now = at_most[stage], desk.journal.now()
    if not isinstance(limit, int):
        return  # lint says so; a cap nobody can read stops nobody at 3 a.m.
    within = duration(str(at_most["within"])) if "within" in at_most else None
    recent = [post for post in sent if within is None or now - post.at < within]
    if len(recent) < limit:
        return
    window = f" in {at_most['within']}" if within else ""
    told = f"enough: {len(recent)} of at most {limit} {stage} messages are out{window}"
    if within is not None and limit:
        told += f"; it opens at {_when(desk, recent[-limit].at + within)}"
    yield told


def _unfinished(desk: Desk, message: str, post: Post) -> bool:
    """True for this message's own sending that is under way: its other channels are no further message."""
    if post.message != message or desk.journal.now() - post.at > TOGETHER:
        return False
    return bool(set(desk.journal.incident.runbook.messages[message].to) - post.channels)


def _stage(desk: Desk, post: Post) -> str:
    return desk.journal.incident.runbook.messages[post.message].stage


def _when(desk: Desk, moment: datetime) -> str:
    shown, today = moment.astimezone(desk.zone), desk.journal.now().astimezone(desk.zone).date()
    return f"{shown:%H:%M}" if shown.date() == today else f"{shown:%H:%M on %Y-%m-%d}"
