"""A turn with nobody there: the step's answer comes from the answers file, or the walk stops and says what to add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from crisiscli.clocks import duration
from crisiscli.errors import AnswerNeeded
from crisiscli.journal import Journal
from crisiscli.screen import Option
from crisiscli.steps.base import Step
from crisiscli.terminal.scripted import Scripted


class Recorder(Protocol):
    """The part of a walk that a turn without a person needs."""

    journal: Journal

    def tell(self, step: Step, who: str, span: timedelta) -> None: ...

    def decide(self, step: Step, option: str, why: str) -> None: ...


def scripted_turn(walk: Recorder, terminal: Scripted, step: Step, options: Sequence[Option]) -> str:
    """The choice the answers file makes for a step, "" when it is dealt with.

    Raises AnswerNeeded with the YAML to add.
    """
    if terminal.has(f"skip.{step.id}") and step.skip != "never":
        walk.journal.record("step_skipped", step=step.id, reason=str(terminal.get(f"skip.{step.id}")))
        return ""
    if step.verb == "decide":
        return _decision(walk, terminal, step, options)
    if step.verb in ("ask", "send"):
        return options[0].value
    key = f"steps.{step.id}"
    if step.verb == "switch":
        return _runbook(terminal, step, options)
    if not terminal.has(key):
        answer = "[role, role]" if step.verb == "call" else f'"{getattr(step, "answer", None) or "done"}"'
        raise AnswerNeeded(
            f"Step {step.id} has no answer: {step.text}",
            key=key,
            snippet=f"steps:\n  {step.id}: {answer}   # or  skip: {{{step.id}: why}}",
        )
    given = terminal.get(key)
    if isinstance(given, Mapping) and "told" in given:
        walk.tell(step, str(given["told"]), duration(str(given.get("back", "5m"))))
        return ""
    return options[0].value


def _runbook(terminal: Scripted, step: Step, options: Sequence[Option]) -> str:
    key, legal = f"steps.{step.id}", [option.value.removeprefix("runbook:") for option in options]
    name = terminal.get(key) if terminal.has(key) else None
    if name not in legal:
        said = f"{name!r} is not one of its runbooks" if name is not None else "the runbook is not chosen"
        raise AnswerNeeded(f"Step {step.id}: {said}", key=key, snippet=f"steps:\n  {step.id}: {' | '.join(legal)}")
    return f"runbook:{name}"


def _decision(walk: Recorder, terminal: Scripted, step: Step, options: Sequence[Option]) -> str:
    key = f"decisions.{step.id}"
    legal = [option.value.removeprefix("option:") for option in options]
    given = terminal.get(key) if terminal.has(key) else None
    name = given.get("choose") if isinstance(given, Mapping) else given
    if isinstance(name, bool):
        name = "yes" if name else "no"
    if name not in legal:
        said = f"{name!r} is not one of its options" if given is not None else f"it is not decided: {step.text}"
        snippet = f"decisions:\n  {step.id}: {' | '.join(legal)}"
        raise AnswerNeeded(f"Step {step.id}: {said}", key=key, snippet=snippet)
    if isinstance(given, Mapping) and given.get("why"):
        walk.decide(step, str(name), str(given["why"]))
        return ""
    return f"option:{name}"
