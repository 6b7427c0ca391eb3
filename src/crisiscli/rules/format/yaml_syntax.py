"""The file is not YAML from some place on."""

from __future__ import annotations

from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES


class YamlSyntax(Found):
    """The file is not YAML from some place on.

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
