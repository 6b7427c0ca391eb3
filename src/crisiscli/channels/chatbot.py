"""Chatbot: the answer our own assistant gives until it is changed."""

from __future__ import annotations

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import plain

CHANNEL = Channel(
    id="chatbot",
    name="Chatbot",
    family="chat",
    measure=plain(),
    limits=False,
    standing=True,
    recall="can be replaced or taken down",
)
