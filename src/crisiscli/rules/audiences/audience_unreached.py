"""Audiences that no message reaches."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.runbook import Audience

_SOCIAL = ("post", "chat")
"""Families of channels that people without social media never see."""


class AudienceUnreached(Rule):
    """An audience that no message is for, that no channel of its messages reaches, or that is offline and only
    reached by social media.

    Bad:
    ```yaml
    audiences:
      customers:
        who: Customers
        reached_by: [website]
      seniors:
        who: Customers who do not use the web
        reached_by: [branch]
    ```
    Good:
    ```yaml
    audiences:
      customers:
        who: Customers
        reached_by: [website]
    ```
    """

    NAME = "audience-unreached"
    CODE = "A402"
    EFFECT = "These people would hear it from somebody else."

    def check(self, book: Book) -> Iterator[Problem]:
        for name, audience in book.runbook.audiences.items():
            what, key, cure = self._trouble(book, name, audience)
            if what:
                yield self.at(book, ("audiences", name, key), what, cure, key=not key)

    def _trouble(self, book: Book, name: str, audience: Audience) -> tuple[str, str, str]:
        from crisiscli.channels import CHANNELS

        known = [channel for channel in audience.reached_by if channel in CHANNELS]
        if audience.offline and known and all(CHANNELS[channel].family in _SOCIAL for channel in known):
            what = f"`{name}` is offline, and only social media are said to reach it."
            return what, "reached_by", "Add a channel such as `ivr`, `branch` or `press`."
        meant_for = {key: noun for key, noun in book.runbook.messages.items() if name in noun.for_}
        if not meant_for:
            return f"No message is for `{name}`.", "", f"Add `{name}` to the `for:` of a message."
        if not any(set(book.channels(noun)) & set(audience.reached_by) for noun in meant_for.values()):
            by = ", ".join(audience.reached_by) or "nothing"
            what = f"`{name}` is reached by {by}, and its messages go elsewhere."
            return what, "reached_by", f"Add one of these channels to `to:` of {', '.join(meant_for)}."
        return "", "", ""
