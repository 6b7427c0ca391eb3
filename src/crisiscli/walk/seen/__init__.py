"""How a text looks to whoever gets it, one look per file. A new look is one file here and one line below."""

from __future__ import annotations

from collections.abc import Callable

from crisiscli.channels import CHANNELS
from crisiscli.walk.seen.chat import chat
from crisiscli.walk.seen.frames import Seen
from crisiscli.walk.seen.mail import mail
from crisiscli.walk.seen.phone import phone
from crisiscli.walk.seen.post import post
from crisiscli.walk.seen.sheet import sheet
from crisiscli.walk.seen.sms import sms
from crisiscli.walk.seen.spoken import spoken

Look = Callable[[Seen, int], list[str]]

LOOKS: dict[str, Look] = {
    "push": phone,
    "in_app": phone,
    "sms": sms,
    "email": mail,
    "post": post,
    "short": phone,
    "page": sheet,
    "spoken": spoken,
    "chat": chat,
}
"""By channel, else by family."""


def look_of(channel: str) -> Look:
    """How a channel shows its texts."""
    return LOOKS.get(channel) or LOOKS[CHANNELS[channel].family]


__all__ = ["LOOKS", "Look", "Seen", "look_of"]
