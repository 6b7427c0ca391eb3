"""The company's side: who carries which channel, who is reached how, who the people are."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crisiscli.config.company import Binding, Company, Config, Person
    from crisiscli.config.finding import load
    from crisiscli.config.lines import Recipient
    from crisiscli.config.pinning import pinned
    from crisiscli.config.recipients import RecipientList, read_recipients
    from crisiscli.config.secrets import resolve
    from crisiscli.config.unpinning import unpinned
    from crisiscli.providers.settings import Secret

__all__ = [
    "Binding",
    "Company",
    "Config",
    "Person",
    "Recipient",
    "RecipientList",
    "Secret",
    "load",
    "pinned",
    "read_recipients",
    "resolve",
    "unpinned",
]

_HOMES = {
    **dict.fromkeys(("Binding", "Company", "Config", "Person"), "crisiscli.config.company"),
    **dict.fromkeys(("RecipientList", "read_recipients"), "crisiscli.config.recipients"),
    "load": "crisiscli.config.finding",
    "Recipient": "crisiscli.config.lines",
    "pinned": "crisiscli.config.pinning",
    "resolve": "crisiscli.config.secrets",
    "unpinned": "crisiscli.config.unpinning",
    "Secret": "crisiscli.providers.settings",
}


def __getattr__(name: str) -> Any:
    """Each part is imported when it is first asked for: who has no crisis.yaml needs no providers."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(_HOMES[name]), name)
