"""Website banner: stays up until it is taken down; our own page sets the limits."""

from __future__ import annotations

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import plain

CHANNEL = Channel(
    id="website",
    name="Website",
    family="page",
    measure=plain(),
    limits=False,
    standing=True,
    titled=True,
    recall="can be replaced or taken down",
)
