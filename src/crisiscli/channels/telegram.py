"""Telegram: 4,096 UTF-16 units (Bot API, sendMessage)."""

from __future__ import annotations

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import plain, utf16_units

CHANNEL = Channel(
    id="telegram",
    name="Telegram",
    family="chat",
    measure=plain(utf16_units, 4_096),
    recall="can be edited or deleted, copies stay",
)
