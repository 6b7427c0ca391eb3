"""A key the format does not know at this place."""

from __future__ import annotations

from crisiscli.loader.findings import CODES, EFFECTS
from crisiscli.rules.found import Found


class UnknownKey(Found):
    """A key the format does not know at this place.

    Each block of the format has its keys; the nearest one is named when a letter went wrong. A comma inside braces is
    told here too: in `{title: Hello, world}` the text ends before the comma, and `world` becomes a key.

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
    EFFECT = EFFECTS[NAME]
