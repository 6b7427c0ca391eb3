"""A duration, a time from T0 or a day that cannot be read."""

from __future__ import annotations

from crisiscli.loader.findings import CODES, EFFECTS
from crisiscli.rules.found import Found


class WrongTime(Found):
    """A duration, a time from T0 or a day that cannot be read.

    Times are written short, so that nobody has to translate them at night: `90s`, `30m`, `72h`, `2d`; from the event
    `T+9m`; days as `2026-11-20`. What cannot be read starts no clock, and nobody would be reminded.

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
    EFFECT = EFFECTS[NAME]
