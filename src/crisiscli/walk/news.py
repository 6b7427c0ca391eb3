"""News: what happened while a question stood open, each told once and none of it in the way of typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from crisiscli.clocks import lasting
from crisiscli.dispatch import Desk
from crisiscli.dispatch.handing import due_answers
from crisiscli.incident.agenda import Item, agenda, open_promise, overdue
from crisiscli.incident.cadence import next_word
from crisiscli.incident.duties import duties
from crisiscli.screen import Line
from crisiscli.walk import drilling, ladder
from crisiscli.walk.telling import tell

BY_SENDING = ("approved", "sending", "went", "handed", "settled", "swept")
"""What this walk writes itself without taking it in at once; the rest with her name came from another terminal."""
MANY = 3
ASLEEP = timedelta(minutes=2)
"""A longer gap between two looks means that the machine slept or the program was stopped."""
SOON = (timedelta(minutes=10), timedelta(minutes=5))
"""When a promise made in public is called out: 10 minutes is time to write, at 5 an old text cannot go any more."""
DUTY_SOON = timedelta(hours=1)


class News:
    """Looks at one incident again and again; `lines` gives what is new since the last look."""

    def __init__(self, desk: Desk, at: Callable[[], str] = str) -> None:
        self.desk = desk
        self.at = at
        self.journal = desk.journal
        self.told: set[str] = set()
        self.silent = False
        self.looked = desk.journal.clock.now()

    def lines(self) -> list[Line]:
        """Everything new, the clock first."""
        if self.silent:
            self.looked = self.journal.clock.now()
            return []
        return [
            *self._clock(),
            *self.others(),
            *self._drill(),
            *self._late(),
            *self._back(),
            *self._promise(),
            *self._duties(),
        ]

    @contextmanager
    def hushed(self) -> Iterator[None]:
        """No bell while it lasts: before she could say what is done already."""
        self.silent = True
        try:
            yield
        finally:
            self.silent = False

    def _once(self, key: str) -> bool:
        fresh = key not in self.told
        self.told.add(key)
        return fresh

    def _clock(self) -> Iterator[Line]:
        before, now = self.looked, self.journal.clock.now()
        self.looked = now
        if now - before > ASLEEP:
            yield Line(
                f"{self._wall(now)}  {lasting(now - before)} went by without a look. The clock kept running.", "warn"
            )
        elif before - now > timedelta(seconds=2):
            yield Line(
                f"The machine's clock went back by {lasting(before - now)}. What is recorded keeps its times.", "warn"
            )

    def others(self) -> Iterator[Line]:
        """What other terminals wrote, and what this one wrote that others would look for: notes and facts."""
        for event in self.journal.refresh():
            words = tell(self.journal, event)
            if words and (event.actor != self.journal.actor or event.kind not in BY_SENDING):
                yield Line(f"{self._wall(event.at)}  {self.journal.name(event.actor)}: {words}")

    def _drill(self) -> Sequence[Line]:
        return drilling.arrivals(self.journal) if self.journal.incident.mode == "DRILL" else ()

    def _late(self) -> list[Line]:
        """A line per newly late step; many at once, as when she comes late, are one line."""
        now = self.journal.now()
        fresh = [item for item in overdue(agenda(self.journal.incident), now) if self._once(f"late {item.step.id}")]
        if len(fresh) > MANY:
            names = ", ".join(item.step.id for item in fresh[:MANY])
            return [Line(f"! OVERDUE  {len(fresh)} steps: {names} ...  (j = go there, k = tick what is done)", "late")]
        return [self._late_line(item, now) for item in fresh]

    def _late_line(self, item: Item, now: datetime) -> Line:
        late = lasting(item.late(now) or timedelta(0))
        holder = self.journal.name(self.journal.incident.holder(item.step.role or "lead"))
        where = "this step" if item.step.id == self.at() else "j = go there"
        return Line(f"! OVERDUE  {item.step.id}  {late} late  {holder}  ({where})", "late")

    def _back(self) -> Iterator[Line]:
        """Told and parked steps, tries and hand-overs whose time to look again has come."""
        now, incident = self.journal.now(), self.journal.incident
        for item in agenda(incident):
            back = item.record.back
            if item.state in ("told", "parked") and back and back <= now and self._once(f"back {item.step.id} {back}"):
                who = f": ask {self.journal.name(item.record.person)}" if item.state == "told" else ""
                yield Line(f"Check back  {item.step.id}{who}  (j = go there)", "warn")
            begun = item.starts is not None and item.starts <= now and item.open and not item.late(now)
            if begun and self._once(f"starts {item.step.id}"):
                yield Line(f"Follow-up due  {item.step.id}: {item.step.text}  (j = go there)", "warn")
        fresh = [
            one for one in ladder.check_backs(incident, now) if self._once(f"try {one.role} {one.person} {one.back}")
        ]
        yield from ladder.check_back_lines(self.desk, fresh)
        hands = [hand for hand in due_answers(self.desk, now) if self._once(f"hand {hand.dispatch} {hand.back}")]
        if len(hands) > MANY:
            yield Line(f"Check back  {len(hands)} hand-overs: are they out?  (asked before the next step)", "warn")
            return
        for hand in hands:
            yield Line(f"Check back  {hand.place}: did {hand.to} put it out?  (asked before the next step)", "warn")

    def _promise(self) -> Iterator[Line]:
        now, incident = self.journal.now(), self.journal.incident
        promise = open_promise(incident)
        if promise is not None:
            yield from self._promised(promise.due, now)
        owed = next_word(incident, now)
        if (
            owed.due is not None
            and owed.late
            and not (promise and promise.due > now)
            and self._once(f"silent {owed.due}")
        ):
            silent = lasting(owed.silence) if owed.silence else "too long"
            yield Line(f"! SILENT  nothing said in public for {silent}; a word is due  (g = speak)", "late")

    def _promised(self, due: datetime, now: datetime) -> Iterator[Line]:
        if now > due:
            if self._moving(due):
                if self._once(f"moving {due}"):
                    what = (
                        f"Promised  a word by {self._wall(due)}: it is handed over, not confirmed. Since when is it up?"
                    )
                    yield Line(f"{what}  (g = speak)", "warn")
            elif self._once(f"broken {due}"):
                yield Line(f"! PROMISE BROKEN  we said we speak by {self._wall(due)}: speak now  (g = speak)", "late")
            return
        near = [margin for margin in SOON if due - now <= margin]
        if near and self._once(f"promise {due} {near[-1]}"):
            yield Line(f"Promised  the next word by {self._wall(due)}: {lasting(due - now)} left  (g = speak)", "warn")

    def _moving(self, due: datetime) -> bool:
        """True while words that would keep a promise are in somebody's hands."""
        incident = self.journal.incident
        later = (incident.promised.get(hand.rendering) for hand in incident.hands.values() if hand.at <= due)
        return any(moment is not None and moment > due for moment in later)

    def _duties(self) -> Iterator[Line]:
        now = self.journal.now()
        for duty in duties(self.journal.incident, now):
            if duty.due is None or duty.told is not None:
                continue
            if now > duty.due and self._once(f"duty {duty.name} over"):
                yield Line(
                    f"! OVERDUE  clock {duty.name}: tell {duty.clock.tell}  {lasting(now - duty.due)} late", "late"
                )
            elif timedelta(0) <= duty.due - now <= DUTY_SOON and self._once(f"duty {duty.name} soon"):
                yield Line(f"Clock  {duty.name}: tell {duty.clock.tell} in {lasting(duty.due - now)}", "warn")

    def _wall(self, moment: datetime) -> str:
        return moment.astimezone(self.desk.zone).strftime("%H:%M")
