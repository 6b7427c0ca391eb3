"""Corrections: words that went out with a value that no longer holds, and the batch that puts them right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from crisiscli.incident import moment_of
from crisiscli.incident.agenda import promises
from crisiscli.stores.base import Dispatch

if TYPE_CHECKING:
    from crisiscli.dispatch.desk import Desk, Text
    from crisiscli.journal import Journal

ABOUT = "correction"
"""What a warning is about that says why words with an old value stay as they are; the Rendering follows."""

State = Literal["open", "corrected", "gone", "stays"]


class Change(NamedTuple):
    """A fact behind words that are out: its value then and now, in the ledger's form; `now` None is unknown."""

    name: str
    then: Any
    now: Any
    disputed: bool = False


@dataclass(frozen=True)
class Outdated:
    """Words that went out with an old value.

    `rendering` are the words that went, `fresh` those that stand there now ("" while they wait for a fact). `state`
    is open, corrected (newer words of this place went out after them), gone (a standing text that is no longer up) or
    stays (somebody said why it needs no correction). `doubtful` rows may be out: nobody knows, or no answer came yet.
    """

    place: str
    rendering: str
    fresh: str
    changes: tuple[Change, ...]
    audiences: tuple[str, ...]
    rows: int
    doubtful: int
    at: datetime | None
    up: bool
    edited: bool
    state: State

    @property
    def message(self) -> str:
        return self.place.partition("/")[0]


def changed_since(journal: Journal) -> dict[str, tuple[Change, ...]]:
    """Renderings that left, or may have left, and the facts behind them that have another value now.

    It compares values only and imports nothing heavy: whether the words are other words now, `outdated` says. A fact
    that was unknown then did not make the words wrong, and a promised time is only looked at while it is still to come.
    Our own next word is no correction of the one before it once it was spoken in time.
    """
    incident, now = journal.incident, journal.now()
    left = {name for name, n in incident.counts.items() if n["sent"] or n["unknown"] or n["sending"]}
    if not left:
        return {}
    found: dict[str, tuple[Change, ...]] = {}
    spoken = {promise.due for promise in promises(incident) if promise.kept}
    for name, then in _values(journal).items():
        changes = tuple(
            change
            for change in _changes(journal, then)
            if change.then is not None
            and not (_promised(journal, change) and moment_of(change.then) <= now)
            and not (is_next_word(journal, change) and moment_of(change.then) in spoken)
        )
        if name in left and changes:
            found[name] = changes
    return found


def _values(journal: Journal) -> dict[str, dict[str, Any]]:
    """Every approved Rendering with the values its facts had at the last yes."""
    return {
        item["id"]: event.data["values"]
        for event in journal.store.events(journal.code)
        if event.kind == "approved"
        for item in event.data["renderings"]
    }


def _changes(journal: Journal, then: dict[str, Any]) -> Iterator[Change]:
    for name, value in then.items():
        record = journal.incident.fact(name)
        disputed = record.status == "disputed"
        if record.value != value or disputed:
            yield Change(name, value, record.value, disputed)


def _promised(journal: Journal, change: Change) -> bool:
    fact = journal.incident.runbook.facts.get(change.name)
    return bool(fact and fact.promise) and isinstance(change.then, str)


def is_next_word(journal: Journal, change: Change) -> bool:
    """True for our own promise to speak again that got another time: the words that carry it on are on their way."""
    fact = journal.incident.runbook.facts.get(change.name)
    ours = bool(fact and fact.promise and fact.confirmed_by is None)
    return ours and isinstance(change.then, str) and isinstance(change.now, str) and not change.disputed


class Lapsed(NamedTuple):
    """A yes to words that never left and are other words now: it does not cover them. `people` are ids."""

    place: str
    tag: str
    people: tuple[str, ...]
    changes: tuple[Change, ...]


def lapsed(desk: Desk, names: Sequence[str]) -> list[Lapsed]:
    """The yeses that a change of these facts made worthless, one per place, in the order they were given."""
    journal = desk.journal
    values, found = _values(journal), []
    by_place = {name.partition("@")[0]: name for name, then in values.items() if set(names) & set(then)}
    approvals = journal.store.approvals(journal.code) if by_place else []
    now = {text.place: text for message in _messages(desk, by_place) for text in desk.texts(message)}
    for place, name in by_place.items():
        text, behind = now.get(place), journal.store.rendering(journal.code, name).facts
        changes = tuple(c for c in _changes(journal, values[name]) if c.name in names and c.name in behind)
        same = text is None or (text.rendering is not None and text.rendering.id == name)
        if changes and not same and not any(journal.incident.counts.get(name, {}).values()):
            given = [approval for approval in approvals if approval.rendering == name]
            people = tuple(dict.fromkeys(approval.person for approval in given))
            found.append(Lapsed(place, given[-1].tag if given else "", people, changes))
    return found


def _messages(desk: Desk, places: Iterable[str]) -> list[str]:
    """The messages of these places that the runbook still has, in its order."""
    named = {place.partition("/")[0] for place in places}
    return [message for message in desk.journal.incident.runbook.messages if message in named]


def outdated(desk: Desk) -> list[Outdated]:
    """Every text that went out with a value that no longer holds, in the order of the runbook's messages."""
    journal = desk.journal
    changed = changed_since(journal)
    texts = {text.place: text for message in _messages(desk, changed) for text in desk.texts(message)}
    found = []
    for name, changes in changed.items():
        text = texts.get(name.partition("@")[0])
        if text is None or (text.rendering is not None and text.rendering.id == name and not text.edited):
            continue
        behind = journal.store.rendering(journal.code, name).facts
        own = tuple(change for change in changes if change.name in behind)
        if own:
            found.append(_outdated(desk, text, name, own))
    return sorted(found, key=lambda one: list(texts).index(one.place))


def open_corrections(desk: Desk) -> list[Outdated]:
    """Those that still stand uncorrected: what `status` shows and `end` asks about."""
    return [one for one in outdated(desk) if one.state == "open"]


def _outdated(desk: Desk, text: Text, name: str, changes: tuple[Change, ...]) -> Outdated:
    incident = desk.journal.incident
    rows = desk.journal.store.dispatches(desk.journal.code, name)
    out = [row for row in rows if row.state == "sent"]
    at = max((word.at for word in incident.words if word.rendering == name), default=None)
    up = any(word.rendering == name for word in incident.up.values())
    doubtful = sum(1 for row in rows if row.state in ("unknown", "sending"))
    state: State = "open"
    if out and not doubtful and not uncorrected(desk, name, out, at, changes):
        state = "corrected"
    elif out and not doubtful and text.channel.standing and not up:
        state = "gone"
    elif (about(name), what(changes)) in {(warned.about, warned.what) for warned in incident.warnings}:
        state = "stays"
    return Outdated(
        place=text.place,
        rendering=name,
        fresh=text.rendering.id if text.rendering else "",
        changes=changes,
        audiences=tuple(dict.fromkeys(part for row in rows for part in row.audience.split("+") if part)),
        rows=len(out),
        doubtful=doubtful,
        at=at,
        up=up,
        edited=text.edited,
        state=state,
    )


def uncorrected(
    desk: Desk, name: str, out: Sequence[Dispatch], at: datetime | None, changes: Sequence[Change]
) -> list[Dispatch]:
    """The rows of old words whose people have not had newer words of the same place, or others with the new values.

    The next status on a channel puts the one before it right when it says what changed.
    """
    later = list(_said_since(desk, name, at, changes))
    newer = [row for rendering in later for row in desk.journal.store.dispatches(desk.journal.code, rendering, "sent")]
    # A hand-over to a person covers everybody of its audience.
    return [row for row in out if not any(_covers(new, row) for new in newer)]


def _said_since(desk: Desk, name: str, at: datetime | None, changes: Sequence[Change]) -> Iterator[str]:
    place = name.partition("@")[0].split("/")
    values = _values(desk.journal)
    for word in desk.journal.incident.words:
        if not word.rendering or word.rendering == name or (at is not None and word.at < at):
            continue
        there = word.rendering.partition("@")[0].split("/")
        known = values.get(word.rendering, {})
        # Without a value of its own the newer text says nothing about what changed.
        behind = desk.journal.store.rendering(desk.journal.code, word.rendering).facts if there != place else ()
        fresh = all(change.name in behind and known.get(change.name) == change.now for change in changes)
        if there == place or (there[1:] == place[1:] and fresh):
            yield word.rendering


def _covers(new: Dispatch, old: Dispatch) -> bool:
    return new.recipient in (old.recipient, "") and set(old.audience.split("+")) <= set(new.audience.split("+"))


def about(rendering: str) -> str:
    """What the warning is about that says why these words stay."""
    return f"{ABOUT} {rendering}"


def what(changes: Sequence[Change]) -> str:
    """The changes as they are recorded: values in the ledger's form, so that another change asks again."""
    return "it went out with the old " + ", ".join(
        f"{c.name}: {c.then}, now {'in doubt' if c.disputed else 'unknown' if c.now is None else c.now}"
        for c in changes
    )


def leave(desk: Desk, one: Outdated, reason: str) -> None:
    """Records why words with an old value need no correction. It does not hold for the next change."""
    desk.journal.record(
        "warned", about=about(one.rendering), message=one.message, what=what(one.changes), reason=reason
    )
