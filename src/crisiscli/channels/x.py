"""X: 280 weighted characters.

Weights and ranges are those of configuration 3 of X's published counting rules: the text is normalised to NFC, an
address counts 23, an emoji 2, Latin and most European letters 1, everything else 2.
"""

from __future__ import annotations

import re
import unicodedata

from crisiscli.channels.base import Channel, Measure
from crisiscli.channels.measures import clusters, find_links, measured, stand_alone

LIMIT = 280
LINK = 23
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_HEAVY = re.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_REFUSED = re.compile("[\ufffe\ufeff\uffff]")


def weighted(text: str) -> int:
    """The length X counts. An address it may or may not link counts the longer of the two."""
    text = unicodedata.normalize("NFC", text)
    total, position = 0, 0
    for start, end, certain in find_links(text):
        total += _words(text[position:start])
        total += LINK if certain else max(LINK, _words(text[start:end]))
        position = end
    return total + _words(text[position:])


def _words(text: str) -> int:
    if stand_alone(text):
        return len(text) + len(_HEAVY.findall(text))
    return sum(_cluster(cluster) for cluster in clusters(text))


def _cluster(cluster: str) -> int:
    if len(cluster) > 1 and _is_emoji(cluster):
        return 2
    return sum(_character(character) for character in cluster)


def _is_emoji(cluster: str) -> bool:
    import regex

    return regex.match(r"\p{Extended_Pictographic}|\p{RI}{2}|[0-9#*]\uFE0F?\u20E3", cluster) is not None


def _character(character: str) -> int:
    return 1 if any(low <= ord(character) <= high for low, high in _LIGHT) else 2


def _measure(title: str | None, body: str, language: str) -> list[Measure]:
    found = _REFUSED.search(body)
    trouble = f"X refuses U+{ord(found.group()):04X}" if found else ""
    return [Measure("body", weighted(body), LIMIT, "weighted characters", trouble=trouble)]


CHANNEL = Channel(
    id="x",
    name="X",
    family="post",
    measure=measured(_measure),
    recall="can be deleted, copies stay",
)
