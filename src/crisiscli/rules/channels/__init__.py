"""Rules about what a channel can carry."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.channels.too_long import TooLong

RULES: tuple[Rule, ...] = (TooLong(),)
