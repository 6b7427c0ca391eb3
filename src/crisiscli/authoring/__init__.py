"""Authoring: sets up a crisis folder, and adds runbooks to one. What is there already is never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crisiscli.authoring.checks import checks
from crisiscli.authoring.company import company
from crisiscli.authoring.editors import editors
from crisiscli.authoring.pages import pages
from crisiscli.authoring.people import people
from crisiscli.authoring.runbook import runbook
from crisiscli.authoring.schemas import schemas
from crisiscli.authoring.setup import Setup
from crisiscli.authoring.writing import Outcome, Wanted, write

__all__ = ["Outcome", "Setup", "add_runbook", "set_up"]

WRITERS: tuple[Callable[[Setup], Iterator[Wanted]], ...] = (
    company,
    runbook,
    people,
    pages,
    schemas,
    editors,
    checks,
)
"""What a crisis folder holds, one writer per kind of thing, in the order a person reads about it."""


def set_up(setup: Setup) -> Outcome:
    """Writes everything of a crisis folder that is not there. Raises FilesUnusable where it cannot be written."""
    return write([wanted for writer in WRITERS for wanted in writer(setup)])


def add_runbook(setup: Setup) -> Outcome:
    """Writes one runbook, and the schema that editors read beside it. Raises FilesUnusable like `set_up`."""
    wanted = [*runbook(setup), *(one for one in schemas(setup) if one.path.name.startswith("runbook."))]
    return write(wanted)
