"""Apologies without anybody in them."""

from __future__ import annotations

from crisiscli.rules.book import Book, Saying
from crisiscli.rules.discipline.own_words import OwnWords, public
from crisiscli.rules.phrased import Said, holds

_DESCRIBING = ("holding", "status")
"""Stages in which a fault may be described before it is anybody's."""


class PassiveApology(OwnWords):
    """The mistake made itself: "mistakes were made", "an error occurred", and nobody owns it.

    An apology is in the first person: we did it, we are sorry. A passive sentence is fine where it only describes and
    the same text owns the fault elsewhere ("The mistake is ours"), and in the first hours, when the cause is open.
    The wordings are in the lists `passive_apology` and `owned`.

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
              - apology: Mistakes were made, and we apologise.
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
              - apology: We made a mistake, and we apologise.
              - complaint: If it cost you money, tell us in a branch or by phone.
          spoken:
            en:
              - fixed: The app works again.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
    ```
    """

    NAME = "passive-apology"
    CODE = "D604"
    EFFECT = "It sounds as if nobody here had done anything, and people go on looking for who did."
    LIST = "passive_apology"
    CURE = 'Say who did it, in the first person: "We made a mistake."'

    def applies(self, book: Book, saying: Saying) -> bool:
        return super().applies(book, saying) and public(book, saying)

    def counts(self, book: Book, said: Said) -> bool:
        text = said.saying.text
        label = said.saying.sentence.label
        if book.runbook.messages[text.message].stage in _DESCRIBING and "apolog" not in label:
            return False
        owned = book.around.listed(text.language, "owned")
        return not holds(owned, " \n".join(sentence.text for sentence in text.leaf.sentences()).lower())

    def what(self, saying: Saying, words: str) -> str:
        return f"Nobody owns the fault in `{words}`."
