"""Web addresses in sentences, told apart from what only looks like one."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from crisiscli.rules.book import Book, Saying, Text
from crisiscli.rules.texts.mending import in_slot

_SURE = frozenset(("com", "example", "eu", "info", "net", "org", "pl", "ro", "uk", "bank", "app", "online"))
"""Ends that make a bare name an address. Others are as often a full stop without a blank after it (`know.It`)."""
_WORDS = frozenset(("d.o.o", "m.in", "sp.z.o.o"))


def links(saying: Saying) -> Iterator[tuple[int, int]]:
    """Start and end of every web address of a sentence that is certainly one; those in slots are left out."""
    text = saying.sentence.text
    for start, end in _found(text):
        address = text[start:end].lower()
        suffix = address.partition("/")[0].rpartition(".")[2]
        certain = "/" in address or address.startswith("www.") or suffix in _SURE
        if certain and address not in _WORDS and not in_slot(saying.sentence, start):
            yield start, end


def _found(text: str) -> list[tuple[int, int]]:
    """Everything like an address; `www.` makes one whatever comes after it, and `.example` is kept for addresses."""
    from crisiscli.channels.measures import find_links

    found = [(start, end) for start, end, _ in find_links(text)]
    told = text.lower()
    if "www." in told or ".example" in told:
        more = [(hit.start(), hit.end()) for hit in _shown().finditer(text)]
        found += [one for one in more if not any(start < one[1] and one[0] < end for start, end in found)]
    return sorted(found)


@functools.cache
def _shown() -> re.Pattern[str]:
    label = r"[^\W_](?:[\w-]*[^\W_])?"
    return re.compile(
        rf"(?i)(?<![\w@./-])(?:www\.{label}(?:\.{label})+|(?:{label}\.)+example\b(?:\.{label})?)(?:/[\w/%#?=&.-]*[\w/])?"
    )


def sayings(book: Book, text: Text) -> Iterator[Saying]:
    """The sentences of one text, its title first."""
    for sentence in text.leaf.sentences():
        yield Saying(text, sentence, text.below(sentence.place))
