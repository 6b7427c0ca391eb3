"""Torn: what a comma inside braces, or a #, made of a text that somebody wrote without quotes."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from crisiscli.problem import Fix, Span
from crisiscli.source import Document
from crisiscli.source.blocks import as_block
from crisiscli.source.quoting import Offsets, example, quoted, quotes

Place = tuple[str | int, ...]


class Torn(NamedTuple):
    """What to say in place of "this is no key" or "this is empty"."""

    rule: str
    span: Span
    what: str
    cure: str
    fix: Fix


def torn(document: Document, place: Place) -> Torn | None:
    """What tore the text to which an empty key once belonged; None when the key is one that somebody meant."""
    value: Any = document.value
    for part in place[:-1]:
        value = value[part] if _has(value, part) else None
    if not isinstance(value, dict) or not place or value.get(str(place[-1]), "") is not None:
        return None
    span = document.span(place, key=True)
    offsets = Offsets(document.text)
    end = offsets.of(span)[1]
    if re.match(r"\s*[,}]", document.text[end:]):
        return _by_comma(document, offsets, value, place)
    return _by_hash(document, offsets, span)


def aliased(document: Document, place: Place) -> bool:
    """True for a value that begins with `*`: it was told as an alias, and only looks empty."""
    end = Offsets(document.text).of(document.span(place, key=True))[1]
    return re.match(r":[ \t]+\*", document.text[end:]) is not None


def _by_comma(document: Document, offsets: Offsets, value: dict[str, Any], place: Place) -> Torn | None:
    names = list(value)
    first = names.index(str(place[-1]))
    while first and value[names[first - 1]] is None:
        first -= 1
    last = names.index(str(place[-1]))
    while last + 1 < len(names) and value[names[last + 1]] is None:
        last += 1
    if not first:
        return None
    start = offsets.of(document.span((*place[:-1], names[first - 1])))[0]
    end = offsets.of(document.span((*place[:-1], names[last]), key=True))[1]
    words = document.text[start:end]
    if words[0] in "\"'{[" or "\n" in words:
        return None
    span = document.span((*place[:-1], names[first]), key=True)
    what = f"The comma ends the text: inside braces, `{names[first]}` is a key of its own."
    cure = f"Put quotes around the whole text: {example(quoted(words))}."
    return Torn("unknown-key", span, what, cure, quotes(document.text, start, end, safe=False))


def _by_hash(document: Document, offsets: Offsets, span: Span) -> Torn | None:
    found = re.match(r":[ \t]+(#[^\s#][^\r\n]*)", document.text[offsets.of(span)[1] :])
    if found is None:
        return None
    words = found[1].rstrip()
    start = offsets.of(span)[1] + found.start(1)
    column = span.end_column + found.start(1)
    fix = as_block(document.text, start, start + len(words))
    if fix is None:
        return None
    what = "The text begins with #: YAML takes all of it for a comment, and your hashtag would vanish."
    cure = f"Put quotes around the whole text: {example(quoted(words))}."
    return Torn("lost-hashtag", Span(span.line, column, span.line, column + len(words)), what, cure, fix)


def _has(value: Any, part: str | int) -> bool:
    return part in value if isinstance(value, dict) else isinstance(value, list) and isinstance(part, int)
