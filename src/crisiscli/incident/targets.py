"""Targets against actuals: what the runbook set out to reach, and what was reached."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from crisiscli.clocks import duration
from crisiscli.incident.state import Incident


class Target(NamedTuple):
    """One target: how long was allowed from T0, how long it took; `actual` None means not reached."""

    name: str
    allowed: timedelta
    actual: timedelta | None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """True, False, or None while it is not reached."""
        return None if self.actual is None else self.actual <= self.allowed


def targets(incident: Incident) -> list[Target]:
    """The runbook's targets with their actuals, in the runbook's order."""
    return [_target(incident, name, duration(allowed)) for name, allowed in incident.runbook.targets.items()]


def _target(incident: Incident, name: str, allowed: timedelta) -> Target:
    computed = {"first_word": _first_word, "all_channels": _all_channels, "front_line_lag": _front_line_lag}.get(name)
    if computed is not None:
        return Target(name, allowed, *computed(incident))
    moments = [
        record.at
        for step in (*incident.walked, *incident.runbook.steps())
        if step.target == name and (record := incident.step(step.id)).state == "answered" and record.at
    ]
    return Target(name, allowed, min(moments) - incident.t0 if moments else None)


def first_word(incident: Incident) -> datetime | None:
    """When the world first heard from us, inside or outside the program."""
    return next((word.at for word in incident.public_words() if not incident.unheard(word)), None)


def _first_word(incident: Incident) -> tuple[timedelta | None, str]:
    moment = first_word(incident)
    if moment is None:
        return None, "nothing said yet"
    heard = [word for word in incident.public_words() if not incident.unheard(word)]
    return moment - incident.t0, heard[0].channel


def public_channels(incident: Incident) -> list[str]:
    """The channels of the first serious word: those the holding and the explanation are meant for."""
    found: dict[str, None] = {}
    insiders = incident.runbook.insiders()
    for message in incident.runbook.messages.values():
        public = not message.for_ or any(name not in insiders for name in message.for_)
        if public and message.stage in ("holding", "explanation"):
            found.update(dict.fromkeys(message.to))
    return list(found)


def _all_channels(incident: Incident) -> tuple[timedelta | None, str]:
    first: dict[str, datetime] = {}
    for word in (word for word in incident.public_words() if not incident.unheard(word)):
        first.setdefault(word.channel, word.at)
    named = public_channels(incident)
    lost = [channel for channel in named if incident.channel_down(channel) and channel not in first]
    wanted = [channel for channel in named if channel not in lost]
    missing = [channel for channel in wanted if channel not in first]
    without = f", without {', '.join(lost)} (down)" if lost else ""
    if missing or not wanted:
        return None, f"still silent: {', '.join(missing)}{without}" if missing else "no living channel is named"
    return max(first[channel] for channel in wanted) - incident.t0, f"{len(wanted)} channels{without}"


def _front_line_lag(incident: Incident) -> tuple[timedelta | None, str]:
    public = first_word(incident)
    inside = [word.at for word in incident.words if not word.public]
    if public is None or not inside:
        return None, "front line not told yet" if not inside else "nothing said in public yet"
    lag = min(inside) - public
    return lag, "after the public" if lag > timedelta(0) else "before or with the public"
