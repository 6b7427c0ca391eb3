"""Branches: a notice to hang up and words to say over the counter."""

from __future__ import annotations

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import plain

CHANNEL = Channel(
    id="branch",
    name="Branches",
    family="page",
    measure=plain(link_warning="a link on paper cannot be followed"),
    standing=True,
    titled=True,
    links=False,
    recall="can be taken down by the branches",
)
