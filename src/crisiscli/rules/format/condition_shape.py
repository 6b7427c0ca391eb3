"""A condition nobody can evaluate."""

from __future__ import annotations

from crisiscli.loader.findings import CODES
from crisiscli.rules.found import Found


class ConditionShape(Found):
    """A condition nobody can evaluate.

    Bad:
    ```yaml
    elements:
      checking:
        needs: {fact: is_attack, equals: no}
    ```
    Good:
    ```yaml
    elements:
      checking:
        needs: {fact: is_attack, is: no}
    ```
    """

    NAME = "condition-shape"
    CODE = CODES[NAME][0]
