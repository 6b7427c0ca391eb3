"""Rules about who hears it, by which way, and when."""

from __future__ import annotations

from crisiscli.rules.audiences.audience_unreached import AudienceUnreached
from crisiscli.rules.base import Rule

RULES: tuple[Rule, ...] = (AudienceUnreached(),)
