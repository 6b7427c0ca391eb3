"""Push notification: what a lock screen shows, and the bytes a broadcast may have."""

from __future__ import annotations

from crisiscli.channels.base import Channel, Measure
from crisiscli.channels.measures import body_measure, characters, measured, title_measure, utf8_bytes

TITLE_SHOWN = 50
BODY_SHOWN = 178
PAYLOAD = 2_048
"""FCM takes 2,048 bytes for a topic, 4,096 for single devices (APNs as well), keys and values together."""


def _measure(title: str | None, body: str, language: str) -> list[Measure]:
    link = "a link in a push looks like an attack"
    words = utf8_bytes(body) + utf8_bytes(title or "")
    heavy = f"more than the {PAYLOAD} bytes a push to everybody can carry" if words > PAYLOAD else ""
    found = [
        body_measure(body, characters, BODY_SHOWN, "characters shown", link),
        Measure("body", words, PAYLOAD, "bytes", "title and body; the app's own keys come on top", trouble=heavy),
    ]
    if title is not None:
        found.insert(0, title_measure(title, TITLE_SHOWN))
    return found


CHANNEL = Channel(
    id="push",
    name="Push",
    family="short",
    measure=measured(_measure),
    titled=True,
    links=False,
    recall="cannot be unsent",
)
