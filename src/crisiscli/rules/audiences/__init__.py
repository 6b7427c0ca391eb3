"""Rules about who hears it, by which way, and when."""

from __future__ import annotations

from crisiscli.rules.audiences.all_clear_narrower import AllClearNarrower
from crisiscli.rules.audiences.audience_unreached import AudienceUnreached
from crisiscli.rules.audiences.for_nobody import ForNobody
from crisiscli.rules.audiences.front_line_after_customers import FrontLineAfterCustomers
from crisiscli.rules.audiences.late_word import LateWord
from crisiscli.rules.audiences.misses_audience import MissesAudience
from crisiscli.rules.audiences.no_fallback import NoFallback
from crisiscli.rules.audiences.not_spoken_to import NotSpokenTo
from crisiscli.rules.audiences.only_channels_that_fall import OnlyChannelsThatFall
from crisiscli.rules.audiences.only_social import OnlySocial
from crisiscli.rules.base import Rule

RULES: tuple[Rule, ...] = (
    AudienceUnreached(),
    OnlySocial(),
    OnlyChannelsThatFall(),
    NoFallback(),
    FrontLineAfterCustomers(),
    AllClearNarrower(),
    LateWord(),
    NotSpokenTo(),
    MissesAudience(),
    ForNobody(),
)
