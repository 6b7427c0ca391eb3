"""Sentences that are too long to be read in fear."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.channels import FAMILIES
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying

READ = 28
"""Words in a sentence that is read. Plain-language guides ask for 15 to 20 on average and 25 at most (ISO 24495-1
names none); three more leave a list of things its room."""
HEARD = 22
"""Words in a sentence that is heard once and cannot be read again: about nine seconds of calm English."""
_SPOKEN = ("spoken", *FAMILIES["spoken"])
SHORTEST = 95
"""Characters: a sentence of more than 22 words is longer in any of the three languages."""


class LongSentence(Rule):
    """A sentence has more than 28 words, or more than 22 where it is spoken.

    A reader in fear keeps one thought at a time. Polish and Romanian need about as many words as English for the same
    thought, so the limits are the same; formulas of readability are not used, since they misjudge short texts.

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
              - gesture: >-
                  We pay back the fees of that day on our own, without any form that you would have to fill in,
                  before the end of the month, and those of the day after that as well.
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
              - gesture: >-
                  We pay back the fees of that day on our own, before the end of the month. You do not fill in any
                  form. The same goes for the day after that.
              - complaint: If it cost you more, tell us in a branch or by phone.
          spoken:
            en:
              - apology: We apologise once more for the day without our app.
              - gesture: We pay back the fees of that day on our own.
              - complaint: If it cost you more, tell us in a branch or by phone.
    ```
    """

    NAME = "long-sentence"
    CODE = "D615"
    LEVEL = "warning"
    SINCE = "strict"
    EFFECT = "Frightened people read the first half, and the second half is what they needed."

    def check(self, book: Book) -> Iterator[Problem]:
        for speech in book.speeches.values():
            if speech.longest > SHORTEST:
                for saying in speech.parts:
                    text = saying.sentence.text
                    if len(text) > SHORTEST and text.count(" ") >= HEARD:
                        yield from self._weighed(book, saying)

    def _weighed(self, book: Book, saying: Saying) -> Iterator[Problem]:
        limit = HEARD if saying.text.source in _SPOKEN else READ
        text = saying.sentence.text
        for start, end, words in _sentences(text):
            if words > limit:
                what = f"This sentence has {words} words; {limit} are as many as {_sense(limit)} in one go."
                cure = "Make two sentences of it, the more important one first."
                yield self.at(book, saying.place, what, cure, span=book.stretch(saying.place, start, end))


def _sense(limit: int) -> str:
    return "people take in by ear" if limit == HEARD else "people read"


def _sentences(text: str) -> Iterator[tuple[int, int, int]]:
    """The sentences of a text: start, end and words of each. A value that is filled in counts as one word."""
    import re

    simple = re.sub(r"\{\{.*?\}\}", lambda slot: "x" * len(slot[0]), text)
    start = 0
    for stop in [*(found.end() for found in re.finditer(r"[.!?…][\"”’»)]*(?=\s|$)|[;:](?=\s)", simple)), len(text)]:
        piece = simple[start:stop]
        words = len(re.findall(r"\w+(?:['’-]\w+)*", piece))
        lead = len(piece) - len(piece.lstrip())
        if words:
            yield start + lead, stop, words
        start = stop
