"""The sentence below each key of a noun: the format reference, read from the source."""

from __future__ import annotations

import ast
import inspect
import itertools
import textwrap
import typing
from typing import Any

from crisiscli.loader.keys import hints
from crisiscli.runbook import Runbook
from crisiscli.shape import Noun, key_of
from crisiscli.steps import STEPS


def nouns() -> dict[str, type[Noun]]:
    """Every noun a runbook may hold, by the name of its class."""
    found: dict[str, type[Noun]] = {}
    waiting: list[Any] = [Runbook, *STEPS.values()]
    while waiting:
        hint = waiting.pop()
        if not (isinstance(hint, type) and issubclass(hint, Noun)):
            waiting += typing.get_args(hint)
        elif hint.__name__ not in found:
            found[hint.__name__] = hint
            waiting += hints(hint).values()
    return found


def sentences(cls: type[Noun]) -> dict[str, str]:
    """What the reference says about each key of a noun, inherited keys included."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if issubclass(base, Noun) and base is not Noun:
            found |= _own(base)
    return found


def _own(cls: type[Noun]) -> dict[str, str]:
    [definition] = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    body = definition.body if isinstance(definition, ast.ClassDef) else []
    return {
        key_of(key.target.id): " ".join(words.value.value.split())
        for key, words in itertools.pairwise(body)
        if isinstance(key, ast.AnnAssign)
        and isinstance(key.target, ast.Name)
        and isinstance(words, ast.Expr)
        and isinstance(words.value, ast.Constant)
        and isinstance(words.value.value, str)
    }
