"""The rules of lint, one per file. A new rule is one file here and one line below."""

from __future__ import annotations

from crisiscli.rules.audience_unreached import AudienceUnreached
from crisiscli.rules.base import Book, Rule
from crisiscli.rules.deputy import Deputy
from crisiscli.rules.impossible_value import ImpossibleValue
from crisiscli.rules.language_missing import LanguageMissing
from crisiscli.rules.must_say import MustSay
from crisiscli.rules.no_holding import NoHolding
from crisiscli.rules.no_lead import NoLead
from crisiscli.rules.reading import READING
from crisiscli.rules.shaping import SHAPING
from crisiscli.rules.step_cycle import StepCycle
from crisiscli.rules.target import Target
from crisiscli.rules.too_long import TooLong
from crisiscli.rules.undefined_audience import UndefinedAudience
from crisiscli.rules.undefined_channel import UndefinedChannel
from crisiscli.rules.undefined_fact import UndefinedFact
from crisiscli.rules.undefined_gate import UndefinedGate
from crisiscli.rules.undefined_language import UndefinedLanguage
from crisiscli.rules.undefined_message import UndefinedMessage
from crisiscli.rules.undefined_role import UndefinedRole
from crisiscli.rules.undefined_step import UndefinedStep
from crisiscli.rules.unknown_filter import UnknownFilter
from crisiscli.rules.unknown_layout import UnknownLayout
from crisiscli.rules.unused_element import UnusedElement

RULES: tuple[Rule, ...] = (
    *READING,
    *SHAPING,
    UndefinedRole(),
    Deputy(),
    UndefinedStep(),
    StepCycle(),
    UndefinedFact(),
    UndefinedMessage(),
    UndefinedChannel(),
    UndefinedAudience(),
    UnusedElement(),
    MustSay(),
    UndefinedGate(),
    Target(),
    UnknownFilter(),
    UnknownLayout(),
    ImpossibleValue(),
    UndefinedLanguage(),
    LanguageMissing(),
    AudienceUnreached(),
    TooLong(),
    NoHolding(),
    NoLead(),
)

__all__ = ["RULES", "Book", "Rule"]
