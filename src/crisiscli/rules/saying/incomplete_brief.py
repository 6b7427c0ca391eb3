"""Briefs that leave the front line without words."""

from __future__ import annotations

from crisiscli.rules.book import Book, Text
from crisiscli.rules.saying.stage import StageSays


class IncompleteBrief(StageSays):
    """People at the phones and counters need four things before the first customer asks: what happened, one sentence
    to say, what never to say or ask for, and when the next word comes. Without the third somebody promises a time
    or asks for a card number, meaning well.

    Labels that count are: `what`, `known`, `noticed`; `say`; `never`; `next_update`. A second brief, such as
    answers for moderators, need not repeat what the one above it says to the same people.

    Bad:
    ```yaml
    messages:
      brief:
        stage: brief
        for: [front_line]
        to: [intranet]
        text:
          page:
            en:
              - what: Our app does not work.
              - next_update: The next word stands here at {{ next_update }}.
    ```
    Good:
    ```yaml
    messages:
      brief:
        stage: brief
        for: [front_line]
        to: [intranet]
        text:
          page:
            en:
              - what: Our app does not work.
              - say: Say that we know of it and are looking into it.
              - never: Never guess, and never ask a caller for a code.
              - next_update: The next word stands here at {{ next_update }}.
    ```
    """

    NAME = "incomplete-brief"
    CODE = "M806"
    EFFECT = "Every colleague finds their own words, and customers compare them."
    STAGE = "brief"

    def owed(self, book: Book, text: Text) -> bool:
        return True
