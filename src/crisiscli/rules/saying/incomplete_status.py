"""Status texts without the state, the estimate or the next word."""

from __future__ import annotations

from crisiscli.rules.saying.stage import StageSays


class IncompleteStatus(StageSays):
    """People want two things from a status: where the repair stands, and by when it works. When nobody can say when,
    the text says that, because the time of the next word is always ours to give. Both are in PagerDuty's response
    guide, and customers asked for nothing else in the best-known outage of a Romanian bank.

    Labels that count are: `still`, `repair`, `partly`, `news`, `working`; `eta`, `eta_open`, `no_eta`;
    `next_update`. An `eta` with a condition needs an `eta_open` for the other case. A text leaves something out on
    purpose with `omits:` and `where:`, and a short one may when everybody who gets it gets another text of this
    message that says it.

    Bad:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - still: The app still does not open.
              - instead: Your card works in shops.
              - next_update: More at {{ next_update }}.
    ```
    Good:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - still: The app still does not open.
              - eta_open: We do not know yet when it will work.
              - instead: Your card works in shops.
              - next_update: More at {{ next_update }}.
    ```
    """

    NAME = "incomplete-status"
    CODE = "M803"
    EFFECT = "People call instead, and the phones fall as well."
    STAGE = "status"
