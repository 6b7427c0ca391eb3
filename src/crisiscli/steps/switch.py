"""`switch`: it is clear what happened; the incident goes on with the runbook for it."""

from __future__ import annotations

from typing import ClassVar

from crisiscli.screen import Line, Option, letter
from crisiscli.shape import noun
from crisiscli.steps.base import Step, Walk


@noun
class Switch(Step):
    """It is clear what happened; the incident goes on with the runbook for it."""

    verb: ClassVar[str] = "switch"

    switch: dict[str, str]
    """Runbook ids and when each is the right one. T0, facts, roles and what was said are carried along."""

    @property
    def text(self) -> str:
        return f"Which runbook is it: {', '.join(self.switch)}"

    def run(self, walk: Walk) -> None:
        body: list[Line | str] = [Line("Which runbook is it?", "strong")]
        choices = [
            Option(letter(number), f"runbook:{name}", f"{name}: {meaning}")
            for number, (name, meaning) in enumerate(self.switch.items())
        ]
        chosen = walk.turn(self, body, choices)
        if chosen.startswith("runbook:"):
            walk.switch(self, chosen.removeprefix("runbook:"))
