"""The rules an incident began with, joined with what only this machine knows: secrets, people, lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from crisiscli.config.company import Binding, Company, Config, Recording
from crisiscli.providers import PROVIDERS

_HAND = ("who", "through", "proof", "open", "place")


def unpinned(pinned: Mapping[str, Any], live: Config) -> Config:
    """The configuration of a running incident: `pinned` settles who carries what and whose yes counts.

    Settings the record may not hold (a URL that is itself a secret) come from `live`, as long as they lead to the
    same target. A channel whose settings can no longer be found is carried by hand, with the reason.
    """
    company = pinned.get("company", {})
    return replace(
        live,
        company=Company(company.get("name", ""), company.get("verify_route", ""), dict(company.get("tone", {}))),
        languages=tuple(pinned.get("languages", ())),
        timezone=pinned.get("timezone", ""),
        four_eyes=bool(pinned.get("four_eyes", False)),
        mass_send=pinned.get("mass_send"),
        channels={name: _binding(name, kept, live) for name, kept in pinned.get("channels", {}).items()},
        recipients={
            audience: {channel: Path(path) for channel, path in lists.items()}
            for audience, lists in pinned.get("recipients", {}).items()
        },
        region=pinned.get("region", ""),
    )


def _binding(channel: str, kept: Mapping[str, Any], live: Config) -> Binding:
    found = Binding(
        channel,
        provider=kept.get("provider", "manual"),
        takes=dict(kept.get("takes", {})),
        fallback=tuple(kept.get("fallback", ())),
        prerecorded=tuple(Recording(**one) for one in kept.get("prerecorded", ())),
        settings=dict(kept.get("settings", {})),
        trouble=kept.get("trouble", ""),
        **{key: kept.get(key, "") for key in _HAND},
    )
    if found.provider in ("", "manual"):
        return found
    maker = PROVIDERS[found.provider]
    now = live.binding(channel)
    if now.provider == found.provider and maker.where(now.settings) == kept.get("target"):
        return replace(found, settings=now.settings)
    trouble = maker.trouble(found.settings)
    if trouble:
        why = f"{channel} was bound to {kept.get('target')} when this began, and crisis.yaml no longer leads there"
        return replace(found, provider="manual", settings={}, trouble=why)
    return found
