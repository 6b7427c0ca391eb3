"""Spoken texts with signs that no voice can say."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.texts.mending import in_slot

DIGITS = 6
"""From so many digits in a row on, a voice reads one large number instead of digits."""
_SIGNS = "@/&#*§→"
SPOKEN = ("ivr", "call_centre")


@functools.cache
def _seldom() -> tuple[re.Pattern[str], ...]:
    """What a text must hold to be looked at; each alone, because together they take three times as long."""
    return tuple(map(re.compile, (r"\.\w", rf"[0-9]{{{DIGITS}}}", "[A-Z]-?[0-9]")))


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
        r"|(?P<web>https?://\S+|www\.\S+|\b[\w-]{2,}\.(?:com|eu|net|org|pl|ro)\b(?:/\S*)?)"
        rf"|(?P<digits>(?<![\w.,])\d{{{DIGITS},}}(?!\w))"
        r"|(?P<code>(?<!\w)(?=[A-Z-]*\d)(?=[\d-]*[A-Z])[A-Z0-9]{2,}(?:[-/][A-Z0-9]+)*(?!\w))"
        r"|(?P<sign>\b\w+/\w+\b|[&#*§→\U0001f300-\U0001faff])"
    )


_CURES = {
    "mail": ("is an e-mail address", "Name the page or the number where people find it."),
    "web": ("is a web address", "Say it in words: on our website, in the app."),
    "digits": ("is read as one large number", "Write it in groups, as it is said: 22 345 67 89."),
    "code": ("is a code", "Leave it out, or write each letter and digit by itself."),
    "sign": ("is a sign nobody says", "Write the word it stands for: and, or, to."),
    "short": ("is cut short", "Write the whole word."),
}


class UnreadableAloud(Rule):
    """A text that is read out on the phone holds what a voice cannot say as it is written: a web or e-mail address, a
    long row of digits, a code, a slash, a word cut short.

    A machine spells it or reads nonsense, a colleague stumbles, and the caller cannot look at it again. Cut words are
    the list `abbreviation` of the phrase files.

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [ivr]
        text:
          spoken:
            en:
              - advice: Call 223456789 if a payment is missing.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [ivr]
        text:
          spoken:
            en:
              - advice: Call 22 345 67 89 if a payment is missing.
    ```
    """

    NAME = "unreadable-aloud"
    CODE = "C509"
    LEVEL = "warning"
    EFFECT = "Callers would hear something they cannot understand or write down."

    def check(self, book: Book) -> Iterator[Problem]:
        texts = {text.place: text for channel in SPOKEN for text in book.carried.get(channel, ())}
        if not texts:
            return
        sentences = [(text, sentence) for text in texts.values() for sentence in text.leaf.sentences()]
        said = "\n".join([sentence.text for _, sentence in sentences])
        if any(sign in said for sign in _SIGNS) or b"\xf0" in book.utf8 or any(one.search(said) for one in _seldom()):
            for text, sentence in sentences:
                yield from self._signs(book, Saying(text, sentence, text.below(sentence.place)))
        for language, speech in book.speeches.items():
            for saying, start, end, _ in speech.find(book.around.listed(language, "abbreviation")):
                if saying.text.place in texts:
                    yield self._tell(book, saying, start, end, "short")

    def _signs(self, book: Book, saying: Saying) -> Iterator[Problem]:
        for found in _pattern().finditer(saying.sentence.text):
            kind = found.lastgroup
            if kind is not None and not in_slot(saying.sentence, found.start()):
                yield self._tell(book, saying, found.start(), found.start() + len(found.group().rstrip(".,;:")), kind)

    def _tell(self, book: Book, saying: Saying, start: int, end: int, kind: str) -> Problem:
        why, cure = _CURES[kind]
        words = saying.sentence.text[start:end]
        what = f"`{words}` in the spoken {saying.text.language} text of `{saying.text.message}` {why}."
        return self.at(book, saying.place, what, cure, span=book.stretch(saying.place, start, end), here=why)
