"""Rules about names: what points at something that is not there, or that nothing points at."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.references.deputy import Deputy
from crisiscli.rules.references.impossible_value import ImpossibleValue
from crisiscli.rules.references.step_cycle import StepCycle
from crisiscli.rules.references.target import Target
from crisiscli.rules.references.undefined_audience import UndefinedAudience
from crisiscli.rules.references.undefined_channel import UndefinedChannel
from crisiscli.rules.references.undefined_fact import UndefinedFact
from crisiscli.rules.references.undefined_gate import UndefinedGate
from crisiscli.rules.references.undefined_language import UndefinedLanguage
from crisiscli.rules.references.undefined_message import UndefinedMessage
from crisiscli.rules.references.undefined_role import UndefinedRole
from crisiscli.rules.references.undefined_step import UndefinedStep
from crisiscli.rules.references.unknown_filter import UnknownFilter
from crisiscli.rules.references.unknown_layout import UnknownLayout
from crisiscli.rules.references.unused_element import UnusedElement

RULES: tuple[Rule, ...] = (
    UndefinedRole(),
    Deputy(),
    UndefinedStep(),
    StepCycle(),
    UndefinedFact(),
    UndefinedMessage(),
    UndefinedChannel(),
    UndefinedAudience(),
    UnusedElement(),
    UndefinedGate(),
    Target(),
    UnknownFilter(),
    UnknownLayout(),
    ImpossibleValue(),
    UndefinedLanguage(),
)
