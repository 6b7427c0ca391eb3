"""Rules about what must be said at each stage."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.saying.must_say import MustSay

RULES: tuple[Rule, ...] = (MustSay(),)
