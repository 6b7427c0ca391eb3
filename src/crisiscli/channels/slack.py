"""Slack: 4,000 characters are advised; beyond 40,000 the text is cut."""

from __future__ import annotations

from crisiscli.channels.base import Channel, Measure
from crisiscli.channels.measures import ADVISED, measured, utf16_units

LIMIT = 4_000
CUT = 40_000


def _measure(title: str | None, body: str, language: str) -> list[Measure]:
    count = utf16_units(body)
    trouble = f"Slack cuts it at {CUT} characters" if count > CUT else ""
    return [Measure("body", count, LIMIT, "characters", f"{LIMIT} is {ADVISED}", trouble=trouble)]


CHANNEL = Channel(
    id="slack",
    name="Slack",
    family="chat",
    measure=measured(_measure),
    recall="can be edited or deleted",
)
