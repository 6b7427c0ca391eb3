"""Too large, too many values, or nested too deep."""

from __future__ import annotations

from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES


class FileLimit(Found):
    """Too large, too many values, or nested too deep.

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
