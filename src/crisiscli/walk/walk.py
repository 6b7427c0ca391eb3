"""The walk: one step after another, every answer on disk before the next question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from crisiscli.clocks import duration, lasting, since
from crisiscli.dispatch import Desk, recover
from crisiscli.errors import AnswerNeeded, CrisisError, Interrupted
from crisiscli.incident import stamp
from crisiscli.incident.agenda import Item, agenda, current, overdue
from crisiscli.screen import Line, Option, Terminal
from crisiscli.steps.base import Step
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk import aside, asking, calls, carrying, ending, speaking, switching
from crisiscli.walk.heading import bar, step_lines
from crisiscli.walk.unattended import scripted_turn

Result = Literal["ended", "paused", "done"]
CHECK_BACK = timedelta(minutes=5)
MANY = 3


class Pause(Exception):
    """The person wants to stop for now; everything is saved."""


class Walk:
    """Walks one incident with one person at one terminal."""

    def __init__(self, desk: Desk, terminal: Terminal) -> None:
        self.desk = desk
        self.journal = desk.journal
        self._terminal = terminal
        self.rung: set[str] = set()
        self.left: set[str] = set()
        self.chosen: str = ""
        self.known_late: set[str] = set()
        terminal.attach(lambda: bar(self.journal), self.news)

    @property
    def terminal(self) -> Terminal:
        return self._terminal

    def run(self) -> Result:
        """Goes on until the incident is ended or the person pauses. Raises Interrupted when the person leaves."""
        recover(self.desk)
        if not carrying.ask_unknown(self.desk, self.terminal):
            self.terminal.say(Line("It stays UNKNOWN in status until somebody looks.", "warn"))
        try:
            while self.journal.incident.ended is None:
                self.journal.refresh()
                self._answers_due()
                item = self._next()
                if item is None:
                    done = self._all_done()
                    if done is not None:
                        return done
                    continue
                self.chosen = ""
                self._one(item)
                self._moved(item)
        except Pause:
            self.terminal.say("", Line("Saved. The clock keeps running.", "strong"), "Go on with: crisis resume")
            return "paused"
        return "ended"

    def _one(self, item: Item) -> None:
        try:
            item.step.run(self)
        except (AnswerNeeded, Interrupted):
            raise
        except CrisisError as error:
            if isinstance(self.terminal, Scripted):
                raise
            self.terminal.say(*(Line(line, "late") for line in error.lines()))

    def _moved(self, item: Item) -> None:
        """A script asks nobody: a step that stays open after its turn is left for a person, the others go on."""
        if isinstance(self.terminal, Scripted) and self.journal.incident.step(item.step.id).state == "open":
            self.left.add(item.step.id)

    def _next(self) -> Item | None:
        items = [item for item in agenda(self.journal.incident) if item.step.id not in self.left]
        if self.chosen:
            found = next((item for item in items if item.step.id == self.chosen), None)
            if found is not None:
                return found
        return current(items, self.journal.now())

    def _all_done(self) -> Result | None:
        """What to do when no step is open now; None goes on."""
        items = [item for item in agenda(self.journal.incident) if item.open]
        now = self.journal.now()
        if isinstance(self.terminal, Scripted):
            return "done"
        waits = [f"{item.step.id} ({item.state})" for item in items]
        self.terminal.say(
            "",
            Line(f"{since(self.journal.incident.t0, now)}  Every step is walked or rests with somebody.", "heading"),
            *([f"Resting: {', '.join(waits)}"] if waits else []),
        )
        options = [
            Option("o", "overview", "overview: pick any step, open or done"),
            Option("g", "speak", "speak: see and send any message"),
            Option("f", "fact", "change a fact"),
            Option("n", "note", "add a line to the timeline"),
            Option("x", "end", "end the incident"),
            Option("q", "pause", "pause"),
        ]
        chosen = self.terminal.choose("all.done", "What now?", options, record=False)
        if chosen == "end":
            return "ended" if ending.end(self.desk, self.terminal) else None
        self._common(chosen, None)
        return None

    def turn(self, step: Step, body: Sequence[Line | str], options: Sequence[Option]) -> str:
        """Shows the step, offers its options beside the keys every step has; returns the step's own choice or ""."""
        items = agenda(self.journal.incident)
        item = next(found for found in items if found.step.id == step.id)
        self.terminal.say(*step_lines(self.journal, item, len(items), body))
        if isinstance(self.terminal, Scripted):
            return scripted_turn(self, self.terminal, step, options)
        while True:
            choices = [*options, *_common_options(item)]
            chosen = self.terminal.choose(f"steps.{step.id}", "What now?", choices, record=False)
            if chosen in {option.value for option in options}:
                return chosen
            if self._common(chosen, item):
                return ""

    def _common(self, chosen: str, item: Item | None) -> bool:
        """A key every step has; True when the step is left."""
        if chosen == "pause":
            raise Pause
        asides: dict[str, Callable[[], None]] = {
            "note": lambda: aside.note(self.desk, self.terminal),
            "fact": lambda: speaking.change_fact(self.desk, self.terminal, list(self.journal.incident.runbook.facts)),
            "holding": lambda: aside.holding(self.desk, self.terminal),
            "help": lambda: aside.explain(self.terminal, item),
            "roles": lambda: calls.give_role(self.desk, self.terminal),
            "speak": lambda: aside.speak(self.desk, self.terminal),
        }
        if chosen in asides:
            asides[chosen]()
            return False
        if chosen == "caught up":
            return aside.caught_up(self.desk, self.terminal)
        if chosen == "overview":
            self.chosen = aside.overview(self.desk, self.terminal)
            return bool(self.chosen)
        if item is not None:
            return self._leave(chosen, item.step)
        return False

    def _leave(self, chosen: str, step: Step) -> bool:
        if chosen == "told":
            return self._told(step)
        if chosen == "park":
            back = self.journal.now() + CHECK_BACK
            self.journal.record("step_parked", step=step.id, back=stamp(back))
            self.terminal.say(f"{step.id} is parked; it comes back at {self._wall(back)}.")
            return True
        if chosen == "skip":
            return self._skip(step)
        if chosen == "end":
            return ending.end(self.desk, self.terminal)
        return False

    def _told(self, step: Step) -> bool:
        holder = self.journal.name(self.journal.incident.holder(step.role or "lead"))
        who = self.terminal.ask(
            "told.person", "Who was told?", hint="Enter = back", default="" if step.role is None else holder
        )
        if not who.strip():
            return False
        span = self.terminal.ask("told.back", "Check back in?", default="5m", check=_is_duration)
        self.tell(step, who, duration(span))
        return True

    def tell(self, step: Step, who: str, span: timedelta) -> None:
        """Records that somebody was told and when to ask again."""
        back = self.journal.now() + span
        self.journal.record("step_told", step=step.id, person=self.journal.person(who.strip()), back=stamp(back))
        self.terminal.say(f"{who} has it: {step.id}. Check back at {self._wall(back)}.")

    def _skip(self, step: Step) -> bool:
        reason = self.terminal.ask(f"skip.{step.id}", "Why is it skipped?", hint="Enter = back")
        if not reason.strip():
            return False
        self.journal.record("step_skipped", step=step.id, reason=reason.strip())
        self.terminal.say(Line(f"{step.id} skipped: {reason.strip()}", "warn"))
        return True

    def answered(self, step: Step, value: Any, how: str = "confirmed") -> None:
        """Records the answer of a step."""
        self.journal.record("step_answered", step=step.id, value=value, how=how)
        shown = ", ".join(value) if isinstance(value, list) else str(value)
        mark = "+" if how == "sensed" else "c"
        self.terminal.say(Line(f"{mark} {step.id}: {shown}  ({self._wall(self.journal.now())})", "good"))

    def ask_facts(self, names: Sequence[str]) -> bool:
        return asking.ask_facts(self.desk, self.terminal, names)

    def call(self, step: Step, roles: Sequence[str]) -> list[str] | None:
        return calls.call(self.desk, self.terminal, step.id, roles)

    def decide(self, step: Step, option: str, why: str) -> None:
        incident = self.journal.incident
        known = {name: [record.value, record.status] for name, record in incident.facts.items()}
        self.journal.record("decided", step=step.id, option=option, why=why, facts=known)
        self.terminal.say(Line(f"c {step.id}: {option}", "good"))

    def look_again(self, step: Step, value: str, after: str) -> None:
        """Keeps what was seen and brings the step back after a duration."""
        back = self.journal.now() + duration(after)
        self.journal.record("step_told", step=step.id, person=self.journal.actor, back=stamp(back), value=value)
        self.terminal.say(Line(f"c {step.id}: {value}  (next look at {self._wall(back)})", "good"))

    def switch(self, step: Step, runbook: str) -> bool:
        return switching.switch(self.desk, self.terminal, step, runbook)

    def send(self, step: Step | None, message: str) -> bool:
        return speaking.speak(self.desk, self.terminal, message)

    def _answers_due(self) -> None:
        """Hand-overs whose time to check back has come are asked about before the next step."""
        if isinstance(self.terminal, Scripted):
            return
        now = self.journal.now()
        for place, row in carrying.waiting(self.desk):
            hand = self.journal.incident.hands.get(row.id)
            if hand and hand.back and hand.back <= now and row.id not in self.rung:
                self.rung.add(row.id)
                self.terminal.say("", Line(f"{place} was handed to {hand.to} at {self._wall(hand.at)}.", "warn"))
                carrying.confirm(self.desk, self.terminal, row, place)

    def news(self) -> list[Line]:
        """What happened while a question stood open: other terminals' events, newly late steps."""
        lines = []
        for event in self.journal.refresh():
            if event.actor != self.journal.actor or event.kind in ("noted", "fact_set"):
                lines.append(Line(f"{self._wall(event.at)}  {self.journal.name(event.actor)}: {aside.tell(event)}"))
        return lines + self._newly_late()

    def _newly_late(self) -> list[Line]:
        """A line per newly late step; many at once, as when she comes late, are one line."""
        now = self.journal.now()
        fresh = [item for item in overdue(agenda(self.journal.incident), now) if item.step.id not in self.known_late]
        self.known_late.update(item.step.id for item in fresh)
        if len(fresh) > MANY:
            names = ", ".join(item.step.id for item in fresh[:MANY])
            return [Line(f"! OVERDUE  {len(fresh)} steps: {names} ...  (o = overview, k = tick what is done)", "late")]
        lines = []
        for item in fresh:
            late = lasting(item.late(now) or timedelta(0))
            holder = self.journal.name(self.journal.incident.holder(item.step.role or "lead"))
            lines.append(Line(f"! OVERDUE  {item.step.id}  {late} late  {holder}  (o = overview)", "late"))
        return lines

    def _wall(self, moment: datetime) -> str:
        return moment.astimezone(self.desk.zone).strftime("%H:%M")


def _common_options(item: Item) -> list[Option]:
    never = "it stays open until it is answered" if item.step.skip == "never" else ""
    return [
        Option("t", "told", "told somebody: check back"),
        Option("p", "park", "park for 5 min"),
        Option("s", "skip", "skip: say why", never),
        Option("f", "fact", "change a fact"),
        Option("n", "note", "note"),
        Option("h", "holding", "holding text: see and copy"),
        Option("r", "roles", "give a role away"),
        Option("k", "caught up", "tick several that are done already"),
        Option("o", "overview", "overview: pick any step"),
        Option("x", "end", "stand down, or end"),
        Option("q", "pause", "pause"),
        Option("?", "help", "help"),
    ]


def _is_duration(typed: str) -> str | None:
    try:
        duration(typed.strip())
    except ValueError as error:
        return str(error)
    return None
