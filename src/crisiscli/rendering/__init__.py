"""Rendering: how a planned message becomes the exact words for one channel and language."""

from __future__ import annotations

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
