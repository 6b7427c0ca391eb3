"""The step verbs, one per file. A new verb is one file here and one line below."""

from __future__ import annotations

from crisiscli.steps.ask import Ask
from crisiscli.steps.base import Step, Walk
from crisiscli.steps.call import Call
from crisiscli.steps.decide import Decide
from crisiscli.steps.do import Do
from crisiscli.steps.send import Send
from crisiscli.steps.switch import Switch
from crisiscli.steps.wait import Wait
from crisiscli.steps.watch import Watch

STEPS: dict[str, type[Step]] = {step.verb: step for step in (Do, Ask, Decide, Call, Send, Wait, Watch, Switch)}

__all__ = ["STEPS", "Step", "Walk"]
