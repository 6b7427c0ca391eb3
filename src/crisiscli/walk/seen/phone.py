"""A push or a message inside the app: a card as wide as a phone."""

from __future__ import annotations

from crisiscli.terminal.lines import cells
from crisiscli.walk.seen.frames import Seen, box, cut, folded

WIDTH = 42
"""Columns: about what a phone shows in one line of a notification."""


def phone(seen: Seen, width: int) -> list[str]:
    """The card; what a lock screen does not show stands below a row that says so."""
    wide = min(width, WIDTH)
    inner = wide - 4
    company = folded(seen.company or "our app", inner - 5)[0]
    head = company + " " * max(1, inner - cells(company) - 3) + "now"
    title = cut(seen.title, seen.limit("title"), inner) if seen.title else []
    return box([head, *title, *cut(seen.body, seen.limit("body"), inner)], wide, draw=seen.draw, round_=True)
