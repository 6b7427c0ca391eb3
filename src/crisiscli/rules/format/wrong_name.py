"""A fixed name that other parts of the file, or a typed command, could not point at."""

from __future__ import annotations

from crisiscli.loader.findings import CODES
from crisiscli.rules.found import Found


class WrongName(Found):
    """A fixed name that other parts of the file, or a typed command, could not point at.

    Bad:
    ```yaml
    id: Outage 2026
    ```
    Good:
    ```yaml
    id: outage-2026
    ```
    """

    NAME = "wrong-name"
    CODE = CODES[NAME][0]
