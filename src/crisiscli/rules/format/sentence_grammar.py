"""Braces in a sentence that are neither `{{ fact }}` nor `{{ fact | filter("text") }}`."""

from __future__ import annotations

from crisiscli.loader.findings import CODES
from crisiscli.rules.found import Found


class SentenceGrammar(Found):
    """Braces in a sentence that are neither `{{ fact }}` nor `{{ fact | filter("text") }}`.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - next_update: More {% if soon %}soon{% endif %}.
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
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
