"""What several channels measure: characters, bytes, what the eye sees as one, links, and what no channel can carry."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from crisiscli.channels.base import Measure

MeasureText = Callable[[str | None, str, str], list[Measure]]
Count = Callable[[str], int]

ADVISED = "advised, not a hard limit"
SUFFIXES = frozenset(
    (
        *("com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "name", "pro", "app", "dev", "online"),
        *("site", "shop", "store", "bank", "blog", "news", "cloud", "page", "link", "live", "tech", "media", "help"),
    )
)
"""Ends of addresses that everybody links without a protocol, beside the two-letter ones of countries."""

_PART = r"[^\W_](?:[\w-]{0,61}[^\W_])?\."
_LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
_LATIN = r"[a-z0-9\u00c0-\u024f](?:[a-z0-9\u00c0-\u024f-]{0,61}[a-z0-9\u00c0-\u024f])?"
_SUFFIX = r"(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})"
_PATH = r"[\w!*';:=+,.$%#\[\]\-–~@|&()?/]"
_DOTTED = re.compile(r"\.[a-z]", re.IGNORECASE)
"""What every web address has: most texts have none, and looking for this costs a tenth."""
_ALONE = re.compile(r"[\t\n\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u20ac]*")
"""Characters that are never drawn together with a neighbour: Latin letters as one code point, quotes, dashes."""
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@functools.cache
def _link() -> re.Pattern[str]:
    """An address; compiled for the first text that may have one."""
    return re.compile(
        rf"(?<![\w@$#./-])(?P<scheme>https?://)?(?P<host>(?(scheme)(?:{_PART})*{_LABEL}|{_LATIN}(?:\.{_LATIN})*))"
        rf"\.(?P<suffix>{_SUFFIX})(?![\w@-]|\.\w|[+]\S{{0,64}}@)(?::\d{{1,5}})?(?:[/?]{_PATH}*)?",
        re.IGNORECASE,
    )


def characters(text: str) -> int:
    """Code points."""
    return len(text)


def utf16_units(text: str) -> int:
    """UTF-16 units, as JavaScript and most phone apps count: an emoji is at least 2."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


def utf8_bytes(text: str) -> int:
    """Bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def clusters(text: str) -> list[str]:
    """What the eye sees as single characters: extended grapheme clusters of UAX 29."""
    if stand_alone(text):
        return list(text)
    import regex

    found: list[str] = regex.findall(r"\X", text)
    return found


def graphemes(text: str) -> int:
    """How many characters the eye sees."""
    return len(text) if stand_alone(text) else len(clusters(text))


def stand_alone(text: str) -> bool:
    """True when every character is one the eye sees by itself, as in most texts in European languages."""
    return _ALONE.fullmatch(text) is not None


def find_links(text: str) -> Iterator[tuple[int, int, bool]]:
    """Web addresses as (start, end, certain); `certain` is False when only some services would link it.

    Sentence marks after an address, and a closing bracket that was opened before it, are not part of it.
    """
    if _DOTTED.search(text) is None:
        return
    for found in _link().finditer(text):
        suffix = found["suffix"].lower()
        known = len(suffix) == 2 or suffix in SUFFIXES or suffix.startswith("xn--")
        if known or found["scheme"]:
            certain = known and all(_registrable(label) for label in found["host"].split("."))
            yield found.start(), found.start() + len(_without_tail(found.group())), certain


def _registrable(label: str) -> bool:
    """RFC 1035: 63 octets, `xn--` included where a label has other than ASCII letters."""
    return label.isascii() or len(label.encode("punycode")) + 4 <= 63


def _without_tail(address: str) -> str:
    end, open_brackets = len(address), address.count("(") - address.count(")")
    while end:
        last = address[end - 1]
        if last == ")" and open_brackets < 0:
            open_brackets += 1
        elif last.isalnum() or last in "_=#/+&-)":
            break
        elif last == "(":
            open_brackets -= 1
        end -= 1
    return address[:end]


def listed(found: list[str]) -> str:
    """Characters as a person can tell them apart: the invisible ones by number."""
    return ", ".join(
        character if character.isprintable() and not character.isspace() else f"U+{ord(character):04X}"
        for character in found
    )


def unsayable(text: str) -> str:
    """Why no channel can carry this text unchanged; empty when all can.

    Control characters, lone surrogates, and the marks that reorder or split lines (U+2028, U+2029, U+202A to
    U+202E, U+2066 to U+2069) are refused. Line feed and tab are not.
    """
    if text.isprintable() or text.replace("\n", " ").isprintable():
        return ""
    found = list(dict.fromkeys(_REFUSED.findall(text)))
    return f"it holds {listed(found[:5])}, which cannot be sent unchanged" if found else ""


def measured(measure: MeasureText) -> MeasureText:
    """Adds what holds on every channel: a text has words, and none that cannot be sent unchanged."""

    def look(title: str | None, body: str, language: str) -> list[Measure]:
        found = measure(title, body, language)
        for index, one in enumerate(found):
            text = body if one.part == "body" else title or ""
            trouble = one.trouble or unsayable(text)
            if one.part == "body" and not body.strip():
                trouble = "there are no words in it"
            if trouble != one.trouble:
                found[index] = replace(one, trouble=trouble)
        return found

    return look


def plain(
    count: Count = characters,
    limit: int | None = None,
    unit: str = "characters",
    *,
    title_limit: int | None = None,
    needs_title: str = "",
    link_warning: str = "",
) -> MeasureText:
    """Measures by one counting function; `needs_title` is the trouble of a text without one."""

    def look(title: str | None, body: str, language: str) -> list[Measure]:
        found = [body_measure(body, count, limit, unit, link_warning)]
        if title is not None or needs_title:
            found.insert(0, title_measure(title, title_limit, needs_title=needs_title))
        return found

    return measured(look)


def title_measure(title: str | None, limit: int | None, *, needs_title: str = "", detail: str = "") -> Measure:
    """A title in code points. A title is one line."""
    if not title:
        return Measure("title", 0, limit, "characters", trouble=needs_title)
    trouble = "a title is one line" if "\n" in title or "\t" in title else ""
    return Measure("title", len(title), limit, "characters", detail, trouble=trouble)


def body_measure(body: str, count: Count, limit: int | None, unit: str, link_warning: str = "") -> Measure:
    """A body by one counting function, with a word about links where they look like an attack."""
    detail = link_warning if link_warning and next(find_links(body), None) else ""
    return Measure("body", count(body), limit, unit, detail)
