"""Words of our trade."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.discipline.own_words import public, quoted
from crisiscli.rules.phrased import Phrased, Said


class Jargon(Phrased):
    """A public text uses a word of our trade: backend, failover, incident.

    Plain language means that the reader finds, understands and can use it at the first reading (ISO 24495-1). The
    words are in the list `jargon`, each with what to say instead; add your own with `- word: what people say`.

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
              - still: The failover has begun, and the app still does not open.
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
              - still: We are switching to our spare system, and the app still does not open.
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

    NAME = "jargon"
    CODE = "D620"
    LEVEL = "warning"
    SINCE = "strict"
    EFFECT = "People who do not know the word hear that we speak to ourselves."
    LIST = "jargon"

    def applies(self, book: Book, saying: Saying) -> bool:
        return public(book, saying) and not quoted(saying.sentence.label)

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` is a word of the trade."

    def cure(self, book: Book, said: Said) -> str:
        listed = book.around.listed(said.saying.text.language, self.LIST)
        better = listed.better.get(said.phrase) if listed is not None else None
        return f'Say what people say: "{better}".' if better else "Say it in words that everybody uses."

    def check(self, book: Book) -> Iterator[Problem]:
        told: set[tuple[str, str]] = set()
        for problem in super().check(book):
            if (problem.what, problem.cure) not in told:
                told.add((problem.what, problem.cure))
                yield problem
