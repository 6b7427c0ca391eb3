"""E-mail subjects that are cut where they are read."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Text

SHOWN = 60
"""Characters of a subject that a list of e-mails on a computer shows; phones show 35 to 45."""


class SubjectLength(Rule):
    """The subject of an e-mail is longer than the list of e-mails shows: about 60 characters, on phones 35 to 45.

    What is cut is the end, so the word that matters stands first. The subject is measured with the
    longest facts in it. One of more than 78 characters, which RFC 5322 sets for a line, is told by `too-long`.

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, email]
        text:
          page:
            en:
              - advice: We never ask for a code. Whoever asks for one is not us.
          email:
            en:
              title: Some things you may like to know about how you can always tell that it is us
              body:
                - advice: We never ask for a code.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, email]
        text:
          page:
            en:
              - advice: We never ask for a code. Whoever asks for one is not us.
          email:
            en:
              title: How to tell that it is us
              body:
                - advice: We never ask for a code.
    ```
    """

    NAME = "subject-length"
    CODE = "C504"
    LEVEL = "warning"
    EFFECT = "People would read half a subject and decide by it whether to open the e-mail."

    def check(self, book: Book) -> Iterator[Problem]:
        for text in book.carried.get("email", ()):
            title = text.leaf.title
            if title and (len(title) > SHOWN or "{{" in title):
                yield from self._measure(book, text, title)

    def _measure(self, book: Book, text: Text, title: str) -> Iterator[Problem]:
        from crisiscli.channels.email import SUBJECT
        from crisiscli.rules.channels.longest import filled

        length = len(filled(title, book.runbook, text.language))
        if SHOWN < length <= SUBJECT:
            place = (*text.place, "title")
            what = f"The {text.language} subject of `{text.message}` has {length} characters; {SHOWN} are shown."
            cure = f"Shorten it by {length - SHOWN}, and put the word that matters first."
            span = book.stretch(place, SHOWN, len(title)) if "{{" not in title else None
            yield self.at(book, place, what, cure, span=span, here="cut from here" if span else "")
