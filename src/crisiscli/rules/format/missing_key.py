"""A key the format cannot do without."""

from __future__ import annotations

from crisiscli.loader.findings import CODES, EFFECTS
from crisiscli.rules.found import Found


class MissingKey(Found):
    """A key the format cannot do without.

    Some keys are needed: a role without `duty`, a step without `id` or a message without `stage` leaves the program
    guessing in the crisis. When a key with nearly that name stands there, `unknown-key` says so instead.

    Bad:
    ```yaml
    reviewed:  # all of them
      on: 2026-11-20
    ```
    Good:
    ```yaml
    reviewed:
      on: 2026-11-20
      by: ann
    ```
    """

    NAME = "missing-key"
    CODE = CODES[NAME][0]
    EFFECT = EFFECTS[NAME]
