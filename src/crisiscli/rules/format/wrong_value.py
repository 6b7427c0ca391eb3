"""A value of the wrong kind, or none of the words allowed."""

from __future__ import annotations

from crisiscli.loader.findings import CODES, EFFECTS
from crisiscli.rules.found import Found


class WrongValue(Found):
    """A value of the wrong kind, or none of the words allowed.

    A number, a word of a short list, yes or no, a list, a block: every key takes one kind. Where a text is wanted, a
    plain number such as `longest: 4700000` needs quotes; a key without any value is an unfinished line.

    Bad:
    ```yaml
    version: "7"
    ```
    Good:
    ```yaml
    version: 7
    ```
    """

    NAME = "wrong-value"
    CODE = CODES[NAME][0]
    EFFECT = EFFECTS[NAME]
    FIXES = "puts quotes around a number, or true and false, where a text is wanted"
