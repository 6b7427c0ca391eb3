"""Anchors, aliases, merge keys, tags and second documents are not part of the format."""

from __future__ import annotations

from crisiscli.rules.found import Found
from crisiscli.source.findings import CODES


class YamlFeature(Found):
    """Anchors, aliases, merge keys, tags and second documents are not part of the format.

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
