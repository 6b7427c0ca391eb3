"""A text that is no list of labelled sentences."""

from __future__ import annotations

from crisiscli.loader.findings import CODES
from crisiscli.rules.found import Found


class TextShape(Found):
    """A text that is no list of labelled sentences.

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
              - We are looking into it.
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
              - checking: We are looking into it.
    ```
    """

    NAME = "text-shape"
    CODE = CODES[NAME][0]
