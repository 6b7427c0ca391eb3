"""`ask`: facts are asked for and kept in the ledger."""

from __future__ import annotations

from typing import ClassVar

from crisiscli.screen import Line, Option
from crisiscli.shape import noun
from crisiscli.steps.base import Step, Walk


@noun
class Ask(Step):
    """Facts are asked for and kept in the ledger."""

    verb: ClassVar[str] = "ask"

    ask: tuple[str, ...]
    """The facts to ask for, in order. "Unknown" is an answer."""

    @property
    def text(self) -> str:
        return f"Ask: {', '.join(self.ask)}"

    def run(self, walk: Walk) -> None:
        body = [Line(f"Ask   {walk.question(name)}", "strong") for name in self.ask]
        if walk.turn(self, body, [Option("d", "ask", "ask now")]) != "ask":
            return
        if walk.ask_facts(self.ask):
            walk.answered(self, "asked")
