"""Intranet: what our own people read."""

from __future__ import annotations

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import plain

CHANNEL = Channel(
    id="intranet",
    name="Intranet",
    family="page",
    measure=plain(),
    limits=False,
    titled=True,
    recall="can be replaced",
)
