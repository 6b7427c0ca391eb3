"""One filter for everything people wrote: characters that act on a terminal, or hide, are shown as their codes."""

from __future__ import annotations

import unicodedata

KEPT = frozenset("\n\t\u200d\ufe0f")
"""Line feed, tab, and the two joiners that emoji of everyday messages are made of."""

_ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})

# Unicode DerivedCoreProperties.txt, Default_Ignorable_Code_Point, without the ones _ACTING already covers;
# and U+2800, which draws nothing. An approver must see that something is there.
_BLANK = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2065, 0x2065),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0E),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0xE0000, 0xE0FFF),
)


def show(text: str) -> str:
    """The text with every acting or hidden character as a visible code: `\\x1b`, `\\u202e`, `\\U000e0041`.

    Line feed, tab, ZWJ and VS16 stay. The result holds no other control, format (bidi), surrogate,
    private-use, separator or blank character, and applying it twice changes nothing more.
    """
    return text.translate(_SHOWN)


def show_within(text: str, encoding: str) -> str:
    """`show`, and what `encoding` cannot carry as backslash codes too. An unknown encoding counts as ASCII."""
    shown = show(text)
    if is_utf8(encoding):
        return shown
    try:
        return shown.encode(encoding, "backslashreplace").decode(encoding)
    except (LookupError, UnicodeError):
        return shown.encode("ascii", "backslashreplace").decode("ascii")


def typed(text: str) -> str:
    """What a keyboard or pipe delivered, with bytes that were no text turned into their codes.

    Bytes a narrower stream encoding let through as surrogates are read as the UTF-8 they are.
    """
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


def is_utf8(encoding: str | None) -> bool:
    """Whether a stream with this encoding can carry every character."""
    return (encoding or "").lower().replace("-", "").replace("_", "") in {"utf8", "utf8sig", "cp65001"}


class _Shown(dict[int, str]):
    def __missing__(self, code: int) -> str:
        shown = chr(code) if _is_harmless(code) else _as_code(code)
        self[code] = shown
        return shown


def _is_harmless(code: int) -> bool:
    character = chr(code)
    if character in KEPT:
        return True
    if unicodedata.category(character) in _ACTING:
        return False
    is_noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return not is_noncharacter and not any(first <= code <= last for first, last in _BLANK)


def _as_code(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_SHOWN = _Shown()
