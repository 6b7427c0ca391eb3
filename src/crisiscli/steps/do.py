"""`do`: somebody does something, and says what came of it."""

from __future__ import annotations

from typing import ClassVar

from crisiscli.screen import Line, Option
from crisiscli.shape import noun
from crisiscli.steps.base import Step, Walk


@noun
class Do(Step):
    """Somebody does something, and says what came of it."""

    verb: ClassVar[str] = "do"

    do: str
    """What to do, as an order."""
    answer: str | None = None
    """The observed value to note instead of "done": "Queue length and time of the last send"."""
    release: str | None = None
    """What this step stopped and somebody must let go again: "Start the scheduled posts". Asked before the end."""

    @property
    def text(self) -> str:
        return self.do

    def run(self, walk: Walk) -> None:
        label = "done: note what was seen" if self.answer else "done"
        if walk.turn(self, [Line(f"Do    {self.do}", "strong")], [Option("d", "done", label)]) != "done":
            return
        value = "done"
        if self.answer:
            value = walk.terminal.ask(
                f"steps.{self.id}",
                f"{self.answer}:",
                check=lambda typed: None if typed.strip() else "Say what was seen, or press Ctrl-C to leave.",
                snippet=f'steps:\n  {self.id}: "{self.answer}"',
            )
        walk.answered(self, value)
