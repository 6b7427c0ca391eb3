"""Web addresses in sentences, told apart from what only looks like one."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.rules.book import Book, Saying, Text
from crisiscli.rules.texts.mending import in_slot

_SURE = frozenset(("com", "eu", "info", "net", "org", "pl", "ro", "uk", "bank", "app", "online"))
"""Ends that make a bare name an address. Others are as often a full stop without a blank after it (`know.It`)."""
_WORDS = frozenset(("d.o.o", "m.in", "sp.z.o.o"))


def links(saying: Saying) -> Iterator[tuple[int, int]]:
    """Start and end of every web address of a sentence that is certainly one; those in slots are left out."""
    from crisiscli.channels.measures import find_links

    text = saying.sentence.text
    for start, end, _ in find_links(text):
        address = text[start:end].lower()
        suffix = address.partition("/")[0].rpartition(".")[2]
        certain = "/" in address or address.startswith("www.") or suffix in _SURE
        if certain and address not in _WORDS and not in_slot(saying.sentence, start):
            yield start, end


def sayings(book: Book, text: Text) -> Iterator[Saying]:
    """The sentences of one text, its title first."""
    for sentence in text.leaf.sentences():
        yield Saying(text, sentence, text.below(sentence.place))
