"""All-clears that do not say that it is over, or what to do when it is not."""

from __future__ import annotations

from crisiscli.rules.saying.stage import StageSays


class IncompleteAllClear(StageSays):
    """The all-clear says that it is over, and what to do for whom it is not: a bank announced "up and running" while
    almost two million customers still had trouble. It also names the way to complain.

    Labels that count are: `fixed`, `resolved`, `over`; `complaint`, `still_broken`, `help`, `contact`, `stay`. A
    text leaves something out on purpose with `omits:` and `where:`, and a short one may when everybody who gets it
    gets another text that says it.

    Bad:
    ```yaml
    messages:
      all_clear:
        stage: all_clear
        for: [customers, offline_customers, front_line]
        to: [website, branch, intranet]
        text:
          page:
            en:
              - fixed: The app works again.
              - apology: We apologise for the day it cost you.
    ```
    Good:
    ```yaml
    messages:
      all_clear:
        stage: all_clear
        for: [customers, offline_customers, front_line]
        to: [website, branch, intranet]
        text:
          page:
            en:
              - fixed: The app works again.
              - apology: We apologise for the day it cost you.
              - complaint: Does it still fail? Tell us in a branch or by phone.
    ```
    """

    NAME = "incomplete-all-clear"
    CODE = "M804"
    EFFECT = "Those who still have trouble read that they have none."
    STAGE = "all_clear"
