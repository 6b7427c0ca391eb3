"""Channel: a medium, its limits, and how a text is measured on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Family = Literal["post", "short", "page", "spoken", "chat"]


@dataclass(frozen=True)
class Measure:
    """How long one part of a text is, in the channel's own unit.

    `count` and `limit` are in `unit`; `limit` None means the medium sets none. `detail` is what a person should
    know beyond the number ("3 SMS parts, because of ą"). `parts` is the number of SMS parts, 1 elsewhere.
    """

    part: Literal["title", "body"]
    count: int
    limit: int | None
    unit: str
    detail: str = ""
    parts: int = 1
    trouble: str = ""
    """Why this text cannot go on this channel at all, whatever its length; empty when it can."""

    @property
    def over(self) -> int:
        """By how many units it is too long; 0 when it fits."""
        return max(0, self.count - self.limit) if self.limit is not None else 0

    @property
    def fits(self) -> bool:
        return not self.over and not self.trouble


@dataclass(frozen=True)
class Channel:
    """A medium. `standing` texts (a banner, an IVR prompt) stay up until they are replaced or taken down."""

    id: str
    name: str
    family: Family
    measure: Callable[[str | None, str, str], list[Measure]]
    """(title, body, language) to measures, title first. Pure."""
    standing: bool = False
    addressed: bool = False
    """True when it needs a list of recipients: one Dispatch per person."""
    address: str = ""
    """The column of a recipients file that holds the address: `email`, `phone`."""
    titled: bool = False
    """True when a text has a title of its own: a subject, a headline."""
    links: bool = True
    """False where a link would look like an attack: push, SMS, spoken words."""
    limits: bool = True
    """False where any words without a title fit that can be sent at all."""
    recall: str = ""
    """What can be done about a text that is out: `cannot be unsent`, `can be replaced`."""
