"""Texts that lean on a picture and do not say in words what it shows."""

from __future__ import annotations

from crisiscli.rules.book import Book, Saying
from crisiscli.rules.phrased import Phrased

DESCRIBED = frozenset(("alt", "alt_text", "description", "caption", "captions", "transcript"))
"""Labels of a sentence that says in words what a picture or a video shows."""


class AltText(Phrased):
    """A text points at a picture, a chart or a video, and no sentence of it says in words what is to be seen there.

    Who listens to the page with a screen reader, or whose phone loads no pictures, gets nothing; for banks in the
    European Union words beside every picture are a duty since June 2025 (Directive 2019/882). The description stands
    in the same text under the label `alt` (for a video `captions` or `transcript`). Lists `picture`, `picture_fine`.

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
              - advice: The picture below shows a real message of ours.
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
              - advice: The picture below shows a real message of ours.
              - alt: It has our name at the top, no link, and the last four digits of your card.
    ```
    """

    NAME = "alt-text"
    CODE = "C510"
    LEVEL = "warning"
    EFFECT = "People who cannot see the picture are not told what everybody else is."
    LIST = "picture"
    CURE = "Say it in words in the same text: `- alt: It shows ...`."

    def applies(self, book: Book, saying: Saying) -> bool:
        return not any(sentence.label in DESCRIBED for sentence in saying.text.leaf.body)

    def what(self, saying: Saying, words: str) -> str:
        text = saying.text
        return f"The {text.language} text of `{text.message}` points at `{words}` and does not say what it shows."
