"""Guesses in public."""

from __future__ import annotations

from crisiscli.rules.book import Book, Saying
from crisiscli.rules.discipline.own_words import OwnWords, public


class Speculation(OwnWords):
    """A text guesses: "probably", "it seems that", "we think it was".

    Only confirmed facts go out; what is not known is said to be not known. Known, not known, how we find out: that is
    the rule of crisis communication that the United States' CDC teaches (CERC). The wordings are in the list
    `speculation`.

    Bad:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - still: The app still does not open, probably because of a power cut.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - apology: We apologise for the long wait.
              - next_update: More at {{ next_update }}.
          spoken:
            en:
              - still: The app still does not open.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - next_update: More at {{ next_update }}.
    ```
    Good:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - still: The app still does not open. We do not know the cause yet.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - apology: We apologise for the long wait.
              - next_update: More at {{ next_update }}.
          spoken:
            en:
              - still: The app still does not open.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - next_update: More at {{ next_update }}.
    ```
    """

    NAME = "speculation"
    CODE = "D619"
    LEVEL = "warning"
    EFFECT = "A guess is quoted as a fact, and taking it back costs the trust in everything else."
    LIST = "speculation"
    CURE = 'Say what is known, or that it is not known yet: "We do not know the cause yet. We are looking into it."'

    def applies(self, book: Book, saying: Saying) -> bool:
        return super().applies(book, saying) and public(book, saying)

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` is a guess."
