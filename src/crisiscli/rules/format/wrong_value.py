"""A value of the wrong kind, or none of the words allowed."""

from __future__ import annotations

from crisiscli.loader.findings import CODES
from crisiscli.rules.found import Found


class WrongValue(Found):
    """A value of the wrong kind, or none of the words allowed.

    Bad:
    ```yaml
    version: "7"
    ```
    Good:
    ```yaml
    version: 7
    ```
    """

    NAME = "wrong-value"
    CODE = CODES[NAME][0]
