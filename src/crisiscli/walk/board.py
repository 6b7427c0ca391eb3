"""The board: where are we, what is late, what have we said, what is up right now, as plain data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crisiscli.clocks import since
from crisiscli.incident import stamp
from crisiscli.incident.agenda import Item, agenda, current, open_promise, overdue, promises
from crisiscli.incident.cadence import next_word
from crisiscli.incident.duties import duties
from crisiscli.incident.following import open_languages
from crisiscli.incident.records import Promise, Word
from crisiscli.incident.roster import unclaimed
from crisiscli.incident.signals import trend
from crisiscli.incident.step_words import step_words
from crisiscli.incident.targets import targets
from crisiscli.journal import Journal
from crisiscli.walk.going_on import to_come

if TYPE_CHECKING:
    from crisiscli.dispatch import Desk

SCHEMA = 1


def status(journal: Journal, desk: Callable[[], Desk]) -> dict[str, Any]:
    """The whole board as plain data: the `--json` of `crisis status`.

    `desk` makes the incident's desk; it is only asked for one when a fact behind words that are out has changed.
    """
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
        "armed": {"until": stamp(incident.armed_until) if incident.armed_until else None} if incident.armed else None,
        "plans": [{"id": plan.id, "title": plan.title, "until": stamp(plan.until)} for plan in incident.plans],
        "steps": [_step(journal, item, now) for item in items],
        **_words(journal),
        **_around(journal, now),
        "outdated": _outdated(journal, desk),
        "promise": _promise(promise, now),
        "promises": [
            {"due": stamp(p.due), "made": stamp(p.made), "kept": stamp(p.kept) if p.kept else None}
            for p in promises(incident)
        ],
        "facts": {name: _fact(journal, name) for name in incident.runbook.facts},
        "targets": [_target(found) for found in targets(incident)],
        "clocks": [duty.data() for duty in duties(incident, now)],
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
                "to": journal.name(hand.to),
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
    left = int((promise.due - now).total_seconds())
    return {"due": stamp(promise.due), "where": promise.where, "broken": left < 0, "left_seconds": left}


def _around(journal: Journal, now: datetime) -> dict[str, Any]:
    """What surrounds the words: channels, readings, people, warnings, the rhythm we owe."""
    incident = journal.incident
    return {
        "channels": {
            channel: {"state": health.state, "why": health.why, "at": stamp(health.at)}
            for channel, health in incident.health.items()
        },
        "signals": [found.data() for found in trend(incident)],
        "cadence": next_word(incident, now).data(),
        "unclaimed": list(unclaimed(incident)),
        "languages": [
            {"message": one.message, "language": one.language, "due": stamp(one.due), "late": now > one.due}
            for one in open_languages(incident)
        ],
        "tried": {
            role: [{"person": journal.name(one.person), "result": one.result, "at": stamp(one.at)} for one in tries]
            for role, tries in incident.tries.items()
        },
        "warnings": [
            {"about": one.about, "what": one.what, "reason": one.reason, "at": stamp(one.at)}
            for one in incident.warnings
        ],
        "follow_ups": [
            {"id": item.step.id, "at": stamp(item.starts), "due": item.starts <= now, "text": item.step.text}
            for item in to_come(journal)
            if item.starts
        ],
    }


def _outdated(journal: Journal, desk: Callable[[], Desk]) -> list[dict[str, Any]]:
    """Words that are out with a value that has changed since and were not corrected, and the facts."""
    if not journal.incident.counts:
        return []
    from crisiscli.dispatch.corrections import changed_since, open_corrections

    found = open_corrections(desk()) if changed_since(journal) else []
    return [{"place": one.place, "facts": [change.name for change in one.changes]} for one in found]


def _step(journal: Journal, item: Item, now: datetime) -> dict[str, Any]:
    late = item.late(now)
    return {
        "id": item.step.id,
        "number": item.number,
        "phase": item.phase,
        "verb": item.step.verb,
        "text": step_words(journal.incident.runbook, item.step),
        "state": item.state,
        "mark": item.mark,
        "role": item.step.role or "lead",
        "holder": journal.name(journal.incident.holder(item.step.role or "lead")),
        "due": stamp(item.due) if item.due else None,
        "starts": stamp(item.starts) if item.starts else None,
        "because": list(item.because),
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
        "source": journal.name(last.source) if last else "",
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
