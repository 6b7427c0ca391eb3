"""Anchors, aliases, merge keys, tags and second documents are not part of the format."""

from __future__ import annotations

from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES, EFFECTS


class YamlFeature(Found):
    """Anchors, aliases, merge keys, tags and second documents are not part of the format.

    YAML lets a value be named (`&name`), repeated (`*name`), merged (`<<`) or given a type (`!type`), and lets a file
    hold several documents. Then what is used is not what stands on the line. A text that only begins with such a
    character needs quotes.

    Bad:
    ```yaml
    owner: &us Communications
    ```
    Good:
    ```yaml
    owner: "&us Communications"
    ```
    """

    NAME = "yaml-feature"
    CODE = CODES[NAME]
    EFFECT = EFFECTS[NAME]
