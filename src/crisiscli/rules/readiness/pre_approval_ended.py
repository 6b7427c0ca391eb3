"""Approvals in advance that hold no longer."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.days import approved_until


class PreApprovalEnded(Rule):
    """The last day of an approval in advance has passed.

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
          until: 2026-11-19
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

    NAME = "pre-approval-ended"
    CODE = "H905"
    EFFECT = "The words that should go at once wait until somebody is reached who may say yes."

    def check(self, book: Book) -> Iterator[Problem]:
        for name, approval, left in approved_until(book):
            if left < 0:
                what = f"The approval of `{name}` in advance ended on {approval.until}."
                cure = (
                    f"Ask {approval.by} to read the words again, then write the new days under `on:` and "
                    "`until:`. Or take `pre_approved:` out: then a yes is asked for in the crisis."
                )
                place = ("messages", name, "pre_approved", "until")
                yield self.at(book, place, what, cure, here=f"before today, {book.around.today}")
