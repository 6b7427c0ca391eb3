"""Texts that ask for an answer nobody will read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.phrased import holds

ONE_WAY = {"push": "a push cannot be answered", "sms": "an SMS from a name cannot be answered"}
"""Channels whose answers reach nobody."""
_NEAR = 24
"""So many characters before the words may turn them around: "please do not reply to this"."""
_MUTE = ("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply")


class ReplyRoute(Rule):
    """A text on a channel that takes no answers asks for one.

    A push cannot be answered, an SMS that is sent under a company's name neither, and an e-mail from a `noreply@`
    address goes nowhere. Somebody who answers in fear and hears nothing remembers only that; and "answer this SMS" is
    what forged messages say. The wordings are the list `reply_here` of the phrase files. For e-mail the sender is the
    one that crisis.yaml binds.

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, sms]
        text:
          page:
            en:
              - advice: We never ask for a code. Whoever asks for one is not us.
          sms:
            en:
              - advice: If you paid twice, reply to this message.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, sms]
        text:
          page:
            en:
              - advice: We never ask for a code. Whoever asks for one is not us.
          sms:
            en:
              - advice: If you paid twice, call the number on your card.
    ```
    """

    NAME = "reply-route"
    CODE = "C508"
    EFFECT = "People would write to us in fear, and nobody would read it."

    def check(self, book: Book) -> Iterator[Problem]:
        for language, speech in book.speeches.items():
            for hit in speech.hits(book.around.listed(language, "reply_here")):
                before = re.split(r"[.,;:!?\n]", speech.plain[max(0, hit.start - _NEAR) : hit.start])[-1]
                if not holds(book.around.listed(language, "reply_here_fine"), before):
                    saying, start = speech.at(hit.start)
                    yield from self._weigh(book, saying, start, start + hit.end - hit.start)

    def _weigh(self, book: Book, saying: Saying, start: int, end: int) -> Iterator[Problem]:
        reasons = [
            why for channel, why in _mute(book) if any(one is saying.text for one in book.carried.get(channel, ()))
        ]
        if reasons:
            words = saying.sentence.text[start:end]
            what = f"`{words}` asks for an answer, but {reasons[0]}."
            cure = "Name a way that is open: the number on the card, a branch, a message in the app."
            span = book.stretch(saying.place, start, end)
            yield self.at(book, saying.place, what, cure, span=span, here="nobody reads it")


def _mute(book: Book) -> Sequence[tuple[str, str]]:
    found = [*ONE_WAY.items()]
    if book.around.config is not None:
        settings = book.around.config.binding("email").settings
        answers = str(settings.get("reply_to") or settings.get("from") or "")
        if answers.lower().rpartition("<")[2].startswith(_MUTE):
            found.append(("email", f"e-mail is sent from `{answers}`"))
    return found
