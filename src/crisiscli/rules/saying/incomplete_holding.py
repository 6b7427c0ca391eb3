"""Holding texts that leave out what the first word owes."""

from __future__ import annotations

from crisiscli.rules.saying.stage import StageSays


class IncompleteHolding(StageSays):
    """The first word does not have to explain anything, but five things it owes: that we see what it means for people,
    what we know, what we do not know yet, when the next word comes, and where people find or check it. It is the
    first message of CDC's crisis guide (CERC). Labels say what a sentence does, so that this holds in every
    language: known are `empathy` or `apology`; `known`, `noticed`, `what_fails`; `checking`, `not_known`,
    `working`; `next_update`; `verify`, `where`, `stay`.

    A sentence with a condition counts only if others are said when it is not. A text leaves something out on
    purpose with `omits:` and `where:`. A short one (a post, SMS, push, in-app, a spoken text) may also leave it out
    when everybody who gets it gets another text of the message that says it.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - apology: We are sorry about the app.
              - working: We are working on it.
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - apology: We are sorry about the app.
              - known: It does not open for many of you.
              - working: We are working on it.
              - next_update: More here at {{ next_update }}.
              - verify: You can always ask on the number on your card.
    ```
    """

    NAME = "incomplete-holding"
    CODE = "M801"
    EFFECT = "People fill the gap themselves, with the worst they can think of."
    STAGE = "holding"
