"""Blaming a person."""

from __future__ import annotations

from crisiscli.rules.book import Saying
from crisiscli.rules.discipline.own_words import OwnWords


class Blame(OwnWords):
    """A text points at a person: "an employee's mistake", "human error", "an intern".

    The company answers for how it works. A person who is named or hinted at is found within the hour, and everybody
    else learns to hide the next mistake. The wordings are in the list `blame`.

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
              - apology: It was an employee's mistake, and we apologise.
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
              - apology: It was our mistake, and we apologise.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
          spoken:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
    ```
    """

    NAME = "blame"
    CODE = "D605"
    EFFECT = "The public looks for that person, and colleagues learn to keep silent about the next mistake."
    LIST = "blame"
    CURE = 'Name the process, never a person: "The test went to the real list of recipients. The mistake is ours."'

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` puts the blame on a person."
