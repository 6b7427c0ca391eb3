"""A stand-in for each fact that measures more than any value of it: a text that fits with them needs no closer look.

The exact values come from Babel, whose import alone takes longer than linting a runbook.
"""

from __future__ import annotations

import re

from crisiscli.runbook import Fact, Runbook
from crisiscli.sentences import Slot, read_sentence

LANGUAGES = ("en", "pl", "ro")
"""The languages for which the stand-in was compared with what Babel writes."""
_ROOM = "ł0" * 50
"""More characters, and more of them said as words of their own, than a number, time or duration ever has; none of the
letters of Polish and Romanian is worth more to a channel than ł, and with it an SMS holds least."""
_LONGEST = 30
_ARGUMENTS = 40
_BEFORE = re.compile(r"[\s(„\"«“]\Z")
_AFTER = re.compile(r"[.,;:!?)”\"»…]*(?:\s|\Z)")


def roomy(sentence: str, runbook: Runbook, language: str) -> str | None:
    """The sentence with a stand-in in each slot; None where no stand-in is sure to be longer than the value."""
    if "{{" not in sentence:
        return sentence
    parts = read_sentence(sentence)[0]
    words: list[str] = []
    for index, part in enumerate(parts):
        if isinstance(part, str):
            words.append(part)
            continue
        before, after = parts[index - 1] if index else " ", parts[index + 1] if index + 1 < len(parts) else ""
        if isinstance(before, Slot) or isinstance(after, Slot) or not _BEFORE.search(before) or not _AFTER.match(after):
            return None
        value = _stand_in(part, runbook.facts.get(part.name), language)
        if value is None:
            return None
        words.append(value)
    return "".join(words)


def _stand_in(slot: Slot, fact: Fact | None, language: str) -> str | None:
    if fact is None or language not in LANGUAGES:
        return None
    longest = fact.longest or ""
    if fact.type == "time" and slot.filter in ("", "time") and slot.arguments in ((), ("HH:mm",)):
        return "00:00"
    if fact.type == "text" and not slot.filter:
        return (longest or "(not known yet)") if longest == longest.strip() else None
    if fact.type == "choice" and not slot.filter and not longest:
        return max(fact.options.values(), key=len, default=None)
    small = len(longest) <= _LONGEST and sum(len(str(argument)) for argument in slot.arguments) <= _ARGUMENTS
    numeric = fact.type in ("time", "count", "percent", "duration", "yes_no")
    return _ROOM if small and numeric else None
