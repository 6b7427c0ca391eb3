"""A text that lacks a following language which the other texts of its message have."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.runbook import Message


class TranslationOwed(Rule):
    """One text of a message lacks a language that follows, and another text of the same message has it.

    A language under `follow:` never holds a message back, so nothing fails without it: it becomes an open item with a
    clock, and somebody translates at night. Where the other texts of the message have the language, most likely it was
    forgotten in this one. A message that has no text in that language at all is left alone, and so is a channel that
    goes out with the words of its family.

    Bad:
    ```yaml
    languages:
      must: [en]
      follow: {pl: 30m}
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, ivr]
        text:
          page:
            en:
              - advice: We are looking into it.
            pl:
              - advice: Sprawdzamy to.
          spoken:
            en:
              - advice: We are looking into it.
    ```
    Good:
    ```yaml
    languages:
      must: [en]
      follow: {pl: 30m}
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website, ivr]
        text:
          page:
            en:
              - advice: We are looking into it.
            pl:
              - advice: Sprawdzamy to.
          spoken:
            en:
              - advice: We are looking into it.
            pl:
              - advice: Sprawdzamy to.
    ```
    """

    NAME = "translation-owed"
    CODE = "T710"
    LEVEL = "warning"
    EFFECT = "Somebody would have to translate it in the crisis, with a clock running."
    SINCE = "strict"

    def check(self, book: Book) -> Iterator[Problem]:
        for code, within in book.runbook.languages.follow.items():
            for name, message in book.runbook.messages.items():
                having = [source for source, languages in message.text.items() if code in languages]
                lacking = len(message.text) - len(having) if having else 0
                for source in _lacking(message, code) if lacking else ():
                    yield self._tell(book, name, source, code, within, having[0])

    def _tell(self, book: Book, name: str, source: str, code: str, within: str, other: str) -> Problem:
        what = f"The text for `{source}` of `{name}` has no {code}; the one for `{other}` has."
        cure = f"Write it now, as `{code}:` below `{source}:`. In a crisis it would be owed within {within}."
        others = [Label(book.document.span(("messages", name, "text", other, code), key=True), "here it is")]
        place = ("messages", name, "text", source)
        return self.at(book, place, what, cure, key=True, here=f"no {code}", others=others)


def _lacking(message: Message, code: str) -> Iterator[str]:
    """The texts of a message that lack a language in which a channel would need them."""
    from crisiscli.channels import CHANNELS, FAMILIES

    for source, languages in message.text.items():
        if code in languages or (source not in CHANNELS and source not in FAMILIES):
            continue
        carried = [source] if source in CHANNELS else [one for one in CHANNELS if CHANNELS[one].family == source]
        carried = [one for one in carried if not message.to or one in message.to]
        if any(not _has(message, channel, CHANNELS[channel].family, code) for channel in carried):
            yield source


def _has(message: Message, channel: str, family: str, code: str) -> bool:
    return code in message.text.get(channel, ()) or code in message.text.get(family, ())
