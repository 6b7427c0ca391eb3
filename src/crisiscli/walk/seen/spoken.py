"""A spoken text: every line with the second at which it begins."""

from __future__ import annotations

from crisiscli.channels.speech import seconds
from crisiscli.walk.seen.frames import Seen, folded

WIDTH = 60


def spoken(seen: Seen, width: int) -> list[str]:
    """The announcement as it is read out, with its end."""
    wide = min(width, WIDTH)
    rows: list[str] = []
    told, marked = "", False
    limit = next((measure.limit for measure in seen.measures if measure.unit == "seconds"), None)
    for line in filter(None, (seen.title, *seen.body.split("\n"))):
        begins = _clock(seconds(told, seen.language)) if told else "0:00"
        if limit is not None and told and seconds(told, seen.language) > limit and not marked:
            rows.append(f"-- after {limit} seconds --"[:wide])
            marked = True
        pieces = folded(line, wide - 6)
        rows += [f"{begins:>4}  {pieces[0]}", *(f"      {piece}" for piece in pieces[1:])]
        told += " " + line
    return [*rows, f"{_clock(seconds(told, seen.language)):>4}  {'end' if rows else ''}"]


def _clock(total: int) -> str:
    return f"{total // 60}:{total % 60:02}"
