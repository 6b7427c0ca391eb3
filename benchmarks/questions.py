"""How many questions before the first instruction, answers before `holding` is approved, and keys for a `do` step."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import Row
from crisiscli.cli.outside import Flags, Outside
from crisiscli.cli.start import start
from crisiscli.incident import Event
from crisiscli.loader import load
from crisiscli.loader.shipped import find_runbooks, shipped
from crisiscli.runbook import Runbook
from crisiscli.screen import Check, Line, Option

FIRST, APPROVED, KEYS = 2, 12, 2
MOST = 400
"""More questions than this mean that the answers here lead nowhere."""
TYPED = ("", "in 45 min", "45m", "10", "Testowa wiadomość", "cards: works")
"""What is typed where words are asked for: the first that the question takes."""


class Approved(Exception):
    """The first words have their yes."""


class Counting:
    """A person who answers every question at once and is asked no other way: it counts.

    `straight` goes from the first step to the one that sends `target`; otherwise every step is answered in order.
    """

    interactive = True

    def __init__(self, target: str, *, straight: bool, done: Callable[[], bool]) -> None:
        self.target = target
        self.straight = straight
        self.done = done
        self.answers = 0
        self.before_instruction: int | None = None
        self.keys: dict[str, int] = {}

    def attach(self, bar: Callable[[], str], poll: Callable[[], Sequence[Line]]) -> None:
        del bar, poll

    def say(self, *lines: Line | str) -> None:
        del lines

    def choose(
        self,
        key: str,
        question: str,
        options: Sequence[Option],
        *,
        default: str | None = None,
        record: bool = True,
        snippet: str = "",
    ) -> str:
        del question, default, record, snippet
        self._count(key)
        able = {option.value for option in options if not option.off}
        wanted = {"approve.how": "self", "pick.step": self.target}.get(key, "")
        if key.startswith("check."):
            wanted = "go on"
        if key.startswith("message."):
            wanted = next(value for value in ("approve", "send", "back") if value in able)
        if key.startswith("steps.") and self.straight and key != f"steps.{self.target}":
            wanted = "overview"
        if key == "runbook":
            wanted = self.runbook
        return wanted if wanted in able else next(option.value for option in options if not option.off)

    runbook = ""

    def ask(
        self,
        key: str,
        question: str,
        *,
        hint: str = "",
        default: str = "",
        check: Check | None = None,
        snippet: str = "",
    ) -> str:
        del question, hint, snippet
        self._count(key)
        if default:
            return default
        first = 1 if key.startswith("facts.") else 0
        return next((typed for typed in TYPED[first:] if check is None or check(typed) is None), TYPED[-1])

    def tick(self, key: str, question: str, items: Sequence[Option], ticked: Collection[str] = ()) -> list[str]:
        del question, ticked
        self._count(key)
        return [item.value for item in items if not item.off]

    def type_word(self, key: str, question: str, word: str, *, snippet: str = "") -> bool:
        del question, word, snippet
        self._count(key)
        return True

    def edit(self, key: str, text: str, meter: Callable[[str], str]) -> str | None:
        del text, meter
        self._count(key)
        return None

    def compose(self, key: str, text: str, about: Sequence[str], check: Check) -> str | None:
        del text, about, check
        self._count(key)
        return None

    no_editor = "nobody sits here"

    def keep_drafts(self, folder: Path, wall: Callable[[], str]) -> None:
        del folder, wall

    def copy(self, text: str) -> str:
        del text
        return "Copied."

    def _count(self, key: str) -> None:
        if key.startswith("steps.") and self.before_instruction is None:
            self.before_instruction = self.answers
        if self.done():
            raise Approved
        self.answers += 1
        # one key for a menu; the ENTER after a line or a list, whose words are the observed value
        self.keys[key] = self.keys.get(key, 0) + 1
        assert self.answers < MOST, f"the answers lead nowhere: {key}"


@dataclass(frozen=True)
class Count:
    """What a walk to the approved holding text took.

    `questions` stood on the screen, menus included; `answers` are what she had to know or decide: a step's
    observed value, a fact, a decision, a yes. That is also what an answers file must hold. `keys` is the most that
    a `do` step took besides typing its observed value.
    """

    before_instruction: int
    questions: int
    answers: int
    keys: int


def walked(name: str, runbook: Runbook, *, straight: bool) -> Count:
    """Walks until the first text of the holding message is approved."""
    holding = runbook.holding()
    target = next(step.id for step in runbook.steps() if holding in getattr(step, "send", ()))
    with state():
        outside = Outside(Flags())

        def approved() -> bool:
            codes = [heading.code for heading in outside.store.headings()]
            return any(
                one.rendering.startswith(f"{holding}/") for code in codes for one in outside.store.approvals(code)
            )

        person = Counting(target, straight=straight, done=approved)
        person.runbook = name
        outside.__dict__["terminal"] = person
        with contextlib.suppress(Approved):
            start(outside)
        assert approved(), "the walk ended without an approval"
        store = outside.store
        answers = answered(runbook, store.events(store.headings()[0].code))
    assert person.before_instruction is not None
    does = {step.id for step in runbook.steps() if step.verb == "do"}
    keys = max((n for key, n in person.keys.items() if key.removeprefix("steps.") in does), default=0)
    return Count(person.before_instruction, person.answers, answers, keys)


def answered(runbook: Runbook, events: Sequence[Event]) -> int:
    """How many answers the record holds; a step that only asks or sends is answered by its facts and its yes."""
    asking = {step.id for step in runbook.steps() if step.verb in ("ask", "send")}
    return sum(
        event.kind in ("fact_set", "decided", "approved")
        or (event.kind == "step_answered" and event.data["step"] not in asking)
        for event in events
    )


@contextlib.contextmanager
def state() -> Iterator[None]:
    """An empty state folder, and a working folder without settings."""
    before, kept = Path.cwd(), os.environ.get("CRISIS_STATE")
    with tempfile.TemporaryDirectory() as name:
        os.environ["CRISIS_STATE"] = name
        os.chdir(name)
        try:
            yield
        finally:
            os.chdir(before)
            os.environ.pop("CRISIS_STATE")
            if kept is not None:
                os.environ["CRISIS_STATE"] = kept


def measure() -> list[Row]:
    """Four rows per shipped runbook."""
    rows = []
    for name, path in find_runbooks([shipped("runbooks")]).items():
        runbook = load(path).runbook
        assert runbook is not None
        straight = walked(name, runbook, straight=True)
        in_order = walked(name, runbook, straight=False)
        first = straight.before_instruction
        rows.append(Row(f"{name}: questions before the first instruction", f"{first}", first, FIRST, unit=""))
        for how, count in (("straight to it", straight), ("every step before it answered", in_order)):
            what = f"{name}: answers until holding is approved, {how}"
            shown = f"{count.answers} answers, {count.questions} questions shown"
            rows.append(Row(what, shown, count.answers, APPROVED, unit=""))
        what = f"{name}: keys for a do step, its observed value not counted"
        rows.append(Row(what, f"{in_order.keys}", in_order.keys, KEYS, unit=""))
    return rows


if __name__ == "__main__":
    from benchmarks import as_text

    print("\n".join(as_text(measure())))
