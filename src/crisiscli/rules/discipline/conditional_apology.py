"""Apologies with an if."""

from __future__ import annotations

from crisiscli.rules.book import Saying
from crisiscli.rules.discipline.own_words import OwnWords


class ConditionalApology(OwnWords):
    """An apology leaves open whether there is anything to apologise for: "sorry if", "any inconvenience".

    Whoever was harmed knows that it happened. With an "if" we ask them to prove it first, and the apology is quoted
    as a non-apology the same day. The wordings are in the list `conditional_apology`.

    Bad:
    ```yaml
    messages:
      closure:
        stage: closure
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead, executive]
        text:
          page:
            en:
              - apology: We are sorry if our app gave you trouble.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
          spoken:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
    ```
    Good:
    ```yaml
    messages:
      closure:
        stage: closure
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead, executive]
        text:
          page:
            en:
              - apology: We are sorry that our app gave you trouble.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
          spoken:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
    ```
    """

    NAME = "conditional-apology"
    CODE = "D603"
    EFFECT = "People hear that we doubt their trouble, and the apology makes them angrier than silence."
    LIST = "conditional_apology"
    CURE = 'Say what happened, without an "if": "We are sorry that you could not pay this morning."'

    def what(self, saying: Saying, words: str) -> str:
        return f"The apology has a condition: `{words}`."
