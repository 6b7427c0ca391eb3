"""Stale: the same text in two languages, of which one was changed and the other not yet."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from crisiscli.incident import Event
from crisiscli.journal import Journal


class Stale(NamedTuple):
    """Another language of a text was changed, when and by whom (a person id); this one may say something else."""

    language: str
    at: datetime
    actor: str


def stale(journal: Journal, place: str) -> Stale | None:
    """What makes the text at `message/channel/language` stale, or None.

    An edit marks the other languages of the same message and channel; editing a marked one answers the mark, and so
    does going back to the runbook's words everywhere.
    """
    message, channel, language = place.split("/")
    if not any(edited.split("/")[:2] == [message, channel] for edited in journal.incident.edits):
        return None
    runbook = journal.incident.runbook
    languages = [*runbook.languages.must, *runbook.languages.follow]
    return _marks(journal.store.events(journal.code), f"{message}/{channel}", languages).get(language)


def _marks(events: list[Event], text: str, languages: list[str]) -> dict[str, Stale]:
    marks: dict[str, Stale] = {}
    edited: dict[str, Stale] = {}
    for event in events:
        if event.kind not in ("edited", "edit_dropped"):
            continue
        where, _, language = str(event.data["place"]).rpartition("/")
        if where != text:
            continue
        mark = Stale(language, event.at, event.actor)
        if event.kind == "edited":
            edited[language] = mark
            if marks.pop(language, None) is None:
                marks |= {other: mark for other in languages if other != language}
        else:
            edited.pop(language, None)
            marks = {name: found for name, found in marks.items() if language not in (found.language, name)}
            if edited:
                marks[language] = max(edited.values(), key=lambda found: found.at)
    return marks
