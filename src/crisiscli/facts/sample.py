"""A stand-in for a value nobody knows yet: for previews and for measuring texts before a crisis."""

from __future__ import annotations

from datetime import UTC, datetime

from crisiscli.facts.reading import read
from crisiscli.facts.show import Value
from crisiscli.runbook import Fact

_MOMENT = datetime(2026, 9, 30, 20, 30, tzinfo=UTC)
_PLAIN: dict[str, Value] = {
    "yes_no": "yes",
    "text": "(not known yet)",
    "count": 12_000,
    "percent": 60,
    "time": _MOMENT.isoformat(),
    "duration": 5_400,
}


def sample(fact: Fact) -> Value:
    """The fact's `longest` when it reads as its type, else a plain value of that type."""
    if fact.longest:
        try:
            return read(fact, fact.longest, _MOMENT, UTC)
        except ValueError:
            if fact.type == "text":
                return fact.longest
    if fact.type == "choice":
        return max(fact.options, key=lambda option: len(fact.options[option]), default="")
    if fact.type == "services":
        return [{"service": name, "state": "down", "alternative": "..."} for name in fact.of or ("service",)]
    return _PLAIN[fact.type]
