"""Rules about what must not be said, or done, in a crisis."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.discipline.blame import Blame
from crisiscli.rules.discipline.blame_supplier import BlameSupplier
from crisiscli.rules.discipline.conditional_apology import ConditionalApology
from crisiscli.rules.discipline.eta_without_ops import EtaWithoutOps
from crisiscli.rules.discipline.first_fifteen_gap import FirstFifteenGap
from crisiscli.rules.discipline.jargon import Jargon
from crisiscli.rules.discipline.light_without_gate import LightWithoutGate
from crisiscli.rules.discipline.light_words import LightWords
from crisiscli.rules.discipline.long_sentence import LongSentence
from crisiscli.rules.discipline.mass_without_rate import MassWithoutRate
from crisiscli.rules.discipline.minimising import Minimising
from crisiscli.rules.discipline.no_approver import NoApprover
from crisiscli.rules.discipline.no_comment import NoComment
from crisiscli.rules.discipline.no_hand_off import NoHandOff
from crisiscli.rules.discipline.no_same_channel_decision import NoSameChannelDecision
from crisiscli.rules.discipline.over_reassurance import OverReassurance
from crisiscli.rules.discipline.passive_apology import PassiveApology
from crisiscli.rules.discipline.pressure import Pressure
from crisiscli.rules.discipline.promotion import Promotion
from crisiscli.rules.discipline.same_channel_link import SameChannelLink
from crisiscli.rules.discipline.sensitive_data import SensitiveData
from crisiscli.rules.discipline.speculation import Speculation

RULES: tuple[Rule, ...] = (
    ConditionalApology(),
    PassiveApology(),
    Blame(),
    BlameSupplier(),
    OverReassurance(),
    EtaWithoutOps(),
    Promotion(),
    LightWithoutGate(),
    LightWords(),
    SensitiveData(),
    NoHandOff(),
    SameChannelLink(),
    MassWithoutRate(),
    LongSentence(),
    NoSameChannelDecision(),
    NoApprover(),
    FirstFifteenGap(),
    Speculation(),
    Jargon(),
    Minimising(),
    NoComment(),
    Pressure(),
)
