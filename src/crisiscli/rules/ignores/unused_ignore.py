"""An ignore comment that holds nothing back."""

from __future__ import annotations

from crisiscli.rules.found import Found


class UnusedIgnore(Found):
    """An ignore comment that holds nothing back: what it was written for is mended, or stands in another line.

    A comment holds back what is found in its own line, or, where it has a line of its own, in the next one. On the
    line of a key it counts for everything below that key. A comment that could not be tried, because its rule needs
    something that was not given (as a revision to compare with), is not told.

    Bad:
    ```yaml
    owner: Communications  # crisis: ignore[unknown-key] read by our archive tool
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "unused-ignore"
    CODE = "H982"
    LEVEL = "warning"
    SINCE = "ready"
    EFFECT = "It would silence the next real finding in this place."
    FIXES = "takes the comment out"
