"""Channels the program does not know."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.channels import CHANNELS, FAMILIES
from crisiscli.loader.findings import Place, meant, nearest
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule, Spelling
from crisiscli.rules.book import Book

OTHERWISE = {
    "twitter": "x", "mail": "email", "e_mail": "email", "mailing": "email", "web": "website", "homepage": "website",
    "site": "website", "www": "website", "phone": "ivr", "hotline": "ivr", "text": "sms", "app": "in_app",
    "fb": "facebook", "insta": "instagram",
}  # fmt: skip
"""What people call some channels, and the channel."""
PLACES = CHANNELS.keys() | set(FAMILIES)


class UndefinedChannel(Rule):
    """An audience, a message, a text or a condition names a channel that does not exist.

    Bad:
    ```yaml
    audiences:
      customers:
        who: Customers
        reached_by: [website, telegraph]
    ```
    Good:
    ```yaml
    audiences:
      customers:
        who: Customers
        reached_by: [website, telegram]
    ```
    """

    NAME = "undefined-channel"
    CODE = "R307"
    EFFECT = "Nothing could be measured, sent or handed over there."
    SINCE = "draft"
    SPELLS = True

    def check(self, book: Book) -> Iterator[Problem]:
        for name, place, key, known in self._lost(book):
            what = f"`{name}` is not a channel{' or a family of channels' if key else ''}."
            if name in FAMILIES:
                what = f"`{name}` is a family of channels, not a channel."
            guess = _guess(name, known)
            cure = f"Did you mean `{guess}`?" if guess else meant(name, known, "Known are")
            yield self.at(book, place, what, cure, key=key)

    def misspelt(self, book: Book) -> Iterator[Spelling]:
        for name, place, key, known in self._lost(book):
            guess = _guess(name, known)
            if guess and name not in FAMILIES:
                yield Spelling(place, name, guess, key)

    def _lost(self, book: Book) -> Iterator[tuple[str, Place, bool, list[str]]]:
        """Names that are no channel: where they stand, whether as a key, and what can stand there."""
        if _unknown(book):
            for name, place, key in self._named(book):
                families = list(FAMILIES) if key else []
                if name not in CHANNELS and name not in families:
                    yield name, place, key, [*families, *CHANNELS]

    def _named(self, book: Book) -> Iterator[tuple[str, Place, bool]]:
        for name, audience in book.runbook.audiences.items():
            for index, channel in enumerate(audience.reached_by):
                yield channel, ("audiences", name, "reached_by", index), False
        for name, message in book.runbook.messages.items():
            yield from ((channel, ("messages", name, "to", index), False) for index, channel in enumerate(message.to))
            yield from ((source, ("messages", name, "text", source), True) for source in message.text)
        for atom in book.atoms:
            on = atom.data.get("on") if atom.kind == "sent" else None
            for index, channel in enumerate(on if isinstance(on, list) else ()):
                yield str(channel), (*atom.place, "on", index), False


def _guess(name: str, known: list[str]) -> str:
    """The channel somebody meant, or ""."""
    other = OTHERWISE.get(name.lower().replace("-", "_"), "")
    return other if other in known else nearest(name, known)


def _unknown(book: Book) -> bool:
    """Whether any name is worth a closer look: most files have none."""
    names: set[str] = set()
    for audience in book.runbook.audiences.values():
        names.update(audience.reached_by)
    for message in book.runbook.messages.values():
        names.update(message.to)
    sources = {source for message in book.runbook.messages.values() for source in message.text}
    on = any(atom.kind == "sent" and "on" in atom.data for atom in book.atoms)
    return on or not (names <= CHANNELS.keys() and sources <= PLACES)
