"""The channels, one per file. A new channel is one file here and one line below."""

from __future__ import annotations

from crisiscli.channels import (
    bluesky,
    branch,
    call_centre,
    chatbot,
    email,
    facebook,
    in_app,
    intranet,
    ivr,
    linkedin,
    mastodon,
    press,
    push,
    slack,
    sms,
    status_page,
    teams,
    telegram,
    website,
    whatsapp,
    x,
)
from crisiscli.channels.base import Channel, Family, Measure

_FILES = (
    x, facebook, bluesky, mastodon, linkedin,
    push, sms, in_app,
    website, status_page, email, press, intranet, branch,
    ivr, call_centre,
    chatbot, slack, teams, telegram, whatsapp,
)  # fmt: skip

CHANNELS: dict[str, Channel] = {file.CHANNEL.id: file.CHANNEL for file in _FILES}

_ORDER: tuple[Family, ...] = ("post", "short", "page", "spoken", "chat")
FAMILIES: dict[Family, tuple[str, ...]] = {
    family: tuple(channel.id for channel in CHANNELS.values() if channel.family == family) for family in _ORDER
}

__all__ = ["CHANNELS", "FAMILIES", "Channel", "Family", "Measure"]
