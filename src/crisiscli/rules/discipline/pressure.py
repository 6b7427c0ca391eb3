"""Hurrying people, as a fraud does."""

from __future__ import annotations

from crisiscli.channels import FAMILIES
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.discipline.own_words import OwnWords, public

SHORT = ("short", *FAMILIES["short"])


class Pressure(OwnWords):
    """A push, SMS or in-app text hurries people: "act now", "your card will be blocked".

    Hurry is the mark by which we teach people to know a fraud (NCSC's advice on messages, 2022: no urgent language).
    A real message of ours can wait. The wordings are in the list `pressure`.

    Bad:
    ```yaml
    messages:
      all_clear:
        stage: all_clear
        for: [customers, offline_customers, front_line]
        to: [website, ivr, branch, intranet, in_app]
        approve: [lead]
        text:
          in_app:
            en:
              - fixed: The app works again. Act now and check your payments.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
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
    Good:
    ```yaml
    messages:
      all_clear:
        stage: all_clear
        for: [customers, offline_customers, front_line]
        to: [website, ivr, branch, intranet, in_app]
        approve: [lead]
        text:
          in_app:
            en:
              - fixed: The app works again. You can look at your payments when it suits you.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
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

    NAME = "pressure"
    CODE = "D623"
    LEVEL = "warning"
    EFFECT = "It looks like the fraud that follows every incident, and teaches people to fall for that one."
    LIST = "pressure"
    CURE = 'Leave them the time: "You can read it when it suits you. Questions? The number is on your card."'

    def applies(self, book: Book, saying: Saying) -> bool:
        return saying.text.source in SHORT and super().applies(book, saying) and public(book, saying)

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` hurries people in a short message."
