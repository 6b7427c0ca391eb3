"""A mapping or list while the Builder fills it."""

from __future__ import annotations

from typing import Any

from crisiscli.source.document import Node, Scalar

DROPPED = "\0"
"""Stands for a key whose value is not kept."""
ITEM = "\0-"
"""Stands for the key of an entry in a list."""


class Beginning:
    """The mark of what holds the document itself."""

    index = line = column = 0


class Frame:
    """A mapping or list that is being filled; `raw` asks for its source text instead.

    `key` is the key that waits for its value: None where a key comes next, `ITEM` in a list.
    """

    __slots__ = ("as_key", "key", "key_event", "node", "raw", "value")

    def __init__(self, value: Any, node: Node, as_key: bool) -> None:
        self.value = value
        self.node = node
        self.as_key = as_key
        self.raw = False
        self.key: str | None = ITEM if type(value) is list else None
        self.key_event: Scalar | None = None
