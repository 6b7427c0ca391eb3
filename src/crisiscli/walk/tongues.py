"""The languages an incident speaks: of those a runbook has, the ones the company's public reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FOLLOWS = "30m"
"""Within what time a language follows that the runbook itself holds for one that must."""


def narrowed(plan: dict[str, Any], company: Sequence[str]) -> dict[str, Any]:
    """The plan with the languages of `crisis.yaml` only; its first one must, and of the others those that must do.

    Unchanged when `crisis.yaml` names no language, or none that the runbook has: words in a foreign language are
    better than none.
    """
    must, follow = plan["languages"].get("must", ()), plan["languages"].get("follow") or {}
    kept = [language for language in company if language in must or language in follow]
    if not kept:
        return plan
    needed = [language for language in kept if language == kept[0] or language in must]
    later = {language: follow.get(language, FOLLOWS) for language in kept if language not in needed}
    return {**plan, "languages": {"must": needed, "follow": later}}
