"""`watch`: something outside is looked at again and again."""

from __future__ import annotations

from typing import ClassVar

from crisiscli.screen import Line, Option
from crisiscli.shape import noun
from crisiscli.steps.base import Step, Walk


@noun
class Watch(Step):
    """Something outside is looked at again and again; each look is a line of the timeline."""

    verb: ClassVar[str] = "watch"

    watch: str
    """What to look at."""
    every: str | None = None
    """How often (`15m`)."""

    @property
    def text(self) -> str:
        return f"Watch: {self.watch}" + (f" (every {self.every})" if self.every else "")

    def run(self, walk: Walk) -> None:
        body = [Line(self.text, "strong")]
        if walk.turn(self, body, [Option("d", "seen", "note what was seen; somebody goes on watching")]) != "seen":
            return
        seen = walk.terminal.ask(
            f"steps.{self.id}",
            "What was seen, and who goes on watching:",
            check=lambda typed: None if typed.strip() else "Say what was seen, or press Ctrl-C to leave.",
            snippet=f'steps:\n  {self.id}: "what was seen, and who watches"',
        )
        if self.every is None:
            walk.answered(self, seen)
        else:
            walk.look_again(self, seen, self.every)
