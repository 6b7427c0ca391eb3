"""One character that makes an SMS cost more parts."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Text


class SmsUnicode(Rule):
    """A letter or sign that the text does not need makes an SMS cost more parts.

    An SMS holds 160 characters of the GSM alphabet. With a single character outside it (an emoji, a foreign letter)
    it holds 70, and every recipient costs two or three parts instead of one (3GPP TS 23.038, 6.2.1). Polish and
    Romanian spelled correctly need such letters and are let alone; a text spelled in plain letters on purpose, in
    which one ę was forgotten, is not.

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
              - advice: Our café in the main branch is open all night for everybody who waits there. ☕ Bring a card.
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
              - advice: Our café in the main branch is open all night for everybody who waits there. Bring a card.
    ```
    """

    NAME = "sms-unicode"
    CODE = "C502"
    LEVEL = "warning"
    EFFECT = "Every recipient would cost more parts, and on some networks the parts arrive late or out of order."

    def check(self, book: Book) -> Iterator[Problem]:
        for text in book.carried.get("sms", ()):
            yield from self._look(book, text)

    def _look(self, book: Book, text: Text) -> Iterator[Problem]:
        from crisiscli.channels.measures import listed
        from crisiscli.rules.channels.alphabets import SMART, needless, parts, places, plain
        from crisiscli.rules.texts.mending import replaced

        odd = needless(text)
        if odd <= SMART.keys():
            return
        now, without = parts(book, text, odd)
        if without >= now:
            return
        first, *more = places(book, text, odd)
        saying, at = first
        character = saying.sentence.text[at]
        what = f"`{listed([character])}` makes the {text.language} SMS of `{text.message}` cost {now} parts."
        instead = f"write `{plain(character)}` instead" if plain(character) else "leave it out"
        cure = f"Without it and its like the text takes {without}: {instead}."
        changes = [(one.place, start, start + 1, plain(one.sentence.text[start])) for one, start in (first, *more)]
        fix = replaced(book, changes, "spell it in plain letters") if all(change[3] for change in changes) else None
        others = [Label(book.stretch(one.place, start, start + 1), "this one too") for one, start in more[:4]]
        span = book.stretch(saying.place, at, at + 1)
        yield self.at(book, saying.place, what, cure, span=span, here=f"U+{ord(character):04X}", others=others, fix=fix)
