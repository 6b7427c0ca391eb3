"""Press release: a headline and paragraphs, handed to the press."""

from __future__ import annotations

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import plain

CHANNEL = Channel(
    id="press",
    name="Press",
    family="page",
    measure=plain(),
    limits=False,
    titled=True,
    recall="cannot be unsent; a correction can follow",
)
