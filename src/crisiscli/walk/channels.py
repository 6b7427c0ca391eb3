"""Channels as they stand in an incident: health, who carries them, what is up there, who is left without one."""

from __future__ import annotations

from typing import Any

from crisiscli.channels import CHANNELS
from crisiscli.dispatch import Desk
from crisiscli.dispatch.health import fallbacks
from crisiscli.incident import moment_of, stamp
from crisiscli.incident.records import Word
from crisiscli.incident.state import Incident
from crisiscli.journal import Journal
from crisiscli.providers import PROVIDERS
from crisiscli.screen import Line


def names(desk: Desk) -> list[str]:
    """Every channel the runbook speaks of, then those the company bound or a person spoke of."""
    incident = desk.journal.incident
    found = [channel for message in incident.runbook.messages.values() for channel in message.to]
    found += [channel for audience in incident.runbook.audiences.values() for channel in audience.reached_by]
    found += [*desk.config.channels, *incident.health, *(channel for channel, _ in incident.up)]
    for channel in list(desk.config.channels):
        found += desk.config.binding(channel).fallback
    return list(dict.fromkeys(found))


def set_health(journal: Journal, channel: str, health: str, why: str) -> None:
    """Records a channel as up, degraded or down."""
    journal.record("channel_set", channel=channel, health=health, why=why.strip())


def data(desk: Desk, channel: str) -> dict[str, Any]:
    """One channel as plain data: the `--json` of `crisis channel`."""
    journal = desk.journal
    found = journal.incident.health.get(channel)
    binding = desk.config.binding(channel)
    hand = binding.provider in ("", "manual")
    return {
        "channel": channel,
        "name": CHANNELS[channel].name if channel in CHANNELS else channel,
        "health": found.state if found else "up",
        "why": found.why if found else "",
        "since": stamp(found.at) if found else None,
        "by": journal.name(found.actor) if found else "",
        "provider": binding.provider or "manual",
        "carrier": " through ".join(part for part in (binding.who, binding.through) if part)
        if hand
        else PROVIDERS[binding.provider].where(binding.settings),
        "trouble": binding.trouble,
        "standing": channel in CHANNELS and CHANNELS[channel].standing,
        "fallback": list(fallbacks(journal.incident, desk.config, channel)),
        "up": [_up(word) for (name, _), word in journal.incident.up.items() if name == channel],
    }


def _up(word: Word) -> dict[str, Any]:
    return {"message": word.message, "language": word.language, "since": stamp(word.at), "proof": word.proof}


def lines(desk: Desk, found: dict[str, Any]) -> list[Line]:
    """One channel for a person."""
    health = str(found["health"])
    since = f" since {_wall(desk, found['since'])}, says {found['by']}" if found["since"] and health != "up" else ""
    why = f": {found['why']}" if found["why"] else ""
    carrier = f"{found['provider']}, {found['carrier']}" if found["provider"] != "manual" else found["carrier"]
    first = f"{health.upper() if health != 'up' else 'up':<9} {found['channel']:<12} {carrier or 'by hand'}{since}{why}"
    result = [Line(first, "late" if health == "down" else "warn" if health == "degraded" else "")]
    if found["trouble"]:
        result.append(Line(f"          by hand, because: {found['trouble']}", "warn"))
    if found["fallback"]:
        result.append(Line(f"          instead: {', '.join(found['fallback'])}"))
    for word in found["up"]:
        what = "/".join(part for part in (word["message"] or "said", word["language"]) if part)
        result.append(Line(f"          up there: {what} since {_wall(desk, word['since'])}"))
    return result


def consequences(desk: Desk, channel: str) -> list[Line | str]:
    """Who loses a channel that is down: each audience with the living channels it has left."""
    incident = desk.journal.incident
    if not incident.channel_down(channel):
        return [f"Words go out on {channel} again."]
    result: list[Line | str] = [f"Nothing on {channel} counts as having reached anybody until it is up again."]
    named = fallbacks(incident, desk.config, channel)
    for name, audience in incident.runbook.audiences.items():
        if channel not in audience.reached_by:
            continue
        living = [one for one in audience.reached_by if not incident.channel_down(one)]
        if living:
            result.append(f"  {name} ({audience.who}): {', '.join(living)}")
        else:
            instead = f"; try {', '.join(named)}" if named else ""
            result.append(Line(f"  {name} ({audience.who}): NO living channel{instead}", "late"))
    return [*result, *_waiting(incident, channel)]


def _waiting(incident: Incident, channel: str) -> list[Line | str]:
    """Hand-overs on the channel that nobody answered: they may be stuck there."""
    stuck = [hand for hand in incident.hands.values() if hand.rendering.split("/")[1] == channel]
    return [Line(f"  handed over there and not answered: {hand.rendering.partition('@')[0]}", "warn") for hand in stuck]


def _wall(desk: Desk, text: str) -> str:
    return moment_of(text).astimezone(desk.zone).strftime("%H:%M")
