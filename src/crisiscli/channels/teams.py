"""Teams: a card of at most 28 KB, its own frame included; 21 KB is where refusals were seen in practice."""

from __future__ import annotations

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import plain, utf8_bytes

CHANNEL = Channel(
    id="teams",
    name="Teams",
    family="chat",
    measure=plain(utf8_bytes, 21_000, "bytes"),
    recall="can be edited or deleted by a person",
)
