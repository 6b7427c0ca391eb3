"""Typographic characters where they do harm."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying, Text
from crisiscli.rules.texts.mending import in_slot, replaced

_FIRST_BYTES = (b"\xe2", b"\xc2")
"""How typographic characters begin in UTF-8."""


@functools.cache
def _address() -> re.Pattern[str]:
    """A web or e-mail address with a typographic dash or blank inside it."""
    dashes, end = "‐‑‒–—−", r"\.(?:com|eu|net|org|pl|ro|example|bank)\b"
    return re.compile(rf"[\w.+-]*[\w.@/:]*\w[{dashes}][\w.{dashes}-]*{end}|\w{end}/[\w./-]*[{dashes}][\w./{dashes}-]*")


class SmartCharacter(Rule):
    """A typographic character (a curly quote, a long dash, an ellipsis, a fixed blank) stands where it does harm.

    Word processors put them in by themselves. In an SMS one of them makes the text cost more parts; inside an address
    it leads nowhere. Elsewhere they are right: „Polish quotation marks” on a page, or in an SMS that needs its
    diacritics anyway, are let alone.

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: You find all of it on our–bank.example.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: You find all of it on our-bank.example.
    ```
    """

    NAME = "smart-character"
    CODE = "T709"
    LEVEL = "warning"
    EFFECT = "An SMS would cost more for every recipient, or an address would lead nowhere."

    def check(self, book: Book) -> Iterator[Problem]:
        utf8 = book.utf8
        if not any(first in utf8 for first in _FIRST_BYTES):
            return
        for text in book.carried.get("sms", ()):
            yield from self._sms(book, text)
        for speech in book.speeches.values():
            if not speech.text.isascii() and any(dash in speech.text for dash in "‐‑‒–—−"):
                for found in _address().finditer(speech.text):
                    saying, start = speech.at(found.start())
                    if not in_slot(saying.sentence, start):
                        yield self._tell_address(book, saying, start, start + len(found.group()))

    def _sms(self, book: Book, text: Text) -> Iterator[Problem]:
        from crisiscli.rules.channels.alphabets import SMART, needless, parts, places

        odd = needless(text)
        if not odd or not odd <= SMART.keys():
            return
        now, without = parts(book, text, odd)
        if without >= now:
            return
        found = list(places(book, text, odd))
        saying, at = found[0]
        character = saying.sentence.text[at]
        what = f"{_shown(character)} makes the {text.language} SMS of `{text.message}` cost {now} parts, not {without}."
        cure = f"Type {_shown(SMART[character])} instead."
        changes = [(one.place, start, start + 1, SMART[one.sentence.text[start]]) for one, start in found]
        fix = replaced(book, changes, "write plain characters")
        others = [Label(book.stretch(one.place, start, start + 1), "here too") for one, start in found[1:5]]
        span = book.stretch(saying.place, at, at + 1)
        yield self.at(book, saying.place, what, cure, span=span, here=f"U+{ord(character):04X}", others=others, fix=fix)

    def _tell_address(self, book: Book, saying: Saying, start: int, end: int) -> Problem:
        from crisiscli.rules.channels.alphabets import SMART

        written = saying.sentence.text[start:end]
        at = next(index for index, one in enumerate(written) if one in SMART) + start
        character = saying.sentence.text[at]
        meant = "".join(SMART.get(one, one) for one in written)
        what = f"In the address `{written}` there is a typographic {_shown(character)}."
        changes = [
            (saying.place, start + index, start + index + 1, SMART[one])
            for index, one in enumerate(written)
            if one in SMART
        ]
        fix = replaced(book, changes, f"write {meant}")
        span = book.stretch(saying.place, at, at + 1)
        return self.at(
            book, saying.place, what, f"Write `{meant}`.", span=span, here=f"U+{ord(character):04X}", fix=fix
        )


def _shown(character: str) -> str:
    from crisiscli.channels.measures import listed

    return "a plain blank" if character == " " else f"`{listed([character])}`"
