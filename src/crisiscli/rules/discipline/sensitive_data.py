"""Asking for data that nobody may ask for."""

from __future__ import annotations

from crisiscli.rules.book import Book, Saying
from crisiscli.rules.discipline.own_words import OwnWords
from crisiscli.rules.phrased import Said, holds


class SensitiveData(OwnWords):
    """A text asks for a card number, PIN, password, code, PESEL, CNP or log-in.

    A fraud asks for exactly these, so a message of ours never does, and a moderator never does in public. "We never
    ask for your PIN" is left alone: what counts is the sentence. The wordings are in the lists `sensitive` (the data)
    and `asking` (the asking); both must stand in one sentence. `sensitive_fine` holds the negations.

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
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day. Please confirm your card number in a branch.
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
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own. We never ask for your card number.
              - complaint: If it cost you more, tell us in a branch or by phone.
          spoken:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
    ```
    """

    NAME = "sensitive-data"
    CODE = "D611"
    EFFECT = "It teaches people to answer the fraud that comes next; what they write in public stays there."
    LIST = "sensitive"
    CURE = 'Lead them to where we know who is speaking: "Call the number on your card. We never ask for codes."'

    def counts(self, book: Book, said: Said) -> bool:
        return holds(book.around.listed(said.saying.text.language, "asking"), said.sentence)

    def what(self, saying: Saying, words: str) -> str:
        return f"The text asks for `{words}`."
