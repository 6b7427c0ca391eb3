"""Bluesky: 300 characters as the eye sees them, and 3,000 bytes, both at once (app.bsky.feed.post lexicon)."""

from __future__ import annotations

from crisiscli.channels.base import Channel, Measure
from crisiscli.channels.measures import graphemes, measured, utf8_bytes


def _measure(title: str | None, body: str, language: str) -> list[Measure]:
    return [
        Measure("body", graphemes(body), 300, "characters"),
        Measure("body", utf8_bytes(body), 3_000, "bytes"),
    ]


CHANNEL = Channel(
    id="bluesky",
    name="Bluesky",
    family="post",
    measure=measured(_measure),
    recall="can be deleted, copies stay",
)
