"""Which keys the format knows at a place, and what kind of value each takes."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from typing import Any

from crisiscli.loader.findings import Place
from crisiscli.runbook import Runbook
from crisiscli.shape import Noun, fields_of, key_of
from crisiscli.steps import STEPS, Step


def hints(cls: type) -> dict[str, Any]:
    """The YAML keys of a noun and their annotations."""
    return _hints(cls)


def required(cls: type) -> tuple[str, ...]:
    """The keys a noun cannot do without."""
    return _required(cls)


@functools.cache
def _hints(cls: type[Any]) -> dict[str, Any]:
    return {key: hint for _, key, hint in fields_of(cls)}


@functools.cache
def _required(cls: type[Any]) -> tuple[str, ...]:
    fields = dataclasses.fields(cls)
    return tuple(
        key_of(field.name)
        for field in fields
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    )


def verbs(value: Any) -> list[str]:
    """The verb keys of a step's data."""
    return [key for key in value if key in STEPS] if isinstance(value, dict) else []


def hint_at(place: Place, value: Any) -> Any:
    """The annotation of the value at a place of a runbook, `Any` where the format leaves it open."""
    hint: Any = Runbook
    for part in place:
        cls = noun(hint)
        if cls is Step:
            found = verbs(value)
            cls = STEPS[found[0]] if found else Step
        value = typing.cast(Any, value)[part] if has(value, part) else None
        hint = hints(cls).get(str(part), Any) if cls else _inside(hint)
    return hint


def noun(hint: Any) -> type[Noun] | None:
    """The noun an annotation asks for, or None."""
    if isinstance(hint, type) and issubclass(hint, Noun):
        return hint
    for choice in choices(hint):
        if choice is not hint and noun(choice):
            return noun(choice)
    return None


def choices(hint: Any) -> tuple[Any, ...]:
    """The members of a union, without None; a single annotation is its own only member."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return tuple(choice for choice in typing.get_args(hint) if choice is not type(None))
    return (hint,)


def _inside(hint: Any) -> Any:
    for choice in choices(hint):
        arguments = typing.get_args(choice)
        if typing.get_origin(choice) in (tuple, list) and arguments:
            return arguments[0]
        if typing.get_origin(choice) is dict:
            return arguments[1]
    return Any


def has(value: Any, part: str | int) -> bool:
    """True when a mapping has that key, or a list that entry."""
    if isinstance(value, dict):
        return part in value
    return isinstance(part, int) and -1 < part < len(value)
