"""The file is empty, or holds something other than `key: value` lines."""

from __future__ import annotations

from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES


class NotAMapping(Found):
    """The file is empty, or holds something other than `key: value` lines.

    Bad:
    ```yaml
    - Stop the sending
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "not-a-mapping"
    CODE = CODES[NAME]
