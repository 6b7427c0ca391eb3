"""The file is empty, or holds something other than `key: value` lines."""

from __future__ import annotations

from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES, EFFECTS


class NotAMapping(Found):
    """The file is empty, or holds something other than `key: value` lines.

    A runbook begins with `crisis: 1` and goes on with `key: value` lines. A list, a single text or an empty file gives
    nothing to walk.

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
    EFFECT = EFFECTS[NAME]
