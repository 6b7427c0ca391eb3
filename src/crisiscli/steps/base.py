"""Step: what every line of the checklist has, and what a step may do while it is walked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from crisiscli.screen import Line, Option, Terminal
from crisiscli.shape import Noun, noun

Condition = dict[str, Any] | list[Any]
"""Conditions are data; `conditions.read` gives them meaning."""


class Walk(Protocol):
    """What a step may do: talk, record, and ask the walk for the larger moves."""

    @property
    def terminal(self) -> Terminal: ...

    def turn(self, step: Step, body: Sequence[Line | str], options: Sequence[Option]) -> str:
        """Shows the step with its heading, offers `options` beside the keys every step has, returns the value."""
        ...

    def question(self, fact: str) -> str:
        """How a fact is asked for."""
        ...

    def title(self, role: str) -> str:
        """How a role is called on the phone."""
        ...

    def answered(self, step: Step, value: Any, how: str = "confirmed") -> None:
        """Records the answer of a step; `how` is `sensed` or `confirmed`."""
        ...

    def ask_facts(self, names: Sequence[str]) -> bool:
        """Asks for facts one by one; False when the person went back before the last."""
        ...

    def call(self, step: Step, roles: Sequence[str]) -> list[str] | None:
        """The call as one tick list; returns the roles that answered, None when the person went back."""
        ...

    def decide(self, step: Step, option: str, why: str) -> None:
        """Records a decision with what was known."""
        ...

    def switch(self, step: Step, runbook: str) -> bool:
        """Moves on to another runbook, with T0, facts, roles and what was said; False when it cannot be read."""
        ...

    def look_again(self, step: Step, value: str, after: str) -> None:
        """Records what was seen and asks again after a duration; the step stays open."""
        ...

    def send(self, step: Step | None, message: str) -> bool:
        """Preview, approval, sending and handing over of one message; True when it is out or handed."""
        ...

    def is_out(self, message: str) -> bool:
        """True when a person need not look at a message again: every text that is owed is out or handed."""
        ...


@noun
class Step(Noun):
    """One line of the checklist. Exactly one verb key says what it is."""

    verb: ClassVar[str] = ""

    id: str
    """A fixed name, unique in the runbook, lower case with dashes. It survives every edit."""
    by: str | None = None
    """When it is due: `T+9m` from T0 (s, m, h, d), or a plain duration from the step's opening."""
    role: str | None = None
    """Who does it. Without a role it is the lead's."""
    when: Condition | None = None
    """Only needed when this holds. An undecided condition shows the step and asks."""
    needs: tuple[str, ...] = ()
    """Steps that come first. A step whose needs are open is shown with what it waits for; nothing is blocked."""
    why: str | None = None
    """One sentence for the person who would skip it."""
    say: str | None = None
    """The sentence to say on the phone."""
    skip: str = "with a reason"
    """`never`: stays open and red until it is answered. The default asks for a reason."""
    target: str | None = None
    """The runbook's target that answering this step measures."""

    @property
    def text(self) -> str:
        """What the step tells a person to do, in one line."""
        raise TypeError(f"a step needs a verb: {self.id}")

    def run(self, walk: Walk) -> None:
        """One turn of this step with a person; records what came of it."""
        raise TypeError(f"a step needs a verb: {self.id}")

    @classmethod
    def pick(cls, value: dict[str, Any]) -> type[Step]:
        """The class for a step's data, by its verb key. Raises KeyError without exactly one verb."""
        if cls is not Step:
            return cls
        from crisiscli.steps import STEPS

        verbs = [key for key in value if key in STEPS]
        if len(verbs) != 1:
            raise KeyError(f"a step has exactly one of {', '.join(STEPS)}")
        return STEPS[verbs[0]]
