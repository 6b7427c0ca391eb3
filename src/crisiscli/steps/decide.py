"""`decide`: the lead picks an option; both sides and what was known are kept."""

from __future__ import annotations

from typing import ClassVar

from crisiscli.screen import Line, Option
from crisiscli.shape import Noun, noun
from crisiscli.steps.base import Step, Walk


@noun
class Weigh(Noun):
    """The arguments of a decision."""

    for_: tuple[str, ...] = ()
    """What speaks for the first option."""
    against: tuple[str, ...] = ()
    """What speaks against it."""


NONE = "none"
"""The option that decides on nothing; it is a proper answer only with its reason."""


@noun
class Decide(Step):
    """The lead picks an option; both sides and what was known are kept."""

    verb: ClassVar[str] = "decide"

    decide: str
    """The question."""
    options: dict[str, str]
    """The legal answers: a short name and what it means."""
    weigh: Weigh | None = None
    """Arguments for and against, so that both are on the table at 3 a.m."""

    @property
    def text(self) -> str:
        return self.decide

    def run(self, walk: Walk) -> None:
        body: list[Line | str] = [Line(f"Decide   {self.decide}", "strong")]
        if self.weigh:
            body += [f"  for       {argument}" for argument in self.weigh.for_]
            body += [f"  against   {argument}" for argument in self.weigh.against]
        choices = [
            Option(str(number), f"option:{name}", meaning)
            for number, (name, meaning) in enumerate(self.options.items(), start=1)
        ]
        chosen = walk.turn(self, body, choices)
        if not chosen.startswith("option:"):
            return
        named = chosen.removeprefix("option:")
        check = because if named == NONE else None
        why = walk.terminal.ask(f"why.{self.id}", "Why, in one line:", hint="goes into the report", check=check)
        walk.decide(self, named, why)


def because(typed: str) -> str | None:
    """What is wrong with the reason for deciding on nothing: it must be there."""
    return None if typed.strip() else "None has a because: say it in one line, it is what people will ask."
