"""The file is not YAML from some place on."""

from __future__ import annotations

from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES, EFFECTS


class YamlSyntax(Found):
    """The file is not YAML from some place on.

    The usual reasons: a text that begins with `{{`, `@`, `%` or a backtick, a colon with a space inside a sentence, a
    quote inside quotes, a bracket or a quote that is never closed, a tab, a line that does not line up. Quotes
    around the whole text mend most of them. What comes after the place is not read, so other mistakes may show
    afterwards.

    Bad:
    ```yaml
    owner: @communications
    ```
    Good:
    ```yaml
    owner: "@communications"
    ```
    """

    NAME = "yaml-syntax"
    CODE = CODES[NAME]
    EFFECT = EFFECTS[NAME]
    FIXES = (
        "puts quotes around a text that begins with `{{`, `@`, `%` or a backtick, and turns tabs into spaces, "
        "where only one reading is possible"
    )
