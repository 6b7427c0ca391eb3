"""A post on a social network: who says it, then the words, with a mark where they are too long for it."""

from __future__ import annotations

from crisiscli.walk.seen.frames import OVER, Seen, box, cut, folded

WIDTH = 56


def post(seen: Seen, width: int) -> list[str]:
    """The card of the post."""
    wide = min(width, WIDTH)
    head = folded(seen.company or "our account", wide - 4)[:1]
    title = [*folded(seen.title, wide - 4), ""] if seen.title else []
    return box([*head, "", *title, *cut(seen.body, seen.limit("body"), wide - 4, OVER)], wide, draw=seen.draw)
