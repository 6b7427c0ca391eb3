"""The file is not saved as UTF-8. An example cannot be shown: this page is UTF-8."""

from __future__ import annotations

from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES, EFFECTS


class NotUtf8(Found):
    """The file is not saved as UTF-8. An example cannot be shown: this page is UTF-8.

    Good:
    ```yaml
    owner: Łączność
    ```
    """

    NAME = "not-utf8"
    CODE = CODES[NAME]
    EFFECT = EFFECTS[NAME]
