"""Unquoted words that YAML cuts at a `#`."""

from __future__ import annotations

from crisiscli.loader.findings import CODES
from crisiscli.rules.found import Found


class LostHashtag(Found):
    """Unquoted words that YAML cuts at a `#`.

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
              - checking: We are looking into it #outage
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
              - checking: "We are looking into it #outage"
    ```
    """

    NAME = "lost-hashtag"
    CODE = CODES[NAME][0]
