"""Rules about whether the runbook can be used tonight."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.readiness.no_holding import NoHolding
from crisiscli.rules.readiness.no_lead import NoLead

RULES: tuple[Rule, ...] = (
    NoHolding(),
    NoLead(),
)
