"""Last words that say nothing of what people get back."""

from __future__ import annotations

from crisiscli.rules.saying.stage import StageSays


class IncompleteClosure(StageSays):
    """The last word says what people get back, or why nothing: an apology with nothing behind it sounds cheap where
    there was harm. One sentence that depends on the decision is enough, because "none" is a proper decision when
    its reason is on record.

    Labels that count are: `gesture`, `costs`, `compensation`, `refund`, `fees_back`, `claims_how`,
    `no_compensation`. A second message of the stage need not repeat what the one above it says to the same people.

    Bad:
    ```yaml
    messages:
      closure:
        stage: closure
        for: [customers, offline_customers]
        to: [website, branch]
        text:
          page:
            en:
              - thanks: Thank you for your patience.
              - complaint: Tell us in a branch or by phone.
    ```
    Good:
    ```yaml
    messages:
      closure:
        stage: closure
        for: [customers, offline_customers]
        to: [website, branch]
        text:
          page:
            en:
              - thanks: Thank you for your patience.
              - gesture: We pay back the fees of that day on our own.
              - complaint: Tell us in a branch or by phone.
    ```
    """

    NAME = "incomplete-closure"
    CODE = "M805"
    LEVEL = "warning"
    EFFECT = "Those who paid for it ask again, in public."
    STAGE = "closure"
