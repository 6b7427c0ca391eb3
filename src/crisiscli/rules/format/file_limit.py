"""Too large, too many values, or nested too deep."""

from __future__ import annotations

from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES, EFFECTS


class FileLimit(Found):
    """Too large, too many values, or nested too deep.

    A file may have 512 KB, 20,000 values, 24 levels and 64 KB in one text. The largest shipped runbook needs a tenth of
    that. What is larger is nearly always a bracket that was never closed, or a file that is no runbook; reading it
    to the end could take longer than a person waits.

    Bad:
    ```yaml
    owner: [[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "file-limit"
    CODE = CODES[NAME]
    EFFECT = EFFECTS[NAME]
