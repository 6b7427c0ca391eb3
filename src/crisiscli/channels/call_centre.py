"""Call centre: what agents say when they are asked."""

from __future__ import annotations

from crisiscli.channels.base import Channel, Measure
from crisiscli.channels.measures import find_links, measured
from crisiscli.channels.speech import seconds


def _measure(title: str | None, body: str, language: str) -> list[Measure]:
    detail = "a link cannot be clicked in spoken words" if next(find_links(body), None) else ""
    return [Measure("body", seconds(body, language), None, "seconds", detail)]


CHANNEL = Channel(
    id="call_centre",
    name="Call centre",
    family="spoken",
    measure=measured(_measure),
    standing=True,
    links=False,
    recall="can be replaced; what was said stays said",
)
