"""What the record keeps of the configuration: plain JSON, without secrets and without people."""

from __future__ import annotations

from typing import Any

from crisiscli.config.company import Binding, Config
from crisiscli.providers import PROVIDERS
from crisiscli.providers.settings import Key, is_reference
from crisiscli.providers.webhook import shown_url


def pinned(config: Config) -> dict[str, Any]:
    """The configuration as an incident starts with it: strings, whole numbers, booleans, lists, mappings.

    Secrets appear only as references (`env:HOOK`); a URL that may hold one only as its target. Names and numbers
    of people are left out, because the record cannot forget them; `me` is kept when the file names it.
    """
    whole = {
        "company": {
            "name": config.company.name,
            "verify_route": config.company.verify_route,
            "tone": dict(config.company.tone),
        },
        "languages": list(config.languages),
        "timezone": config.timezone,
        "four_eyes": config.four_eyes,
        "mass_send": config.mass_send,
        "channels": {name: _binding(binding) for name, binding in config.channels.items()},
        "recipients": {
            audience: {channel: str(path) for channel, path in lists.items()}
            for audience, lists in config.recipients.items()
        },
        "store": config.store if config.store == "sqlite" or is_reference(config.store) else shown_url(config.store),
        "region": config.region,
    }
    return {key: value for key, value in whole.items() if value is not None}


def _binding(binding: Binding) -> dict[str, Any]:
    maker = PROVIDERS[binding.provider]
    kept: dict[str, Any] = {
        "provider": binding.provider,
        "target": maker.where(binding.settings),
        "who": binding.who,
        "through": binding.through,
        "takes": dict(binding.takes),
        "proof": binding.proof,
        "open": binding.open,
        "place": binding.place,
        "fallback": list(binding.fallback),
        "prerecorded": [
            {"message": one.message, "language": one.language, "prompt": one.prompt, "words": one.words}
            for one in binding.prerecorded
        ],
        "settings": _settings(binding, maker.KEYS),
        "trouble": binding.trouble,
    }
    return {key: value for key, value in kept.items() if value not in ("", [], {})}


def _settings(binding: Binding, keys: tuple[Key, ...]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key in keys:
        value = binding.settings.get(key.name)
        if value is None:
            continue
        if isinstance(value, dict):
            kept[key.name] = {name: text for name, text in value.items() if is_reference(text)}
        elif key.secrecy == "open" or is_reference(str(value)):
            kept[key.name] = str(value) if isinstance(value, float) else value
    return kept
