"""What a plain word of YAML means, and how much of everything a file may hold."""

from __future__ import annotations

import re
from typing import Any

LIMIT_DEPTH = 24
LIMIT_ENTRIES = 20_000
LIMIT_SCALAR = 64 * 1024

USUAL_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")
_CORE: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}\Z")


def plain(text: str) -> Any:
    """The value of a word without quotes, by YAML 1.2's core types: `no` is a text, `0x1f` and `1e3` as well."""
    if text in _CORE:
        return _CORE[text]
    if text[0] not in "-0123456789":
        return text
    if _INTEGER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return float(text)
    return text
