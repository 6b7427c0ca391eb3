"""The board: where are we, what is late, what have we said, what is up right now. As data and as lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Any

from crisiscli.clocks import lasting, since
from crisiscli.incident import stamp
from crisiscli.incident.agenda import Item, agenda, current, open_promise, overdue, promises
from crisiscli.incident.duties import duties
from crisiscli.incident.records import Promise, Word
from crisiscli.incident.targets import targets
from crisiscli.journal import Journal
from crisiscli.screen import Line, Style

SCHEMA = 1
GLYPHS: dict[str, str] = {
    "sensed": "+",
    "confirmed": "c",
    "skipped": "s",
    "told": "~",
    "parked": "~",
    "unknown": "?",
    "does not apply": "-",
    "open": ".",
}


def item_line(journal: Journal, item: Item) -> Line:
    """One step in a list: its mark, name, state in words, and whose it is."""
    now = journal.now()
    late = item.late(now)
    value = item.record.value
    shown = ", ".join(value) if isinstance(value, list) else str(value) if value is not None else ""
    words = [f"{GLYPHS[item.mark]} {item.number:>2}  {item.step.id}", item.mark]
    words += [item.record.reason or shown]
    if item.state == "told":
        words.append(f"told {journal.name(item.record.person)}")
    if late:
        words.append(f"OVERDUE {lasting(late)}")
    elif item.open and item.due:
        words.append(f"due {since(journal.incident.t0, item.due)}")
    style: Style = "late" if late or item.mark == "unknown" else "good" if item.state == "answered" else ""
    return Line("  ".join(word for word in words if word), style)


def status(journal: Journal) -> dict[str, Any]:
    """The whole board as plain data: the `--json` of `crisis status`."""
    incident, now = journal.incident, journal.now()
    items = agenda(incident)
    here = current(items, now)
    promise = open_promise(incident)
    return {
        "schema_version": SCHEMA,
        "code": incident.code,
        "mode": incident.mode,
        "runbook": incident.runbook.id,
        "version": incident.runbook.version,
        "title": incident.runbook.title,
        "t0": stamp(incident.t0),
        "learned": stamp(incident.learned),
        "opened": stamp(incident.opened),
        "now": stamp(now),
        "elapsed": since(incident.t0, now),
        "lead": journal.name(incident.lead),
        "ended": {"at": stamp(incident.ended_at), **incident.ended} if incident.ended and incident.ended_at else None,
        "roles": {role: journal.name(person) for role, person in incident.roles.items()},
        "step": here.step.id if here else None,
        "overdue": [item.step.id for item in overdue(items, now)],
        "steps": [_step(journal, item, now) for item in items],
        **_words(journal),
        "promise": _promise(promise, now),
        "promises": [
            {"due": stamp(p.due), "made": stamp(p.made), "kept": stamp(p.kept) if p.kept else None}
            for p in promises(incident)
        ],
        "facts": {name: _fact(journal, name) for name in incident.runbook.facts},
        "targets": [_target(found) for found in targets(incident)],
        "clocks": [duty.data() for duty in duties(incident)],
        "next": "crisis report" if incident.ended else "crisis resume",
    }  # fmt: skip


def _words(journal: Journal) -> dict[str, Any]:
    incident = journal.incident
    return {
        "said": [_word(journal, word) for word in sorted(incident.words, key=lambda word: word.at)],
        "up": [_word(journal, word) for word in incident.up.values()],
        "handed": [
            {
                "place": hand.rendering.partition("@")[0],
                "to": hand.to,
                "through": hand.through,
                "at": stamp(hand.at),
                "check_back": stamp(hand.back) if hand.back else None,
            }
            for hand in incident.hands.values()
        ],
        "unknown": [name for name, counts in incident.counts.items() if counts["unknown"]],
        "failed": [name for name, counts in incident.counts.items() if counts["failed"]],
        "sending": [name for name, counts in incident.counts.items() if counts["sending"]],
    }


def _promise(promise: Promise | None, now: datetime) -> dict[str, Any] | None:
    if promise is None:
        return None
    return {"due": stamp(promise.due), "where": promise.where, "broken": now > promise.due}


def _step(journal: Journal, item: Item, now: datetime) -> dict[str, Any]:
    late = item.late(now)
    return {
        "id": item.step.id,
        "number": item.number,
        "phase": item.phase,
        "verb": item.step.verb,
        "text": item.step.text,
        "state": item.state,
        "mark": item.mark,
        "role": item.step.role or "lead",
        "holder": journal.name(journal.incident.holder(item.step.role or "lead")),
        "due": stamp(item.due) if item.due else None,
        "late_seconds": int(late.total_seconds()) if late else 0,
        "value": item.record.value,
        "reason": item.record.reason,
        "at": stamp(item.record.at) if item.record.at else None,
    }


def _word(journal: Journal, word: Word) -> dict[str, Any]:
    text, sha = word.text, ""
    if word.rendering:
        kept = journal.store.rendering(journal.code, word.rendering)
        text, sha = kept.text, kept.sha256
    return {
        "at": stamp(word.at),
        "how": word.how,
        "channel": word.channel,
        "language": word.language,
        "message": word.message,
        "text": text,
        "sha256": sha,
        "audience": list(word.audience),
        "public": word.public,
        "proof": word.proof,
        "rows": word.rows,
    }


def _fact(journal: Journal, name: str) -> dict[str, Any]:
    record = journal.incident.fact(name)
    last = record.versions[-1] if record.versions else None
    return {
        "value": record.value,
        "status": record.status,
        "source": last.source if last else "",
        "at": stamp(last.at) if last else None,
        "versions": len(record.versions),
    }


def _target(found: Any) -> dict[str, Any]:
    return {
        "name": found.name,
        "allowed_seconds": int(found.allowed.total_seconds()),
        "actual_seconds": int(found.actual.total_seconds()) if found.actual is not None else None,
        "met": found.met,
        "note": found.note,
    }


def lines(journal: Journal, board: dict[str, Any], zone: tzinfo) -> Iterable[Line]:
    """The board for a person: the most urgent first, the command to type last."""
    yield from _head(board, zone)
    yield from _now(board)
    yield from _said(board, zone)
    yield from _loose_ends(board, zone)
    known = [fact for fact in board["facts"].values() if fact["value"] is not None]
    reported = [fact for fact in known if fact["status"] == "reported"]
    disputed = [name for name, fact in board["facts"].items() if fact["status"] == "disputed"]
    yield Line(f"Facts      {len(known)} of {len(board['facts'])} known, {len(reported)} only reported")
    if disputed:
        yield Line(f"  DISPUTED {', '.join(disputed)}", "late")
    for clock in board["clocks"]:
        due = f"due {_wall(clock['due'], zone)}" if clock["due"] else "not started"
        yield Line(f"Clock      {clock['name']}: tell {clock['tell']} within {clock['within']}, {due}  {clock['cite']}")
    yield Line("")
    yield Line(f"{'Report:' if board['ended'] else 'Go on:'} {board['next']}", "strong")


def _head(board: dict[str, Any], zone: tzinfo) -> Iterable[Line]:
    title = f"{board['mode']}  {board['code']}  {board['title']} v{board['version']}"
    yield Line(f"{title}   {board['elapsed']}   {_wall(board['now'], zone)}   lead {board['lead']}", "heading")
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
            yield Line(f" ~ {step['state']:<7}  {step['id']}  {step['holder']}", "warn")
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
        broken = "BROKEN: speak now" if promise["broken"] else "still to keep"
        yield Line(
            f"Promised   next word by {_wall(promise['due'], zone)} ({broken})",
            "late" if promise["broken"] else "strong",
        )


def _wall(text: str, zone: tzinfo) -> str:
    return datetime.fromisoformat(text).astimezone(zone).strftime("%H:%M")


def _short(text: str) -> str:
    first = " ".join(text.split())
    return f'"{first[:56]}..."' if len(first) > 59 else f'"{first}"'
