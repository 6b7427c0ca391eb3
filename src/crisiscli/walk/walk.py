"""The walk: one step after another, every answer on disk before the next question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from crisiscli.clocks import duration
from crisiscli.dispatch import Desk, recover
from crisiscli.errors import AnswerNeeded, CrisisError, Interrupted
from crisiscli.incident import stamp, step_words
from crisiscli.incident.agenda import Item, agenda, current
from crisiscli.screen import Line, Option, Terminal
from crisiscli.steps.base import Step
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk import (
    aside,
    calls,
    carrying,
    coming_back,
    ending,
    going_on,
    keys,
    ladder,
    late,
    leading,
    phases,
    recording,
    sensing,
    speaking,
    switching,
    watching,
)
from crisiscli.walk.bar import bar
from crisiscli.walk.drafting import keep_drafts
from crisiscli.walk.heading import step_lines
from crisiscli.walk.news import News
from crisiscli.walk.unattended import scripted_turn

Result = Literal["ended", "paused", "done"]


class Pause(Exception):
    """The person wants to stop for now; everything is saved."""


class Walk:
    """Walks one incident with one person at one terminal."""

    def __init__(self, desk: Desk, terminal: Terminal) -> None:
        self.desk = desk
        self.journal = desk.journal
        self._terminal = terminal
        self.left: set[str] = set()
        self.chosen: str = ""
        self.phase: str = ""
        self.at: str = ""
        """The step she stands at; "" while none is open."""
        self.news = News(desk, lambda: self.at)
        keep_drafts(desk, terminal)
        terminal.attach(lambda: bar(self.journal, self.at), self.news.lines)

    @property
    def terminal(self) -> Terminal:
        return self._terminal

    def run(self) -> Result:
        """Goes on until the incident is ended or the person pauses. Raises Interrupted when the person leaves."""
        recover(self.desk)
        if not carrying.ask_unknown(self.desk, self.terminal):
            self.terminal.say(Line("It stays UNKNOWN in status until somebody looks.", "warn"))
        with self.news.hushed():
            late.at_start(self.desk, self.terminal)
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
                picked, self.chosen = bool(self.chosen), ""
                self._enter(item, picked)
                self._one(item)
                self._moved(item)
        except Pause:
            drill = self.journal.incident.mode == "DRILL"
            saved = "Saved. The drill's clock rests." if drill else "Saved. The clock keeps running."
            self.terminal.say("", Line(saved, "strong"), *going_on.lines(self.journal, self.desk.zone))
            return "paused"
        return "ended"

    def _enter(self, item: Item, picked: bool) -> None:
        """Says where one phase ends and the next begins; a step that was picked comes without more questions."""
        if item.phase == self.phase:
            return
        if self.phase:
            self.terminal.say("", phases.ended(self.journal, self.phase))
        self.phase = item.phase
        if picked:
            self.terminal.say(*phases.begins(self.journal, item))
        else:
            phases.pause(self.journal, self.terminal, item)

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
        if isinstance(self.terminal, Scripted):
            return "done"
        self.at = ""
        self.terminal.say(*going_on.resting(self.journal, self.desk.zone))
        chosen = self.terminal.choose("all.done", "What now?", keys.resting(), record=False)
        if chosen == "end":
            return "ended" if ending.end(self.desk, self.terminal) else None
        self._common(chosen, None)
        return None

    def turn(self, step: Step, body: Sequence[Line | str], options: Sequence[Option]) -> str:
        """Shows the step, offers its options beside the keys every step has; returns the step's own choice or ""."""
        self.at, items = step.id, agenda(self.journal.incident)
        item = next(found for found in items if found.step.id == step.id)
        self.terminal.say(*step_lines(self.desk, item, len(items), body))
        if isinstance(self.terminal, Scripted):
            return scripted_turn(self, self.terminal, step, options)
        while True:
            offered = keys.common(item, before=bool(recording.before(self.journal)))
            chosen = self.terminal.choose(f"steps.{step.id}", "What now?", [*options, *offered], record=False)
            if recording.moved(self.journal, self.terminal, step.id, item.record):
                return ""
            if chosen in {option.value for option in options}:
                return chosen
            if self._common(chosen, item):
                return ""

    def _common(self, chosen: str, item: Item | None) -> bool:
        """A key every step has; True when the step is left."""
        if chosen == "pause":
            raise Pause
        asides: dict[str, Callable[[], object]] = {
            "note": lambda: aside.note(self.desk, self.terminal),
            "fact": lambda: speaking.change_fact(self.desk, self.terminal, list(self.journal.incident.runbook.facts)),
            "holding": lambda: aside.holding(self.desk, self.terminal),
            "help": lambda: aside.explain(self.terminal, item),
            "roles": lambda: calls.give_role(self.desk, self.terminal),
            "speak": lambda: aside.speak(self.desk, self.terminal),
        }
        if chosen in asides:
            asides[chosen]()
            return item is not None and chosen in ("speak", "holding") and recording.is_over(self.journal, item.step.id)
        if chosen in ("overview", "jump", "step back"):
            self.chosen = self._elsewhere(chosen, item)
            return bool(self.chosen)
        if chosen == "caught up":
            return late.caught_up(self.desk, self.terminal)
        if chosen == "handover":
            return leading.hand_lead(self.desk, self.terminal)
        return item is not None and self._leave(chosen, item)

    def _elsewhere(self, chosen: str, item: Item | None) -> str:
        """The step a key leads to: picked from the list, the most overdue, or the one walked last."""
        if chosen == "overview":
            return aside.overview(self.desk, self.terminal)
        if chosen == "jump":
            return recording.jump(self.journal, self.terminal, item.step.id if item else "")
        return recording.step_back(self.journal, self.terminal)

    def _leave(self, chosen: str, item: Item) -> bool:
        if chosen == "told":
            return self._told(item.step)
        if chosen == "park":
            back = self.journal.now() + recording.CHECK_BACK
            self.journal.record("step_parked", step=item.step.id, back=stamp(back))
            self.terminal.say(f"{item.step.id} is parked; it comes back at {self._wall(back)}.")
            return True
        if chosen == "skip":
            return self._skip(item)
        if chosen == "end":
            return ending.end(self.desk, self.terminal)
        return False

    def _told(self, step: Step) -> bool:
        role = step.role or "lead"
        following = ladder.next_rung(self.desk, role)
        name = following.name if following else self.journal.name(self.journal.incident.holder(role))
        mine = name == self.journal.name(self.journal.actor)
        self.terminal.say(*ladder.ladder_lines(self.desk, role))
        hint = "a name, Enter = back" if mine else "or another name"
        who = self.terminal.ask("told.person", "Who was told?", hint=hint, default="" if mine else name)
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

    def _skip(self, item: Item) -> bool:
        reason = self.terminal.ask(f"skip.{item.step.id}", "Why is it skipped?", hint="Enter = back").strip()
        if not reason:
            return False
        if recording.record(self.journal, self.terminal, item.step.id, "step_skipped", reason=reason):
            self.terminal.say(Line(f"{item.step.id} skipped: {reason}", "warn"))
        return True

    def answered(self, step: Step, value: Any, how: str = "confirmed") -> None:
        """Records the answer of a step, unless somebody at another terminal was first."""
        how = sensing.how_out(self.journal, value) if how == "sensed" else how
        if not recording.record(self.journal, self.terminal, step.id, "step_answered", value=value, how=how):
            return
        shown = ", ".join(value) if isinstance(value, list) else str(value)
        mark = "+" if how == "sensed" else "c"
        self.terminal.say(Line(f"{mark} {step.id}: {shown}  ({self._wall(self.journal.now())})", "good"))

    def question(self, fact: str) -> str:
        return step_words.question(self.journal.incident.runbook, fact)

    def title(self, role: str) -> str:
        return ladder.title_of(self.desk, role)

    def ask_facts(self, names: Sequence[str]) -> bool:
        return speaking.learn(self.desk, self.terminal, names)

    def call(self, step: Step, roles: Sequence[str]) -> list[str] | None:
        return calls.call(self.desk, self.terminal, step.id, roles)

    def decide(self, step: Step, option: str, why: str) -> None:
        incident = self.journal.incident
        known = {name: [record.value, record.status] for name, record in incident.facts.items()}
        data = {"option": option, "why": why, "facts": known}
        if recording.record(self.journal, self.terminal, step.id, "decided", **data):
            self.terminal.say(Line(f"c {step.id}: {option}", "good"))

    def look_again(self, step: Step, value: str, after: str) -> None:
        """Keeps what was seen and brings the step back after a duration."""
        back = self.journal.now() + duration(after)
        self.journal.record("step_told", step=step.id, person=self.journal.actor, back=stamp(back), value=value)
        self.terminal.say(Line(f"c {step.id}: {value}  (next look at {self._wall(back)})", "good"))
        watching.take_readings(self.desk, self.terminal, step, value)

    def switch(self, step: Step, runbook: str) -> bool:
        with self.news.hushed():
            switched = switching.switch(self.desk, self.terminal, step, runbook)
            return switched and (late.after_switch(self.desk, self.terminal) or True)

    def send(self, step: Step | None, message: str) -> bool:
        done = speaking.speak(self.desk, self.terminal, message)
        self.terminal.say(*([] if done else speaking.owed_lines(self.desk, message)))
        return done

    def is_out(self, message: str) -> bool:
        return self.terminal.interactive and speaking.settled(self.desk, message)

    def _answers_due(self) -> None:
        """Hand-overs whose time to check back has come are asked about before the next step."""
        if not isinstance(self.terminal, Scripted):
            coming_back.due(self.desk, self.terminal)

    def _wall(self, moment: datetime) -> str:
        return moment.astimezone(self.desk.zone).strftime("%H:%M")


def _is_duration(typed: str) -> str | None:
    try:
        duration(typed.strip())
    except ValueError as error:
        return str(error)
    return None
