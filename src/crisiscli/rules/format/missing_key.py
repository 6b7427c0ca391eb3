"""A key the format cannot do without."""

from __future__ import annotations

from crisiscli.loader.findings import CODES
from crisiscli.rules.found import Found


class MissingKey(Found):
    """A key the format cannot do without.

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
