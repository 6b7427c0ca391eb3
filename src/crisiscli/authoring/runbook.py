"""A runbook of one's own: a shipped scenario as a copy, or a blank one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crisiscli.authoring.blank import blank
from crisiscli.authoring.copying import Copy
from crisiscli.authoring.quoting import modeline, quoted
from crisiscli.authoring.setup import Setup
from crisiscli.authoring.writing import Wanted


def runbook(setup: Setup) -> Iterator[Wanted]:
    """The file of the runbook, when one is wanted."""
    if not setup.id:
        return
    text = blank(setup) if setup.source is None else copied(setup, setup.source)
    yield Wanted(setup.runbooks / f"{setup.id}.yaml", text, "steps, facts, every text")


def copied(setup: Setup, source: Path) -> str:
    """The shipped file with its comments, under its new name, in the languages that are wanted, signed by nobody else.

    Nobody has drilled it, so `rehearsed` is empty; `reviewed` is the day it was copied and who did it, and says so.
    """
    copy = Copy(source)
    copy.only_languages(setup.languages)
    for place in copy.places("messages", "*", "pre_approved"):
        copy.drop(place)
    copy.value(("version",), "1")
    old = copy.value(("id",), setup.id)
    for place in copy.places("phases", "*", "steps", "*", "switch", old):
        copy.rename(place, setup.id)
    if setup.title:
        copy.value(("title",), quoted(setup.title))
    for seal in ("reviewed", "rehearsed"):
        copy.drop((seal,))
    copy.before(("t0",), *_seals(setup))
    head = [
        modeline(setup.seen_from(setup.runbooks), "runbook"),
        f"# Copied from `{old}` of crisis {setup.version} on {setup.today}. It is yours: change every word you like.",
        "#",
    ]
    return "\n".join([*head, *copy.lines()]) + "\n"


def _seals(setup: Setup) -> list[str]:
    return [
        "# Nobody has read this copy for your company yet: the day below is the one it was copied on.",
        "# Read every text aloud, mend it, then write your own day and name.",
        "reviewed:",
        f"  on: {setup.today}",
        f"  by: {quoted(setup.person)}",
        f"rehearsed:                      # stays empty until you drilled it: crisis drill {setup.id}",
    ]
