"""Explanations that leave out what people are owed."""

from __future__ import annotations

from crisiscli.rules.saying.stage import StageSays


class IncompleteExplanation(StageSays):
    """The explanation says that we are sorry and answer for it, the cause or that we do not know it yet, what it did
    to people, what they should do, where they can check that it is us, and when the next word comes. Regret without
    the harm reads as a formula, and silence about the cause is filled by others.

    Labels that count are, among others: `apology`; `cause`, `our_mistake`, `supplier`, `cause_open`, `not_known`;
    `harm`; `nothing_to_do`, `instead`, `do_not_tap`; `verify`, `stay`; `next_update`. A sentence with a condition
    counts only if others are said when it is not: `cause` beside `cause_open`. A press release need not say what to
    do or where to check. A text leaves something out on purpose with `omits:` and `where:`, and a short one may
    when everybody who gets it gets another text of the message that says it.

    Bad:
    ```yaml
    messages:
      explanation:
        stage: explanation
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - cause: It happened because of {{ cause }}.
              - harm: You could not pay or see your account.
              - instead: Your card works in shops.
              - verify: Ask us in any branch.
              - next_update: More here at {{ next_update }}.
    ```
    Good:
    ```yaml
    messages:
      explanation:
        stage: explanation
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - cause: It happened because of {{ cause }}.
              - apology: This is our mistake, and we apologise.
              - harm: You could not pay or see your account.
              - instead: Your card works in shops.
              - verify: Ask us in any branch.
              - next_update: More here at {{ next_update }}.
    ```
    """

    NAME = "incomplete-explanation"
    CODE = "M802"
    EFFECT = "Whoever asks for the missing part hears somebody else's answer."
    STAGE = "explanation"
