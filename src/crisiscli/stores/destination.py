"""Destination: when two addresses are the same, and the ids that follow from where words go."""

from __future__ import annotations

import re
import unicodedata

_PHONE = re.compile(r"[+\d\s().\-/\u00a0\u2010-\u2015]+")


def same_address(address: str) -> str:
    """What two spellings of one address have in common.

    An e-mail address keeps its local part (only its own server may fold it) and folds its domain; a telephone
    number keeps its digits, a leading `00` counting as `+`; anything else keeps its characters.
    """
    text = unicodedata.normalize("NFC", address.strip())
    if "@" in text:
        local, _, domain = text.rpartition("@")
        return f"{local}@{domain.casefold()}"
    digits = "".join(character for character in text if character.isdecimal())
    if digits and _PHONE.fullmatch(text):
        return digits.removeprefix("00") if not text.startswith("+") else digits
    return text


def recipient_id(incident: str, address: str) -> str:
    """The id of whoever has this address in this incident; "" for a broadcast."""
    return "r_" + _digest(incident, same_address(address))[:20] if address.strip() else ""


def dispatch_id(incident: str, rendering: str, audience: str, address: str) -> str:
    """The same words to the same place have the same id, on every machine and at every try."""
    return "msg_" + _digest(incident, rendering, audience, same_address(address))[:26]


def _digest(*parts: str) -> str:
    import hashlib

    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
