"""LinkedIn page: 3,000 characters."""

from __future__ import annotations

from crisiscli.channels.base import Channel, Measure
from crisiscli.channels.measures import measured, utf16_units

LIMIT = 3_000
RESERVED = frozenset("\\|{}@[]()<>#*_~")
"""The characters of LinkedIn's "little text" that its API wants behind a backslash.

A post that holds one bare is accepted and published cut off at that place.
"""


def _measure(title: str | None, body: str, language: str) -> list[Measure]:
    found = [character for character in dict.fromkeys(body) if character in RESERVED]
    detail = f"through the API {' '.join(found)} must be escaped, or the post is cut there" if found else ""
    return [Measure("body", utf16_units(body), LIMIT, "characters", detail)]


CHANNEL = Channel(
    id="linkedin",
    name="LinkedIn",
    family="post",
    measure=measured(_measure),
    recall="can be edited or deleted, copies stay",
)
