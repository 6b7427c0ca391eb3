"""From a YAML file to a Runbook: everything wrong is found at its line, and what can be walked is walked."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from crisiscli.loader.shipped import find_runbooks, layouts, shipped

if TYPE_CHECKING:
    from crisiscli.loader.aloud import raw_steps
    from crisiscli.loader.loading import Loaded, load, load_text

__all__ = ["Loaded", "find_runbooks", "layouts", "load", "load_text", "raw_steps", "shipped"]

_HOMES = {"Loaded": "loading", "load": "loading", "load_text": "loading", "raw_steps": "aloud"}


def __getattr__(name: str) -> Any:
    """What reads runbooks is imported when it is first asked for: finding them needs none of it."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
