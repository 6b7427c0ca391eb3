"""Rules about names: what points at something that is not there, or that nothing points at."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.references.asked_before_used import AskedBeforeUsed
from crisiscli.rules.references.contradiction import Contradiction
from crisiscli.rules.references.deputy import Deputy
from crisiscli.rules.references.impossible_value import ImpossibleValue
from crisiscli.rules.references.own_deputy import OwnDeputy
from crisiscli.rules.references.step_cycle import StepCycle
from crisiscli.rules.references.step_too_early import StepTooEarly
from crisiscli.rules.references.target import Target
from crisiscli.rules.references.undefined_audience import UndefinedAudience
from crisiscli.rules.references.undefined_channel import UndefinedChannel
from crisiscli.rules.references.undefined_fact import UndefinedFact
from crisiscli.rules.references.undefined_gate import UndefinedGate
from crisiscli.rules.references.undefined_language import UndefinedLanguage
from crisiscli.rules.references.undefined_message import UndefinedMessage
from crisiscli.rules.references.undefined_role import UndefinedRole
from crisiscli.rules.references.undefined_runbook import UndefinedRunbook
from crisiscli.rules.references.undefined_step import UndefinedStep
from crisiscli.rules.references.unknown_filter import UnknownFilter
from crisiscli.rules.references.unknown_layout import UnknownLayout
from crisiscli.rules.references.unreachable_step import UnreachableStep
from crisiscli.rules.references.unused_element import UnusedElement
from crisiscli.rules.references.unused_fact import UnusedFact
from crisiscli.rules.references.unused_gate import UnusedGate
from crisiscli.rules.references.unused_message import UnusedMessage
from crisiscli.rules.references.unused_role import UnusedRole
from crisiscli.rules.references.wrong_comparison import WrongComparison

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
    UnreachableStep(),
    StepTooEarly(),
    Contradiction(),
    AskedBeforeUsed(),
    UnusedRole(),
    UnusedFact(),
    UnusedMessage(),
    UnusedGate(),
    UndefinedRunbook(),
    WrongComparison(),
    OwnDeputy(),
)
