"""An e-mail: from, subject with a mark where a phone's list stops, then the body."""

from __future__ import annotations

from crisiscli.walk.seen.frames import Seen, box, cut, folded

WIDTH = 74


def mail(seen: Seen, width: int) -> list[str]:
    """The opened message."""
    wide = min(width, WIDTH)
    subject = cut(seen.title or "", seen.limit("title"), wide - 13)
    head = [f"From:    {row}" for row in folded(seen.company or "us", wide - 13)[:1]]
    head += [("Subject: " if number == 0 else "         ") + row for number, row in enumerate(subject)]
    return box([*head, "", *folded(seen.body, wide - 4)], wide, draw=seen.draw)
