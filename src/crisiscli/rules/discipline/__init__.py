"""Rules about what must not be said, or done, in a crisis."""

from __future__ import annotations

from crisiscli.rules.base import Rule

RULES: tuple[Rule, ...] = ()
