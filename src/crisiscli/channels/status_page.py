"""Status page: an incident with a name (255 characters) and a body (25,000), as Statuspage takes them."""

from __future__ import annotations

from crisiscli.channels.base import Channel
from crisiscli.channels.measures import plain

CHANNEL = Channel(
    id="status_page",
    name="Status page",
    family="page",
    measure=plain(limit=25_000, title_limit=255, needs_title="a status page needs a title: the name of the incident"),
    standing=True,
    titled=True,
    recall="can be updated or resolved, subscribers keep their copy",
)
