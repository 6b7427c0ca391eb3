"""The agenda: what is to do now, what is late, what comes back, what was promised."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from crisiscli.clocks import due as due_at
from crisiscli.conditions import evaluate
from crisiscli.incident.records import Promise, StepRecord, StepWord
from crisiscli.incident.state import Incident
from crisiscli.incident.world import IncidentWorld
from crisiscli.steps.base import Step

FOLLOW_UPS = "Follow-ups"
GRACE = timedelta(hours=2)
"""How long a follow-up may wait after its time before it counts as late: it is a matter of days, not minutes."""

Mark = Literal["open", "told", "parked", "sensed", "confirmed", "skipped", "unknown", "does not apply"]


class Item(NamedTuple):
    """One step with its place in time. `number` counts from 1; `asks` holds what an undecided `when` needs."""

    step: Step
    record: StepRecord
    number: int
    phase: str
    due: datetime | None
    waits_for: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    applies: bool = True
    because: tuple[str, ...] = ()
    """Why it does not apply."""
    doubtful: bool = False
    starts: datetime | None = None
    """A follow-up does not come before this time."""

    @property
    def state(self) -> StepWord:
        return self.record.state if self.applies or self.record.state != "open" else "does not apply"

    @property
    def mark(self) -> Mark:
        """How it is shown: six different words for six different things."""
        if self.doubtful:
            return "unknown"
        if self.state == "answered":
            return "sensed" if self.record.how == "sensed" else "confirmed"
        return self.state

    @property
    def open(self) -> bool:
        """True while somebody still owes it."""
        return self.state in ("open", "told", "parked")

    def late(self, now: datetime) -> timedelta | None:
        """How late it is, or None. A told or parked step is late against its check-back as well as its due time.

        What is watched was looked at: only the next look counts.
        """
        if not self.open:
            return None
        limits = [moment for moment in (self.record.back if self.state != "open" else None, self.due) if moment]
        looked = self.state == "told" and self.step.verb == "watch" and self.record.value is not None
        if (self.state == "parked" or looked) and self.record.back:
            limits = [self.record.back]
        over = [now - moment for moment in limits if now > moment]
        return max(over) if over else None

    def rests(self, now: datetime) -> bool:
        """True while it is told or parked and its time to look again has not come, or before its day."""
        if self.starts is not None and now < self.starts:
            return True
        return self.state in ("told", "parked") and (self.record.back is None or now < self.record.back)


def agenda(incident: Incident) -> list[Item]:
    """Every step of the runbook in order, the follow-ups last, with where it stands."""
    world = IncidentWorld(incident)
    doubtful = {rendering.split("/")[0] for rendering, counts in incident.counts.items() if counts["unknown"]}
    items: list[Item] = []
    number = 0
    for phase in incident.runbook.phases:
        for step in phase.steps:
            number += 1
            items.append(_item(incident, world, step, number, phase.title, doubtful))
    for step in incident.runbook.later():
        number += 1
        item = _item(incident, world, step, number, FOLLOW_UPS, doubtful)
        items.append(item._replace(starts=item.due, due=item.due + GRACE if item.due else None))
    return items


def _item(incident: Incident, world: IncidentWorld, step: Step, number: int, phase: str, doubtful: set[str]) -> Item:
    try:
        verdict = evaluate(step.when, world)
    except ValueError:
        verdict = evaluate(None, world)
    waits = tuple(name for name in step.needs if incident.step(name).state not in ("answered", "skipped"))
    return Item(
        step=step,
        record=incident.step(step.id),
        number=number,
        phase=phase,
        due=_due(incident, step),
        waits_for=waits,
        asks=verdict.because if verdict.value is None else (),
        applies=verdict.value is not False,
        because=verdict.because if verdict.value is False else (),
        doubtful=step.verb == "send" and bool(doubtful & set(getattr(step, "send", ()))),
    )


def _due(incident: Incident, step: Step) -> datetime | None:
    if step.by is None:
        return None
    needed = [incident.step(name).at for name in step.needs]
    began = max((moment for moment in needed if moment), default=incident.opened)
    try:
        return due_at(step.by, incident.t0, began)
    except ValueError:
        return None


def current(items: list[Item], now: datetime) -> Item | None:
    """The step to do now: the first open one that does not rest.

    A step that waits for another is not passed over: a parked brief must not hide the holding text behind it.
    """
    return next((item for item in items if item.open and not item.rests(now)), None)


def overdue(items: list[Item], now: datetime) -> list[Item]:
    """The late steps, the latest first; last those that rest with somebody until they are looked at again."""
    late = [item for item in items if item.late(now)]
    return sorted(late, key=lambda item: (not item.rests(now), item.late(now) or timedelta(0)), reverse=True)


def promises(incident: Incident) -> list[Promise]:
    """Every time we named in public, and whether we spoke again by then.

    A promise is kept by a later public word that names another time, or none, no later than the promised one, on
    one of the channels that carried it: who was told to look there again must find something.
    """
    words = incident.public_words()
    places: dict[datetime | None, set[str]] = {}
    for word in words:
        places.setdefault(word.promise, set()).add(word.channel)
    found: dict[datetime, Promise] = {}
    for word in words:
        if word.promise is None or word.promise in found:
            continue
        later = [other for other in words if other.at > word.at and other.promise != word.promise]
        again = [other.at for other in later if other.channel in places[word.promise]]
        kept = next((moment for moment in again if moment <= word.promise), None)
        found[word.promise] = Promise(word.promise, word.at, word.channel, kept)
    return sorted(found.values(), key=lambda promise: promise.due)


def open_promise(incident: Incident) -> Promise | None:
    """The next promise to keep, or the one that was broken and not spoken to since."""
    last = max((word.at for word in incident.public_words()), default=None)
    waiting = (promise for promise in promises(incident) if promise.kept is None)
    return next((promise for promise in waiting if last is None or last <= promise.due), None)
