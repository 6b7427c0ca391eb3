"""Rendering: how a planned message becomes the exact words for one channel and language."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crisiscli.facts import sample
    from crisiscli.rendering.filters import FILTERS, Filter, check_slot
    from crisiscli.rendering.layouts import check_layout
    from crisiscli.rendering.renderer import Rendered, Renderer
    from crisiscli.rendering.tongue import NothingToSay, Tongue

__all__ = [
    "FILTERS",
    "Filter",
    "NothingToSay",
    "Rendered",
    "Renderer",
    "Tongue",
    "check_layout",
    "check_slot",
    "sample",
]

_HOMES = {
    **dict.fromkeys(("FILTERS", "Filter", "check_slot"), "crisiscli.rendering.filters"),
    **dict.fromkeys(("Rendered", "Renderer"), "crisiscli.rendering.renderer"),
    **dict.fromkeys(("NothingToSay", "Tongue"), "crisiscli.rendering.tongue"),
    "check_layout": "crisiscli.rendering.layouts",
    "sample": "crisiscli.facts",
}


def __getattr__(name: str) -> Any:
    """Each part is imported when it is first asked for: to know the filters, lint needs no renderer."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(_HOMES[name]), name)
