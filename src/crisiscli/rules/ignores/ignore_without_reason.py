"""An ignore comment that does not say why."""

from __future__ import annotations

from crisiscli.rules.found import Found


class IgnoreWithoutReason(Found):
    """An ignore comment that does not say why. Until it does, it ignores nothing.

    Whoever opens this file next year has to know whether the reason still holds. One short sentence behind the
    bracket is enough: who decided it, or what makes this place different.

    Bad:
    ```yaml
    ownr: Communications  # crisis: ignore[unknown-key]
    ```
    Good:
    ```yaml
    ownr: Communications  # crisis: ignore[unknown-key] read by our archive tool, not by crisis
    ```
    """

    NAME = "ignore-without-reason"
    CODE = "H981"
    LEVEL = "warning"
    SINCE = "ready"
    EFFECT = "Nobody could tell whether this finding was weighed or only silenced."
