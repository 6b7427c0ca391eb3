"""Audiences whose every channel may fall together with our systems."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book

OURS = frozenset(("website", "in_app", "push", "email", "intranet", "chatbot"))
"""Channels that run on our own systems as a rule. A status page is kept outside on purpose, a post and a press release
stand with others, SMS and hotline with a telephone company, and a branch has people."""


class OnlyChannelsThatFall(Rule):
    """The runbook asks which services still work, and an audience is reached only by channels that run on our own
    systems and may fall with them. When a bank's data centre stopped in 2016, its website, SMS and e-mail stopped as
    well, and its first word came two hours later.

    It looks only at runbooks with a fact of type `services`: a wrong push does not take the website down.

    Bad:
    ```yaml
    facts:
      services:
        ask: Which services are down, slow or working?
        type: services
        of: [app, cards]
    audiences:
      front_line:
        who: Call centre and branches
        reached_by: [intranet, email]
        told_before_or_with: [customers]
    ```
    Good:
    ```yaml
    facts:
      services:
        ask: Which services are down, slow or working?
        type: services
        of: [app, cards]
    audiences:
      front_line:
        who: Call centre and branches
        reached_by: [intranet, sms]
        told_before_or_with: [customers]
    ```
    """

    NAME = "only-channels-that-fall"
    CODE = "A404"
    LEVEL = "warning"
    EFFECT = "When our systems are down, nothing reaches these people."

    def check(self, book: Book) -> Iterator[Problem]:
        asked = next((name for name, fact in book.runbook.facts.items() if fact.type == "services"), None)
        if asked is None:
            return
        for name, audience in book.runbook.audiences.items():
            if audience.reached_by and OURS.issuperset(audience.reached_by):
                ways = " and ".join(f"`{channel}`" for channel in audience.reached_by)
                what = f"`{name}` is reached only by {ways}, and {_all(audience.reached_by)} may be down with the rest."
                cure = "Add one outside our systems, such as `status_page`, `x`, `sms`, `ivr`, `branch` or `press`."
                shown = [Label(book.document.span(("facts", asked), key=True), "this runbook expects services to fail")]
                yield self.at(book, ("audiences", name, "reached_by"), what, cure, others=shown)


def _all(channels: tuple[str, ...]) -> str:
    return "it" if len(channels) == 1 else "both" if len(channels) == 2 else "all of them"
