"""Following: languages that come after the first ones. A missing one never blocks; it stays open until it is said."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from crisiscli.clocks import duration
from crisiscli.incident.state import Incident


class Following(NamedTuple):
    """A public message that is still owed in one language, and by when (aware, UTC)."""

    message: str
    language: str
    due: datetime


def open_languages(incident: Incident) -> list[Following]:
    """What is owed in the languages that follow, the earliest first.

    A message is owed from its first public word in a must language on. It is owed no more once it is out, handed
    over or on its way in that language, or once newer public words of ours are.
    """
    languages = incident.runbook.languages
    began: dict[str, datetime] = {}
    for word in incident.public_words():
        if word.message and word.language in languages.must:
            began.setdefault(word.message, word.at)
    found = []
    for message, at in began.items():
        for language, within in languages.follow.items():
            if not _moving(incident, message, language) and not _newer(incident, language, at):
                found.append(Following(message, language, at + duration(within)))
    return sorted(found, key=lambda one: one.due)


def _moving(incident: Incident, message: str, language: str) -> bool:
    places = ((name.partition("@")[0].split("/"), counts) for name, counts in incident.counts.items())
    return any(
        parts[0] == message and parts[2] == language and (counts["sent"] or counts["sending"] or counts["unknown"])
        for parts, counts in places
    )


def _newer(incident: Incident, language: str, at: datetime) -> bool:
    return any(word.language == language and word.at > at for word in incident.public_words())
