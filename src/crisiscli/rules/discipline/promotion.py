"""Selling while people wait."""

from __future__ import annotations

from crisiscli.rules.book import Book, Saying
from crisiscli.rules.discipline.own_words import OwnWords

_AFTERWARDS = ("closure", "education", "brief")
"""The stages that come when it is over, and the words for our own people."""


class Promotion(OwnWords):
    """An offer, a discount or a new product in a text that goes out before the closure.

    Nothing promotional belongs beside an apology: not to those whose payment failed, and not in the thanks either. A
    gesture has its place in the closure, when it is over. The wordings are in the list `promotion`.

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
              - fixed: The app works again.
              - apology: We apologise for the day, and there is a discount for you in the app.
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
              - fixed: The app works again.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
          spoken:
            en:
              - fixed: The app works again.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
    ```
    """

    NAME = "promotion"
    CODE = "D608"
    EFFECT = "It looks as if we made business of other people's trouble."
    LIST = "promotion"
    CURE = "Take it out here; a gesture without conditions can stand in the `closure`."

    def applies(self, book: Book, saying: Saying) -> bool:
        return super().applies(book, saying) and book.runbook.messages[saying.text.message].stage not in _AFTERWARDS

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` sells something."
