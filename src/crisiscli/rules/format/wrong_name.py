"""A fixed name that other parts of the file, or a typed command, could not point at."""

from __future__ import annotations

from crisiscli.loader.findings import CODES, EFFECTS
from crisiscli.rules.found import Found


class WrongName(Found):
    """A fixed name that other parts of the file, or a typed command, could not point at.

    Ids are typed on a command line and named on the phone: small letters, digits and dashes (`speak-first`). Names of
    facts stand inside texts, so they take underscores in place of dashes (`next_update`).

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
    EFFECT = EFFECTS[NAME]
