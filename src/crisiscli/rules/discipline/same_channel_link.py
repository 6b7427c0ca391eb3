"""A correction that looks like the attack."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.channels import CHANNELS, FAMILIES
from crisiscli.problem import Problem
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.discipline.own_words import OwnWords, public

SHORT = ("short", *FAMILIES["short"])
_LINKS = ("http://", "https://", "www.")


class SameChannelLink(OwnWords):
    """A push, SMS or in-app text, or a correction, asks for a click or a log-in, or a correction holds a link.

    A correction in the channel that went wrong asks for nothing and leads nowhere: that is how people can tell it
    from a fraud. Banks in Singapore send no clickable links to customers at all (MAS and ABS, January 2022). "Please
    do not tap it" is left alone. The wordings are in the list `click`; a message is a correction when its id says so.

    Bad:
    ```yaml
    messages:
      all_clear:
        stage: all_clear
        for: [customers, offline_customers, front_line]
        to: [website, ivr, branch, intranet, in_app]
        approve: [lead]
        text:
          in_app:
            en:
              - fixed: The app works again. Please log in and check your payments.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
          page:
            en:
              - fixed: The app works again.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
          spoken:
            en:
              - fixed: The app works again.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
    ```
    Good:
    ```yaml
    messages:
      all_clear:
        stage: all_clear
        for: [customers, offline_customers, front_line]
        to: [website, ivr, branch, intranet, in_app]
        approve: [lead]
        text:
          in_app:
            en:
              - fixed: The app works again. You find your payments where they were.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
          page:
            en:
              - fixed: The app works again.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
          spoken:
            en:
              - fixed: The app works again.
              - apology: We apologise for the day it cost you.
              - complaint: If it cost you money, tell us in a branch or by phone.
    ```
    """

    NAME = "same-channel-link"
    CODE = "D613"
    EFFECT = "It looks like the attack people fear, and every tap burdens a system that may be slow already."
    LIST = "click"
    CURE = 'Ask for nothing: "We sent it by mistake, and we are sorry. Questions? The number is on your card."'

    def applies(self, book: Book, saying: Saying) -> bool:
        short = saying.text.source in SHORT or _corrects(saying.text.message)
        return short and super().applies(book, saying) and public(book, saying)

    def what(self, saying: Saying, words: str) -> str:
        return f"`{words}` asks for a click or a log-in in a short text, or in a correction."

    def check(self, book: Book) -> Iterator[Problem]:
        yield from super().check(book)
        for text in book.texts if _corrects(" ".join(book.runbook.messages)) else ():
            if _corrects(text.message) and _may_hold_links(text.source):
                for sentence in text.leaf.sentences():
                    start = min((at for mark in _LINKS if (at := sentence.text.lower().find(mark)) >= 0), default=-1)
                    if start >= 0:
                        place = text.below(sentence.place)
                        end = start + len(sentence.text[start:].split()[0])
                        what = f"The correction `{text.message}` holds a link."
                        yield self.at(book, place, what, self.CURE, span=book.stretch(place, start, end))


def _corrects(message: str) -> bool:
    return "corr" in message or "sprost" in message or "corect" in message


def _may_hold_links(source: str) -> bool:
    """False where a link is a mistake in every text, which another rule tells of."""
    return source != "short" and (source not in CHANNELS or CHANNELS[source].links)
