"""More calm than anybody can promise."""

from __future__ import annotations

from crisiscli.rules.book import Saying
from crisiscli.rules.discipline.own_words import OwnWords


class OverReassurance(OwnWords):
    """A text promises what nobody can know: "no reason to worry", "100 % safe", "it will never happen again".

    Whoever is told not to worry begins to. The World Health Organization's guides to outbreak communication (2005,
    2017) warn of it by name: say what is confirmed and what you do, and leave the feeling to the reader. The wordings
    are in the list `over_reassurance`; a sentence such as "we cannot promise that ..." is left alone.

    Bad:
    ```yaml
    messages:
      all_clear:
        stage: all_clear
        for: [customers, offline_customers, front_line]
        to: [website, ivr, branch, intranet]
        approve: [lead]
        text:
          page:
            en:
              - fixed: The app works again, and there is no reason to worry.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
          spoken:
            en:
              - fixed: The app works again.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
    ```
    Good:
    ```yaml
    messages:
      all_clear:
        stage: all_clear
        for: [customers, offline_customers, front_line]
        to: [website, ivr, branch, intranet]
        approve: [lead]
        text:
          page:
            en:
              - fixed: The app works again, and we have tried it from outside for an hour.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
          spoken:
            en:
              - fixed: The app works again.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
    ```
    """

    NAME = "over-reassurance"
    CODE = "D606"
    EFFECT = "If it turns out otherwise, nobody believes the next text, and people worry more, not less."
    LIST = "over_reassurance"
    CURE = 'Say what is confirmed, or what is being done: "We have checked every account. All balances are right."'

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` promises more than anybody can know."
