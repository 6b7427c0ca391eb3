"""Unquoted words that YAML cuts at a `#`."""

from __future__ import annotations

from crisiscli.loader.findings import CODES, EFFECTS
from crisiscli.rules.found import Found


class LostHashtag(Found):
    """Unquoted words that YAML cuts at a `#`.

    In YAML a # after a space begins a comment: without quotes, `Follow #acme today` is read as `Follow`, and your
    hashtag would vanish from the post. A # right after a letter stays. Below the messages every such # is told, but
    for a comment that is set off by two blanks after a finished sentence; elsewhere only one that looks like a hashtag.

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
              - checking: We are looking into it #outage
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
              - checking: "We are looking into it #outage"
    ```
    """

    NAME = "lost-hashtag"
    CODE = CODES[NAME][0]
    EFFECT = EFFECTS[NAME]
    FIXES = "writes the whole text as a block below its key, where a # is a letter like any other"
