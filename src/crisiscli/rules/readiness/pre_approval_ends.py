"""Approvals in advance that end within days."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.days import approved_until

DAYS = 14
"""Two weeks: long enough to reach somebody who is away."""


class PreApprovalEnds(Rule):
    """An approval in advance ends within fourteen days.

    Bad:
    ```yaml
    messages:
      brief:
        stage: brief
        for: [front_line]
        to: [intranet]
        pre_approved:
          by: ann
          on: 2026-05-20
          until: 2026-11-30
          may_vary: [next_update]
        text:
          page:
            en:
              - what: Our app does not work.
              - say: Say that we know of it and are looking into it.
              - never: Never ask a caller for a code or a card number.
              - next_update: The next word stands here at {{ next_update }}.
    ```
    Good:
    ```yaml
    messages:
      brief:
        stage: brief
        for: [front_line]
        to: [intranet]
        pre_approved:
          by: ann
          on: 2026-11-20
          until: 2027-05-20
          may_vary: [next_update]
        text:
          page:
            en:
              - what: Our app does not work.
              - say: Say that we know of it and are looking into it.
              - never: Never ask a caller for a code or a card number.
              - next_update: The next word stands here at {{ next_update }}.
    ```
    """

    NAME = "pre-approval-ends"
    CODE = "H906"
    LEVEL = "warning"
    EFFECT = "Soon the words that should go at once will wait for a yes."

    def check(self, book: Book) -> Iterator[Problem]:
        for name, approval, left in approved_until(book):
            if 0 <= left <= DAYS:
                when = f"in {left} days, on {approval.until}" if left > 1 else f"on {approval.until}"
                cure = f"Ask {approval.by} to read the words again, and write the new days."
                place = ("messages", name, "pre_approved", "until")
                yield self.at(book, place, f"The approval of `{name}` in advance ends {when}.", cure, here="soon")
