"""WhatsApp: a template with its values filled in has at most 1,024 characters."""

from __future__ import annotations

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import plain, utf16_units

CHANNEL = Channel(
    id="whatsapp",
    name="WhatsApp",
    family="chat",
    measure=plain(utf16_units, 1_024),
    recall="can be deleted by hand for a while, copies stay",
)
