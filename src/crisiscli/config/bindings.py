"""One channel's part of `crisis.yaml`, as a Binding. What does not hold becomes manual, with the reason."""

from __future__ import annotations

from typing import Any

from crisiscli.channels import CHANNELS
from crisiscli.clocks import duration
from crisiscli.config.company import Binding, Recording
from crisiscli.config.secrets import absolute
from crisiscli.config.sheet import Place, Sheet, located
from crisiscli.providers import PROVIDERS
from crisiscli.providers.settings import Key, is_reference, nearest

HAND = ("provider", "who", "through", "takes", "proof", "open", "place", "fallback", "prerecorded")
"""The keys every channel may have, whoever carries it."""

_SECRET_HEADERS = ("auth", "cookie", "key", "token", "secret", "password", "signature", "credential")


def read_binding(sheet: Sheet, place: Place, channel: str, value: Any) -> Binding:
    """The Binding of a channel."""
    given = sheet.mapping(place, value)
    name = sheet.text((*place, "provider"), given.get("provider"), "manual")
    maker = PROVIDERS.get(name)
    keys = {key.name: key for key in maker.KEYS} if maker else {}
    settings: dict[str, Any] = {}
    trouble = ""
    if maker is None:
        trouble = f"There is no provider `{name}`{nearest(name, PROVIDERS)}."
        sheet.find((*place, "provider"), "unknown-provider", trouble, f"One of: {', '.join(PROVIDERS)}.")
    else:
        for extra in (key for key in given if key not in HAND and key not in keys):
            sheet.unknown((*place, extra), [*HAND, *keys])
        settings, trouble = _settings(sheet, place, given, list(keys.values()))
        trouble = trouble or _noted(sheet, place, maker.trouble(settings))
        _weigh(sheet, place, name, settings)
    return Binding(
        channel,
        provider="manual" if trouble else name,
        settings={} if trouble else settings,
        trouble=trouble,
        prerecorded=_recordings(sheet, (*place, "prerecorded"), channel, given.get("prerecorded")),
        **_hand(sheet, place, given),
    )


def _noted(sheet: Sheet, place: Place, trouble: str) -> str:
    if trouble:
        sheet.find(place, "broken-binding", f"{trouble.rstrip('.')}.", key=True)
    return trouble


def _weigh(sheet: Sheet, place: Place, name: str, settings: dict[str, Any]) -> None:
    if name == "smtp" and settings.get("tls") == "none" and settings.get("password"):
        what = "With `tls: none` the password crosses the network in the open."
        sheet.find((*place, "tls"), "open-login", what, "Use `tls: starttls` or `tls: tls`.", level="warning")


def _hand(sheet: Sheet, place: Place, given: dict[str, Any]) -> dict[str, Any]:
    hand: dict[str, Any] = {
        key: sheet.text((*place, key), given.get(key)) for key in ("who", "through", "proof", "open", "place")
    }
    if hand["open"] and not hand["open"].startswith(("https://", "http://")):
        sheet.find((*place, "open"), "wrong-value", "`open` must be a link that begins with https://.")
        hand["open"] = ""
    hand["fallback"] = sheet.texts((*place, "fallback"), given.get("fallback"))
    hand["takes"] = _takes(sheet, (*place, "takes"), given.get("takes"))
    return hand


def _recordings(sheet: Sheet, place: Place, channel: str, value: Any) -> tuple[Recording, ...]:
    """The prompts that are ready to be switched on; one without its number or its exact words is left out."""
    if value is None:
        return ()
    if channel in CHANNELS and CHANNELS[channel].family != "spoken":
        sheet.find(place, "wrong-value", f"`prerecorded` holds spoken prompts; {channel} is read.", key=True)
        return ()
    if not isinstance(value, list):
        sheet.find(place, "wrong-value", "`prerecorded` must be a list of message, language, prompt and words.")
        return ()
    found: dict[tuple[str, str], Recording] = {}
    for index, item in enumerate(value):
        there = (*place, index)
        one = _recording(sheet, there, item)
        if one is not None and (one.message, one.language) in found:
            sheet.find(there, "wrong-value", f"There is a prompt for {one.message} in {one.language} already.")
        elif one is not None:
            found[one.message, one.language] = one
    return tuple(found.values())


def _recording(sheet: Sheet, place: Place, value: Any) -> Recording | None:
    given = sheet.mapping(place, value, ("message", "language", "prompt", "words"))
    parts = {key: sheet.text((*place, key), given.get(key)) for key in ("message", "language", "prompt")}
    words = given.get("words")
    parts["words"] = words.strip() if isinstance(words, str) else ""
    missing = [key for key, text in parts.items() if not text]
    if missing:
        sheet.find(place, "wrong-value", f"A recorded prompt needs {', '.join(missing)}.")
        return None
    return Recording(**parts)


def _takes(sheet: Sheet, place: Place, value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        given = sheet.mapping(place, value, ("day", "night"))
        texts = {when: _duration(sheet, (*place, when), text) for when, text in given.items()}
        return {when: text for when, text in texts.items() if text}
    text = _duration(sheet, place, value) if value is not None else ""
    return {"day": text, "night": text} if text else {}


def _duration(sheet: Sheet, place: Place, value: Any) -> str:
    text = sheet.text(place, value)
    try:
        duration(text)
    except ValueError as error:
        sheet.find(place, "wrong-value", f"{error}.")
        return ""
    return text


def _settings(sheet: Sheet, place: Place, given: dict[str, Any], keys: list[Key]) -> tuple[dict[str, Any], str]:
    found: dict[str, Any] = {}
    for key in keys:
        value = given.get(key.name)
        if value is None:
            continue
        there = (*place, key.name)
        if key.kind == "mapping":
            found[key.name], trouble = _headers(sheet, there, value)
        else:
            found[key.name], trouble = _setting(sheet, there, key, value)
        if trouble:
            return {}, trouble
    return found, ""


def _setting(sheet: Sheet, place: Place, key: Key, value: Any) -> tuple[Any, str]:
    if key.secrecy != "open" and is_reference(value):
        return absolute(value, sheet.folder), ""
    if key.secrecy == "secret":
        return None, _in_the_open(sheet, place, key.name)
    wrong = _wrong(key, value)
    if wrong:
        sheet.find(place, "wrong-value", wrong)
        return None, wrong
    if key.kind in ("file", "folder"):
        return str(sheet.path(place, value) if key.kind == "file" else located(sheet.folder, value)), ""
    return (str(value) if key.kind == "text" else value), ""


def _wrong(key: Key, value: Any) -> str:
    if key.kind == "yes_no":
        return "" if isinstance(value, bool) else f"`{key.name}` must be true or false."
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return f"`{key.name}` must be a {'number' if key.kind == 'number' else 'text'}."
    if key.kind == "number":
        fits = isinstance(value, int | float) and 0 < value <= 65535
        return "" if fits else f"`{key.name}` must be a number from 1 to 65535."
    if key.one_of and value not in key.one_of:
        return f"`{key.name}` must be one of {', '.join(key.one_of)}{nearest(str(value), key.one_of)}."
    return "" if str(value).strip() and "\n" not in str(value) else f"`{key.name}` must be a text on one line."


def _headers(sheet: Sheet, place: Place, value: Any) -> tuple[dict[str, str], str]:
    found = {}
    for name, given in sheet.mapping(place, value).items():
        there = (*place, name)
        text = sheet.text(there, given)
        if is_reference(text):
            text = absolute(text, sheet.folder)
        elif any(part in name.lower() for part in _SECRET_HEADERS):
            return {}, _in_the_open(sheet, there, name)
        found[name] = text
    return found, ""


def _in_the_open(sheet: Sheet, place: Place, name: str) -> str:
    trouble = f"`{name}` is a secret and stands in the file in the open."
    cure = "Write env:NAME, keyring:SERVICE/NAME or file:PATH instead, and change the secret."
    sheet.find(place, "open-secret", trouble, cure)
    return trouble
