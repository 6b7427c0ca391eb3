"""A key the format does not know at this place."""

from __future__ import annotations

from crisiscli.loader.findings import CODES
from crisiscli.rules.found import Found


class UnknownKey(Found):
    """A key the format does not know at this place.

    Bad:
    ```yaml
    ownr: Communications
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "unknown-key"
    CODE = CODES[NAME][0]
