"""Texts that do not go as they stand: too long, refused by their channel, or not written."""

from __future__ import annotations

from collections.abc import Sequence

from crisiscli.screen import Line
from crisiscli.walk.previewing import Preview

MOST = 5
"""So many are named; the others are counted."""


def misfit(one: Preview) -> str:
    """Why a text does not go as it stands, in a few words; empty when it does.

    What hangs on facts is no reason: a fact that is open, or a sentence that is left out because of one.
    """
    if one.missing:
        return one.missing
    wrong = next((measure for measure in one.measures if not measure.fits), None)
    if wrong is None:
        return ""
    part = "title " if wrong.part == "title" else ""
    return part + (wrong.trouble or f"{wrong.count} of {wrong.limit} {wrong.unit}")


def misfits(texts: Sequence[Preview]) -> list[tuple[str, str]]:
    """Each such text: its place, and why."""
    return [(one.place, why) for one in texts if (why := misfit(one))]


def lines(texts: Sequence[Preview]) -> list[Line]:
    """How many there are, and the first of them; nothing when every text goes as it stands."""
    found = misfits(texts)
    if not found:
        return []
    width = max(len(place) for place, _ in found[:MOST])
    more = [f"  and {len(found) - MOST} more"] if len(found) > MOST else []
    rows = [
        f"{counted(len(found), len(texts))} not go as {'it stands' if len(found) == 1 else 'they stand'}:",
        *(f"  {place:<{width}}  {why}" for place, why in found[:MOST]),
        *more,
    ]
    return [*(Line(row, "warn") for row in rows), Line("")]


def counted(number: int, of: int) -> str:
    """`1 of 74 texts does`, `2 of 74 texts do`."""
    return f"{number} of {of} texts {'does' if number == 1 else 'do'}"
