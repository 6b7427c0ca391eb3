"""A character that cannot be seen, or that turns the reading direction around."""

from __future__ import annotations

from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES


class HiddenCharacter(Found):
    """A character that cannot be seen, or that turns the reading direction around.

    Bad:
    ```yaml
    owner: "Communi\\u202Ecations"
    ```
    Good:
    ```yaml
    owner: "Communications"
    ```
    """

    NAME = "hidden-character"
    CODE = CODES[NAME]
