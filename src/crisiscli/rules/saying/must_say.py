"""What every text of a message has to say."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import nearest
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.begun import begun
from crisiscli.rules.book import Book, Text
from crisiscli.rules.saying.vocabulary import VOCABULARY


class MustSay(Rule):
    """A text lacks a sentence its message must say, and does not list it under `omits`.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        must_say: [checking, plea]
        text:
          page:
            en:
              - empathy: You cannot get into our app, and we are sorry.
              - checking: We are looking into it.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours on our website.
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        must_say: [checking, plea]
        text:
          page:
            en:
              - empathy: You cannot get into our app, and we are sorry.
              - checking: We are looking into it.
              - plea: Please try again in the evening.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours on our website.
    ```
    """

    NAME = "must-say"
    CODE = "R310"
    EFFECT = "People on that channel would not hear it."

    def check(self, book: Book) -> Iterator[Problem]:
        for text in book.texts:
            must_say = book.runbook.messages[text.message].must_say
            said = [sentence.label for sentence in text.leaf.sentences()] if must_say else []
            for index, label in enumerate(must_say):
                if label in said or label in text.leaf.omits or label in begun(book, text):
                    continue
                asked = Label(book.document.span(("messages", text.message, "must_say", index)), "asked for here")
                what = f"The text for `{text.source}` in `{text.language}` does not say `{label}`."
                guess = nearest(label, said)
                cure = (
                    f"Did you mean `{label}` where it says `{guess}`?"
                    if guess
                    else f"Add `- {_example(book, text, label)}`."
                )
                cure += f" Or write `omits: [{label}]` and `where: ...`."
                yield self.at(book, text.place, what, cure, key=True, others=[asked])


def _example(book: Book, text: Text, label: str) -> str:
    """A sentence under that label as it is usual at this stage; the label alone where there is none."""
    owed = VOCABULARY.get(book.runbook.messages[text.message].stage, ())
    return next((one.example for one in owed if one.example.startswith(f"{label}: ")), f"{label}: ...")
