"""Rules about the words themselves, whatever they say."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.texts.language_missing import LanguageMissing

RULES: tuple[Rule, ...] = (LanguageMissing(),)
