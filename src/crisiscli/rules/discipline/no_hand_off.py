"""Replies that invite details and lead nowhere safe."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.channels import FAMILIES
from crisiscli.problem import Problem
from crisiscli.rules.book import Book, Saying, Text
from crisiscli.rules.discipline.own_words import OwnWords
from crisiscli.rules.phrased import Said, holds

_OPEN_PLACES = ("post", "chat", *FAMILIES["post"], *FAMILIES["chat"])
LABEL = "hand_off"
_PACK = "angry"
"""A label that only a pack of replies has."""


class NoHandOff(OwnWords):
    """A reply on social media or in a chat asks for details and does not lead to a channel that knows who speaks.

    On Facebook or X nobody can tell who writes, and no account can be looked into there: the case moves to the number
    on the card, a branch, or a call from us. Looked at are posts and chats with a wording of the list `invites`, and
    packs of replies (which have a label `angry`); a label `hand_off`, or a wording of the list
    `hand_off` in the same text, is enough.

    Bad:
    ```yaml
    messages:
      closure:
        stage: closure
        for: [customers, offline_customers]
        to: [website, ivr, branch, x]
        approve: [lead, executive]
        text:
          post:
            en:
              - apology: We apologise once more for the day without our app.
              - complaint: Did it cost you more? Send us a private message.
          page:
            en:
              - apology: We apologise once more for the day without our app.
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
        to: [website, ivr, branch, x]
        approve: [lead, executive]
        text:
          post:
            en:
              - apology: We apologise once more for the day without our app.
              - complaint: Did it cost you more? Call the number on your card.
          page:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
          spoken:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
    ```
    """

    NAME = "no-hand-off"
    CODE = "D612"
    EFFECT = "People write account matters where anybody reads them, and nobody can help them there."
    LIST = "invites"
    CURE = 'Lead them on: "Let us talk about your account on the number on your card." Label it `hand_off`.'

    def applies(self, book: Book, saying: Saying) -> bool:
        return saying.text.source in _OPEN_PLACES and super().applies(book, saying)

    def counts(self, book: Book, said: Said) -> bool:
        return not _leads_on(book, said.saying.text)

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` invites details, and the text does not lead to a channel that knows who is speaking."

    def check(self, book: Book) -> Iterator[Problem]:
        yield from super().check(book)
        if f"- {_PACK}:" in book.document.text:
            for text in book.texts:
                labels = {sentence.label for sentence in text.leaf.body}
                if _PACK in labels and not _leads_on(book, text):
                    what = f"The replies in `{text.message}` never hand a case over to an identified channel."
                    yield self.at(book, text.place, what, self.CURE, key=True)


def _leads_on(book: Book, text: Text) -> bool:
    listed = book.around.listed(text.language, "hand_off")
    sentences = list(text.leaf.sentences())
    return any(sentence.label == LABEL for sentence in sentences) or holds(
        listed, " \n".join(sentence.text for sentence in sentences).lower()
    )
