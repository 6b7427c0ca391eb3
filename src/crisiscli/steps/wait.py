"""`wait`: nothing happens until a time, and the wait can be cut short."""

from __future__ import annotations

from typing import ClassVar

from crisiscli.screen import Line, Option
from crisiscli.shape import noun
from crisiscli.steps.base import Step, Walk


@noun
class Wait(Step):
    """Nothing happens until a time, and the wait can be cut short."""

    verb: ClassVar[str] = "wait"

    wait: str
    """How long (`30m`), or until when (`T+2h`)."""
    then: str | None = None
    """What comes after it."""

    @property
    def text(self) -> str:
        return f"Wait {self.wait}" + (f", then: {self.then}" if self.then else "")

    def run(self, walk: Walk) -> None:
        body = [Line(self.text, "strong")]
        options = [Option("d", "done", "the wait is over")]
        if not self.wait.startswith("T+"):
            options.append(Option("1", "begin", f"it begins now: you are asked again in {self.wait}"))
        chosen = walk.turn(self, body, options)
        if chosen == "done":
            walk.answered(self, "waited")
        elif chosen == "begin":
            walk.look_again(self, f"waiting {self.wait}", self.wait)
