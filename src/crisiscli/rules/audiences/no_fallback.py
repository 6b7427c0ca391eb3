"""Audiences that hang on one channel."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class NoFallback(Rule):
    """One channel alone reaches an audience, and nothing is set for the day it is down. A second channel under
    `reached_by:` helps, and so does a `fallback:` for that channel in `crisis.yaml`. Without a `crisis.yaml` the rule
    says nothing, because the fallback may stand there.

    Bad:
    ```yaml
    audiences:
      offline_customers:
        who: Customers without the internet
        offline: true
        reached_by: [ivr]
    ```
    Good:
    ```yaml
    audiences:
      offline_customers:
        who: Customers without the internet
        offline: true
        reached_by: [ivr, branch]
    ```
    """

    NAME = "no-fallback"
    CODE = "A405"
    LEVEL = "warning"
    EFFECT = "When that channel is down, these people hear nothing."

    def check(self, book: Book) -> Iterator[Problem]:
        config = book.around.config
        for name, audience in book.runbook.audiences.items() if config is not None else ():
            if len(audience.reached_by) == 1 and config is not None:
                [channel] = audience.reached_by
                if not config.binding(channel).fallback:
                    what = f"`{name}` is reached by `{channel}` alone, and `{channel}` has no fallback."
                    cure = f"Add a second channel here, or `fallback: [...]` below `{channel}` in crisis.yaml."
                    yield self.at(book, ("audiences", name, "reached_by"), what, cure)
