"""A page, a banner or a statement: the headline above the words."""

from __future__ import annotations

from crisiscli.terminal.lines import cells
from crisiscli.walk.seen.frames import Seen, box, folded

WIDTH = 74


def sheet(seen: Seen, width: int) -> list[str]:
    """The page; its headline is underlined."""
    wide = min(width, WIDTH)
    title = folded(seen.title, wide - 4) if seen.title else []
    stroke = "─" if seen.draw else "-"
    line = [stroke * max(map(cells, title)), ""] if title else []
    return box([*title, *line, *folded(seen.body, wide - 4)], wide, draw=seen.draw)
