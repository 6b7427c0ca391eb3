"""Offline audiences with no way to them but the internet."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book

_SOCIAL = ("post", "chat")
_ONLINE = ("website", "status_page", "email", "in_app", "push")


class OnlySocial(Rule):
    """An audience is marked `offline: true`, and every channel that is said to reach it needs an account or the
    internet: social media, an app, e-mail, a website. In the best-known case of a wrong message, people without social
    accounts learned of the all-clear days later or never.

    Bad:
    ```yaml
    audiences:
      offline_customers:
        who: Customers without the internet
        offline: true
        reached_by: [website, facebook]
    ```
    Good:
    ```yaml
    audiences:
      offline_customers:
        who: Customers without the internet
        offline: true
        reached_by: [website, branch]
    ```
    """

    NAME = "only-social"
    CODE = "A403"
    EFFECT = "These people would hear nothing."

    def check(self, book: Book) -> Iterator[Problem]:
        from crisiscli.channels import CHANNELS

        for name, audience in book.runbook.audiences.items():
            if not audience.offline:
                continue
            known = [channel for channel in audience.reached_by if channel in CHANNELS]
            social = [channel for channel in known if CHANNELS[channel].family in _SOCIAL]
            if known and all(channel in social or channel in _ONLINE for channel in known):
                only = "only social media are" if social == known else "only channels that need the internet are"
                what = f"`{name}` is offline, and {only} said to reach it."
                cure = "Add a channel such as `ivr`, `call_centre`, `branch`, `sms` or `press`."
                marked = [Label(book.document.span(("audiences", name, "offline"), key=True), "said to be offline")]
                yield self.at(book, ("audiences", name, "reached_by"), what, cure, others=marked)
