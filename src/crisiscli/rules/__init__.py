"""The rules of lint, one per file, in rooms. A new rule is one file in a room and one line on that room's label."""

from __future__ import annotations

import functools
import importlib

from crisiscli.rules.around import Around
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book

ROOMS = ("format", "references", "texts", "channels", "audiences", "saying", "discipline", "readiness", "ignores")
"""The rooms, in the order of the pages. A room is imported when its rules are asked for."""


@functools.cache
def rules(room: str = "") -> tuple[Rule, ...]:
    """The rules of a room, or all of them."""
    if not room:
        return tuple(rule for name in ROOMS for rule in rules(name))
    found: tuple[Rule, ...] = importlib.import_module(f"crisiscli.rules.{room}").RULES
    return found


def rule_called(word: str) -> Rule | None:
    """The rule of that code or name, whatever its case."""
    wanted = word.lower()
    return next((rule for rule in rules() if wanted in (rule.CODE.lower(), rule.NAME)), None)


__all__ = ["ROOMS", "Around", "Book", "Rule", "rule_called", "rules"]
