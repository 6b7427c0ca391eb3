"""Values shown to the operator, short and in English; what the public reads is made by `rendering`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from decimal import Decimal

from crisiscli.facts.services import STATES, Service
from crisiscli.runbook import Fact

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIZES = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))

Value = str | int | list[Service]
"""A fact's value as the ledger keeps it: JSON, see `read`."""


def show(fact: Fact, value: Value | None, zone: tzinfo) -> str:
    """The value in a few words, without its unit. Never raises: a value of the wrong shape is shown as it is."""
    if value is None:
        return "unknown"
    try:
        return _shown(fact, value, zone)
    except (ValueError, TypeError, KeyError, ArithmeticError):
        return str(value)


def _shown(fact: Fact, value: Value, zone: tzinfo) -> str:
    if isinstance(value, list):
        return "; ".join(_service(service, zone) for service in worst_first(value))
    if fact.type == "choice":
        return fact.options.get(str(value), str(value))
    if fact.type == "time":
        return _clock(str(value), zone)
    return _WORDS.get(fact.type, str)(value)


def worst_first(services: list[Service]) -> list[Service]:
    """Services as they are shown: what is down first, then what is slow, then what works."""
    order = {state: place for place, state in enumerate(reversed(STATES))}
    return sorted(services, key=lambda service: order.get(service.get("state", ""), len(order)))


def _clock(value: str, zone: tzinfo) -> str:
    at = datetime.fromisoformat(value).astimezone(zone)
    return f"{at:%H:%M}, {at.day} {_MONTHS[at.month - 1]}"


def _duration(seconds: int) -> str:
    words = []
    for size, name in _SIZES:
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{count} {name}")
    return " ".join(words) or "0 s"


def _service(service: Service, zone: tzinfo) -> str:
    words = [f"{service['service']}: {service['state']}"]
    if service.get("alternative"):
        words.append(f"alternative {service['alternative']}")
    if service.get("eta"):
        words.append(f"eta {_clock(service['eta'], zone)}")
    if service.get("by"):
        words[-1] += f" by {service['by']}"
    return ", ".join(words)


_WORDS: dict[str, Callable[[str | int], str]] = {
    "count": lambda value: f"{int(value):,}",
    "percent": lambda value: f"{Decimal(str(value))}%",
    "duration": lambda value: _duration(int(value)),
}
