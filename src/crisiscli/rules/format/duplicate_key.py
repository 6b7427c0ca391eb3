"""A key stands twice in one block."""

from __future__ import annotations

from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES


class DuplicateKey(Found):
    """A key stands twice in one block.

    Bad:
    ```yaml
    owner: Communications
    owner: Press desk
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "duplicate-key"
    CODE = CODES[NAME]
