"""Drafting: where the words that are being typed are kept while an incident is walked."""

from __future__ import annotations

from pathlib import Path

from crisiscli.dispatch import Desk
from crisiscli.screen import Terminal


def keep_drafts(desk: Desk, terminal: Terminal) -> None:
    """From now on what is typed is kept beside the record; a record without a folder (a server) keeps no drafts."""
    store, incident = desk.journal.store, desk.journal.incident
    folder = getattr(store, "folder", None) or getattr(getattr(store, "file", None), "folder", None)
    if isinstance(folder, Path):
        place = folder / "drafts" / f"{incident.mode.lower()}-{incident.code}"
        terminal.keep_drafts(place, lambda: f"{desk.journal.now().astimezone(desk.zone):%H:%M, %d %b}")
