"""A text that is no list of labelled sentences."""

from __future__ import annotations

from crisiscli.loader.findings import CODES, EFFECTS
from crisiscli.rules.found import Found


class TextShape(Found):
    """A text that is no list of labelled sentences.

    A text is a list of sentences, each with a label that says what it is for: `- empathy: ...`, `- checking: ...`. The
    labels are how lint, and the approver, see that nothing is missing, in any language. A text with a title has
    `title:` and `body:`.

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
              - We are looking into it.
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
              - checking: We are looking into it.
    ```
    """

    NAME = "text-shape"
    CODE = CODES[NAME][0]
    EFFECT = EFFECTS[NAME]
    FIXES = "puts quotes around a number that is meant as words"
