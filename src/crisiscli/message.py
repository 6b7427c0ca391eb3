"""Rendering: one message on one channel in one language, its exact bytes; and the tag that names a set of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rendering:
    """One message, one channel, one language: the exact bytes and their sha256.

    `text` is what goes out, title first and a blank line after it where the channel has a title.
    `author` is the person id of whoever edited it, or "" for the runbook's own words.
    """

    message: str
    channel: str
    language: str
    body: str
    title: str | None = None
    author: str = ""
    facts: tuple[str, ...] = ()
    """The facts whose values stand in it or decided what stands in it."""

    @property
    def text(self) -> str:
        return self.body if self.title is None else f"{self.title}\n\n{self.body}"

    @property
    def sha256(self) -> str:
        import hashlib

        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def place(self) -> str:
        """`holding/x/pl`: how people and files point at it."""
        return f"{self.message}/{self.channel}/{self.language}"

    @property
    def id(self) -> str:
        """Its place and the first of its hash: other bytes are another Rendering."""
        return f"{self.place}@{self.sha256[:16]}"


_TAG_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def tag(number: int, hashes: list[str]) -> str:
    """The short name of a set of Renderings, to say or text back: `M1-B7K2`.

    `number` is the message's place in the runbook, from 0; the four characters are 20 bits of the
    sha256 over the sorted hashes, in letters and digits that are not mistaken for one another.
    """
    import hashlib

    digest = int.from_bytes(hashlib.sha256("\n".join(sorted(hashes)).encode("ascii")).digest()[:4], "big") >> 12
    return f"M{number}-" + "".join(_TAG_ALPHABET[(digest >> shift) & 31] for shift in (15, 10, 5, 0))
