"""A duration, a time from T0 or a day that cannot be read."""

from __future__ import annotations

from crisiscli.loader.findings import CODES
from crisiscli.rules.found import Found


class WrongTime(Found):
    """A duration, a time from T0 or a day that cannot be read.

    Bad:
    ```yaml
    targets:
      first_word: 15 minutes
    ```
    Good:
    ```yaml
    targets:
      first_word: 15m
    ```
    """

    NAME = "wrong-time"
    CODE = CODES[NAME][0]
