"""Handing the fault to a company that works for us."""

from __future__ import annotations

from crisiscli.rules.book import Book, Saying
from crisiscli.rules.discipline.own_words import OwnWords
from crisiscli.rules.phrased import Said, holds


class BlameSupplier(OwnWords):
    """A text hands the fault to a supplier, or to nobody: "our contractor failed", "beyond our control".

    Customers chose us, not our supplier. That it began there may be said once it is confirmed: under a label that an
    element backs with the cause, or in a text that also says that we answer for it. The wordings are in the lists
    `blame_supplier` and `owned`.

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
              - apology: Our supplier failed, and we apologise.
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
              - apology: Our supplier failed. We answer for it, and we apologise.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
          spoken:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
    ```
    """

    NAME = "blame-supplier"
    CODE = "D624"
    LEVEL = "warning"
    EFFECT = "It sounds as if we washed our hands of it, and the supplier answers in public."
    LIST = "blame_supplier"
    CURE = 'Own it beside it: "It began at a company that works for us. We answer for it."'

    def counts(self, book: Book, said: Said) -> bool:
        text = said.saying.text
        if said.saying.sentence.label in book.runbook.elements:
            return False
        owned = book.around.listed(text.language, "owned")
        whole = " \n".join(sentence.text for sentence in text.leaf.sentences()).lower()
        return not holds(owned, whole.replace(said.words.lower(), ""))

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` hands the fault to somebody else."
