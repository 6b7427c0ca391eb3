"""E-mail: a subject and a body, one message per recipient."""

from __future__ import annotations

from crisiscli.channels.base import Channel, Measure
from crisiscli.channels.measures import ADVISED, characters, measured, title_measure

SUBJECT = 78
"""RFC 5322, 2.1.1: a line should have no more than 78 characters; mail programs cut longer subjects."""


def _measure(title: str | None, body: str, language: str) -> list[Measure]:
    subject = title_measure(
        title, SUBJECT, needs_title="an e-mail needs a title: its subject", detail=f"{SUBJECT} is {ADVISED}"
    )
    if title and "=?" in title:
        # Python before 3.11.10 turned an encoded word in a subject into further headers (CVE-2024-6923).
        subject = Measure("title", len(title), SUBJECT, "characters", trouble="a subject must not hold =?")
    return [subject, Measure("body", characters(body), None, "characters")]


CHANNEL = Channel(
    id="email",
    name="E-mail",
    family="page",
    measure=measured(_measure),
    addressed=True,
    address="email",
    titled=True,
    recall="cannot be unsent",
)
