"""A condition nobody can evaluate."""

from __future__ import annotations

from crisiscli.loader.findings import CODES, EFFECTS
from crisiscli.rules.found import Found


class ConditionShape(Found):
    """A condition nobody can evaluate.

    A condition is data, not a formula: `{is_attack: no}`, or `{fact: people_reached, at_least: 1000}`, or a list, which
    means all of them. Beside `fact` may stand `is`, `is_not`, `at_least` and `at_most`. Whatever is written
    otherwise can be neither true nor false, so what depends on it waits until a person decides.

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
    EFFECT = EFFECTS[NAME]
