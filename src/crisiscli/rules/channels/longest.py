"""A sentence with the longest value of each fact in it: what texts are measured with."""

from __future__ import annotations

import functools
from datetime import UTC

from crisiscli.runbook import Fact, Runbook
from crisiscli.sentences import Slot, read_sentence

_Key = tuple[str, str | None, tuple[tuple[str, str], ...], tuple[str, ...]]


def filled(sentence: str, runbook: Runbook, language: str) -> str:
    """A sentence with the longest value in each slot."""
    if "{{" not in sentence:
        return sentence
    return "".join(_value(part, runbook, language) for part in read_sentence(sentence)[0])


def shown(fact: Fact, language: str) -> str:
    """The longest value of a fact as the public reads it."""
    return _said(_key(fact), "", (), language)


def _value(part: str | Slot, runbook: Runbook, language: str) -> str:
    if isinstance(part, str):
        return part
    fact = runbook.facts.get(part.name)
    if fact is None:
        return part.name
    return _said(_key(fact), part.filter, part.arguments, language)


def _key(fact: Fact) -> _Key:
    return fact.type, fact.longest, tuple(fact.options.items()), fact.of


@functools.lru_cache(maxsize=4_096)
def _said(key: _Key, filter_: str, arguments: tuple[str | int, ...], language: str) -> str:
    """The longest value as the public reads it; the plain `longest` where it cannot be shown by that filter."""
    from crisiscli.rendering import FILTERS, NothingToSay, Tongue, sample

    kind, longest, options, of = key
    # kind comes from a repaired plan, where it is one of the types or a text
    fact = Fact(ask="", type=kind, longest=longest, options=dict(options), of=of)  # type: ignore[arg-type]  # above
    tongue, value = Tongue(language, UTC), sample(fact)
    try:
        if filter_ in FILTERS and kind in FILTERS[filter_].takes:
            return FILTERS[filter_].show(tongue, value, arguments)
        return tongue.default(fact, value)
    except NothingToSay:
        return ""
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return longest or str(value)
