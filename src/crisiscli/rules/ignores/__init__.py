"""Rules about the comments that hold other findings back. `linter/suppressing.py` finds what they tell."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.ignores.ignore_not_understood import IgnoreNotUnderstood
from crisiscli.rules.ignores.ignore_without_reason import IgnoreWithoutReason
from crisiscli.rules.ignores.unused_ignore import UnusedIgnore

RULES: tuple[Rule, ...] = (
    IgnoreWithoutReason(),
    UnusedIgnore(),
    IgnoreNotUnderstood(),
)
