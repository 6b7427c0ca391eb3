"""Facebook page: 63,206 characters."""

from __future__ import annotations

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import plain, utf16_units

CHANNEL = Channel(
    id="facebook",
    name="Facebook",
    family="post",
    measure=plain(utf16_units, 63_206),
    recall="can be edited or deleted, copies stay",
)
