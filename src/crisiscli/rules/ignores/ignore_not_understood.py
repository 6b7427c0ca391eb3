"""An ignore comment that names no rule that can be ignored."""

from __future__ import annotations

from crisiscli.rules.found import Found


class IgnoreNotUnderstood(Found):
    """An ignore comment that names no rule that can be ignored, or that stands where it cannot count.

    It is written `# crisis: ignore[CODE] reason`, several codes or names with commas between them. For a whole file
    it is `# crisis: ignore-file[CODE] reason`, above the first key. What keeps the file from being read (the codes
    that begin with Y) cannot be ignored, and neither can these rules about ignoring.

    Bad:
    ```yaml
    ownr: Communications  # crisis: ignore[unknwon-key, unknown-key] read by our archive tool
    ```
    Good:
    ```yaml
    ownr: Communications  # crisis: ignore[unknown-key] read by our archive tool
    ```
    """

    NAME = "ignore-not-understood"
    CODE = "H983"
    LEVEL = "warning"
    SINCE = "ready"
    EFFECT = "The comment looks as if it counted, and does not."
