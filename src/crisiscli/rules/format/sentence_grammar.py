"""Braces in a sentence that are neither `{{ fact }}` nor `{{ fact | filter("text") }}`."""

from __future__ import annotations

from crisiscli.loader.findings import CODES, EFFECTS
from crisiscli.rules.found import Found


class SentenceGrammar(Found):
    """Braces in a sentence that are neither `{{ fact }}` nor `{{ fact | filter("text") }}`.

    A sentence may hold a fact, `{{ next_update }}`, and a fact put in form, `{{ people_reached | count }}`. Everything
    else of a template language is left out on purpose: a sentence that can loop or decide cannot be approved by
    reading it. What depends on a fact is a sentence of its own with `when:` below it.

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
              - next_update: More at {{ next_update }}{% if soon %}, and soon{% endif %}.
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
              - next_update: More at {{ next_update }}.
    ```
    """

    NAME = "sentence-grammar"
    CODE = CODES[NAME][0]
    EFFECT = EFFECTS[NAME]
    FIXES = "writes two braces around the name of a fact that stands in one"
