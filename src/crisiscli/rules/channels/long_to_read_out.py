"""Words for the call centre that take too long to read out."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Text

LIMIT = 90
"""Seconds. A judgement of ours: three times what a recording may take (30 s), because a caller can ask in between."""
SURELY_SHORT = 900
"""Characters that nobody needs LIMIT seconds for: at the slowest pace here, 110 words a minute, that is 165 words."""


class LongToReadOut(Rule):
    """What a colleague is to read to a caller takes longer than a minute and a half, with the longest facts in it.

    Nobody listens that long, and nobody reads it whole: each colleague shortens it in their own way, and customers hear
    different things. A brief is for the colleagues themselves and may be longer. Recordings on the IVR have their own,
    harder limit (`too-long`).

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [call_centre, website]
        text:
          spoken:
            en:
              - one: Our app shows the wrong balance to people who paid by card on Saturday, and only to them.
              - two: The money is where it was, and what you paid will be taken from it once and not twice.
              - three: You see the right balance at a cash machine, in a branch, or when you ask me for it now.
              - four: Payments with the card work in shops and on the internet as they did before Saturday.
              - five: Standing orders and direct debits go out on their day, whatever the app shows you then.
              - six: If a shop says that you have no money, ask them to try once more after a few minutes.
              - seven: If you need cash, every machine of every bank gives it to you and takes no fee for it.
              - eight: If you want to know what we write to whom, all of it stands on the first page of our website.
              - nine: If something cost you money in those days, tell me now, and I write it down for you.
              - ten: We call back everybody who asks for it, from a number that you know from your card.
              - eleven: We do not call to ask for codes, and we do not send links in any message about it.
              - twelve: If somebody does, put the phone down and call the number that stands on your card.
              - thirteen: We will say here and on the website when the app shows the right balance again.
          page:
            en:
              - one: The app shows the wrong balance.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [call_centre, website]
        text:
          spoken:
            en:
              - one: Our app shows the wrong balance to people who paid by card on Saturday, and only to them.
              - two: The money is where it was, and what you paid will be taken from it once and not twice.
          page:
            en:
              - one: The app shows the wrong balance.
    ```
    """

    NAME = "long-to-read-out"
    CODE = "C512"
    LEVEL = "warning"
    EFFECT = "Each colleague would shorten it otherwise, and callers would hear different things."

    def check(self, book: Book) -> Iterator[Problem]:
        for text in book.carried.get("call_centre", ()):
            if _length(text) > SURELY_SHORT and book.runbook.messages[text.message].stage != "brief":
                yield from self._weigh(book, text)

    def _weigh(self, book: Book, text: Text) -> Iterator[Problem]:
        from crisiscli.channels.speech import seconds
        from crisiscli.rules.channels.branches import branches
        from crisiscli.rules.channels.longest import filled

        said = [
            " ".join(filled(sentence.text, book.runbook, text.language) for sentence in body)
            for body in branches(text.leaf, book.runbook)
        ]
        longest = max((seconds(words, text.language) for words in said), default=0)
        if longest > LIMIT:
            what = f"The {text.language} text for the call centre takes {longest} seconds to read out."
            cure = f"Keep what callers ask first, about {LIMIT} seconds of it, and leave the rest to the website."
            yield self.at(book, text.place, what, cure, key=True)


def _length(text: Text) -> int:
    return sum(len(sentence.text) for sentence in text.leaf.body)
