"""`call`: people are called; one tick list, not twelve questions."""

from __future__ import annotations

from typing import ClassVar

from crisiscli.screen import Line, Option
from crisiscli.shape import noun
from crisiscli.steps.base import Step, Walk


@noun
class Call(Step):
    """People are called; one tick list, not twelve questions."""

    verb: ClassVar[str] = "call"

    call: tuple[str, ...]
    """The roles to call."""

    @property
    def text(self) -> str:
        return f"Call: {', '.join(self.call)}"

    def run(self, walk: Walk) -> None:
        body = [Line(f"Call  {', '.join(walk.title(role) for role in self.call)}", "strong")]
        if walk.turn(self, body, [Option("d", "tick", "tick who is on the call")]) != "tick":
            return
        present = walk.call(self, self.call)
        if present is not None:
            walk.answered(self, present)
