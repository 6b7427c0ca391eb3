"""In-app message: shown in our own app until it is taken down; the app sets the limits."""

from __future__ import annotations

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import plain

CHANNEL = Channel(
    id="in_app",
    name="In-app message",
    family="short",
    measure=plain(),
    limits=False,
    standing=True,
    titled=True,
    recall="can be replaced or taken down",
)
