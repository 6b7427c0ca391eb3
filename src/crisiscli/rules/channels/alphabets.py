"""Which characters force an SMS out of the GSM alphabet without need, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.channels.sms import ALPHABET, segments, spelled_plainly
from crisiscli.rules.book import Book, Saying, Text
from crisiscli.rules.channels.branches import branches
from crisiscli.rules.channels.longest import filled

SMART = {
    **dict.fromkeys("„“”«»″", '"'),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f", " "),
    "…": "...",
    "•": "-",
}
"""Typographic characters that word processors put in by themselves, and what is typed on a keyboard instead."""
OWN = {"pl": frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"), "ro": frozenset("ăâîșțşţĂÂÎȘȚŞŢ")}
"""The letters that correct spelling needs, and the GSM alphabet does not have."""
_COMMON = {
    "pl": "sie juz moze jesli bedzie beda prosze dziekujemy dziala dzialaja mozna dzis wiecej ktory ktora ktore"
    " pieniadze srodki placic rowniez takze wejdz wiadomosc wiadomosci",
    "ro": "si in daca dupa inca pana multumim functioneaza aplicatia plati platile rugam catre fara noastra sunati"
    " informatii stim puteti",
}
_SPELLED_PLAINLY = {language: frozenset(words.split()) for language, words in _COMMON.items()}
"""Common words as they are written without diacritics; spelled so they are no other word."""


def plain(character: str) -> str:
    """How a character is typed within the GSM alphabet; "" when it has no such form."""
    if character in SMART:
        return SMART[character]
    found = spelled_plainly(character)
    return found if all(one in ALPHABET for one in found) else ""


def needless(text: Text) -> frozenset[str]:
    """The characters of a text that alone force it out of the GSM alphabet, while its words would not need to.

    Letters that the language needs are none, unless the rest of the text is written without them on purpose.
    """
    words = " ".join(sentence.text for sentence in text.leaf.sentences())
    outside = frozenset(one for one in words if one not in ALPHABET) if not words.isascii() or "`" in words else None
    if not outside:
        return frozenset()
    language = text.language[:2]
    own = OWN.get(language)
    if own is None and language != "en":
        own = frozenset(one for one in outside if one.isalpha())
    if own and outside & own:
        plainly = _SPELLED_PLAINLY.get(language, frozenset())
        return frozenset() if plainly.isdisjoint(words.lower().split()) else outside
    return outside


def parts(book: Book, text: Text, odd: frozenset[str]) -> tuple[int, int]:
    """How many SMS parts a text takes with the longest facts in it: as it stands, and without the odd characters."""
    now = without = 1
    for body in branches(text.leaf, book.runbook):
        sentences = [filled(sentence.text, book.runbook, text.language) for sentence in body]
        words = " ".join(sentences)
        if text.leaf.title is not None:
            words = f"{filled(text.leaf.title, book.runbook, text.language)}\n{words}"
        now = max(now, segments(words).parts)
        without = max(without, segments("".join(plain(one) if one in odd else one for one in words)).parts)
    return now, without


def places(book: Book, text: Text, odd: frozenset[str]) -> Iterator[tuple[Saying, int]]:
    """Where the odd characters of a text stand, in its order."""
    for sentence in text.leaf.sentences():
        saying = Saying(text, sentence, text.below(sentence.place))
        yield from ((saying, at) for at, one in enumerate(sentence.text) if one in odd)
