"""Texts in another language than the one they stand under."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Text
from crisiscli.rules.texts.tongues import NAMES, may_hold_another, spoken_instead


class WrongLanguage(Rule):
    """A whole text stands under one language and is clearly written in another.

    It happens when a text is copied to be translated and then forgotten. Polish, Romanian and English are told apart
    by their commonest words and letters; a text is only named when another of them wins clearly, by enough words.
    Names, quotations and single sentences do not count.

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
              - advice: Nie znamy jeszcze przyczyny i sprawdzamy, co się stało. Prosimy o cierpliwość.
              - where: Każde nasze słowo znajdziesz na naszej stronie.
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
              - advice: We do not know the cause yet and are finding out what happened. Please bear with us.
              - where: You find every word of ours on our website.
    ```
    """

    NAME = "wrong-language"
    CODE = "T704"
    EFFECT = "People would get words in a language they did not ask for, and may not read."

    def check(self, book: Book) -> Iterator[Problem]:
        for language, speech in book.speeches.items():
            if may_hold_another(speech.stems, language):
                for text in book.texts:
                    if text.language == language:
                        yield from self._judge(book, text)

    def _judge(self, book: Book, text: Text) -> Iterator[Problem]:
        said = " ".join(_words(sentence.text) for sentence in text.leaf.sentences())
        other = spoken_instead(said, text.language)
        if other:
            what = f"The `{text.language}` text of `{text.message}` for `{text.source}` reads as {NAMES[other]}."
            declared = NAMES[text.language[:2]]
            cure = f"Write it in {declared}, or put it under `{other}:`."
            yield self.at(book, text.place, what, cure, key=True, here=f"reads as {NAMES[other]}")


def _words(sentence: str) -> str:
    """A sentence without the names of facts."""
    if "{{" not in sentence:
        return sentence
    from crisiscli.sentences import read_sentence

    return " ".join(part for part in read_sentence(sentence)[0] if isinstance(part, str))
