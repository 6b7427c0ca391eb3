"""A chat: one bubble."""

from __future__ import annotations

from crisiscli.walk.seen.frames import Seen, box, cut, folded

WIDTH = 50


def chat(seen: Seen, width: int) -> list[str]:
    """The bubble."""
    wide = min(width, WIDTH)
    title = [*folded(seen.title, wide - 4), ""] if seen.title else []
    return box([*title, *cut(seen.body, seen.limit("body"), wide - 4)], wide, draw=seen.draw, round_=True)
