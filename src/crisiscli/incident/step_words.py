"""What a step tells a person to do, in words for somebody who never saw the runbook: questions and titles, no ids."""

from __future__ import annotations

from collections.abc import Sequence

from crisiscli.runbook import Runbook
from crisiscli.steps.ask import Ask
from crisiscli.steps.base import Step
from crisiscli.steps.call import Call


def step_words(runbook: Runbook, step: Step) -> str:
    """One line: `Ask: Are we under attack?`, `Call: IT operations, Press desk`, or what the step says itself."""
    if isinstance(step, Ask):
        first, *more = [question(runbook, name) for name in step.ask]
        return f"Ask: {first}" + (f" And {len(more)} more" if more else "")
    if isinstance(step, Call):
        return f"Call: {', '.join(titles(runbook, step.call))}"
    return step.text


def question(runbook: Runbook, fact: str) -> str:
    """How a fact is asked for; its id when the runbook has no such fact."""
    noun = runbook.facts.get(fact)
    return noun.ask if noun else fact


def titles(runbook: Runbook, roles: Sequence[str]) -> list[str]:
    """How roles are called on the phone."""
    return [runbook.roles[role].title if role in runbook.roles else role for role in roles]
