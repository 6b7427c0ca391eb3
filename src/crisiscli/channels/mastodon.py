"""Mastodon: 500 characters on most instances; an address counts 23, a mention its user part."""

from __future__ import annotations

import re

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import find_links, graphemes, plain

LIMIT = 500
LINK = 23
_MENTION = re.compile(r"(?<![\w/])@(\w+)@[\w.-]+\w")


def counted(text: str) -> int:
    """The length Mastodon counts. Only addresses with http:// or https:// are links to it."""
    total, position = 0, 0
    for start, end, _ in find_links(text):
        if not text[start:end].lower().startswith("http"):
            continue
        total += _words(text[position:start]) + LINK
        position = end
    return total + _words(text[position:])


def _words(text: str) -> int:
    return graphemes(_MENTION.sub(r"@\1", text))


CHANNEL = Channel(
    id="mastodon",
    name="Mastodon",
    family="post",
    measure=plain(counted, LIMIT),
    recall="can be edited or deleted, copies stay",
)
