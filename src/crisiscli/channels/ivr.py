"""IVR: what a caller hears before anybody answers; measured in seconds, because nobody listens longer than 30."""

from __future__ import annotations

from crisiscli.channels.base import Channel, Measure
from crisiscli.channels.measures import find_links, measured
from crisiscli.channels.speech import seconds

LIMIT = 30


def _measure(title: str | None, body: str, language: str) -> list[Measure]:
    detail = "a link cannot be clicked in spoken words" if next(find_links(body), None) else ""
    return [Measure("body", seconds(body, language), LIMIT, "seconds", detail)]


CHANNEL = Channel(
    id="ivr",
    name="IVR",
    family="spoken",
    measure=measured(_measure),
    standing=True,
    links=False,
    recall="can be replaced or taken down",
)
