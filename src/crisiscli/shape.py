"""Builds frozen dataclasses from plain data by their annotations: how a pinned plan becomes nouns again.

The loader validates files with pydantic once; this reads what was already found good, so that
`status`, `note` and `fact` start without pydantic.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import sys
import types
import typing
from typing import Any, ClassVar, TypeVar

T = TypeVar("T")


def key_of(field: str) -> str:
    """The YAML key of a field: `from_` is written `from`."""
    return field.rstrip("_")


class Noun:
    """Base of everything a file may hold: frozen, keyword-only. The attribute docstrings are the format reference.

    Its methods are written once here: generating them for every noun costs more than reading a runbook.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "alias_generator": key_of}

    def __init__(self, **values: Any) -> None:
        for field in dataclasses.fields(self):  # type: ignore[arg-type]  # every Noun is one
            name = field.name
            if name in values:
                self.__dict__[name] = values.pop(name)
            elif field.default is not dataclasses.MISSING:
                self.__dict__[name] = field.default
            elif field.default_factory is not dataclasses.MISSING:
                self.__dict__[name] = field.default_factory()
            else:
                raise TypeError(f"{type(self).__name__} needs {key_of(name)}")
        if values:
            raise TypeError(f"{type(self).__name__} does not know {', '.join(values)}")

    def __setattr__(self, name: str, value: Any) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to {name}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash((type(self), repr(self)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


@typing.dataclass_transform(kw_only_default=True, frozen_default=True)
def noun(cls: type[T]) -> type[T]:
    """Makes a Noun of a class: fields from its annotations, methods from Noun."""
    return dataclasses.dataclass(init=False, repr=False, eq=False, match_args=False, kw_only=True)(cls)


@functools.cache
def _fields(cls: type) -> tuple[tuple[str, str, Any], ...]:
    owners = {name: base for base in reversed(cls.__mro__) for name in inspect.get_annotations(base)}
    return tuple(
        (field.name, key_of(field.name), _hint(owners[field.name].__module__, str(field.type)))
        for field in dataclasses.fields(cls)
    )


@functools.cache
def _hint(module: str, annotation: str) -> Any:
    # typing.get_type_hints evaluates the same `str | None` anew for every field of every class
    return eval(annotation, vars(sys.modules[module]))  # noqa: S307 - our own source, never a file's


def build(cls: type[T], value: Any) -> T:
    """A `cls` from a mapping; keys it does not know are passed over, missing ones take their default.

    Raises TypeError when a key without a default is missing.
    """
    pick = getattr(cls, "pick", None)
    target: type = pick(value) if pick is not None else cls
    found = {name: _value(hint, value[key]) for name, key, hint in _fields(target) if key in value}
    return typing.cast(T, target(**found))


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _value(_best(arguments, value), value)
    if origin is tuple and isinstance(value, list | tuple):
        return tuple(_value(arguments[0], item) for item in value)
    if origin is dict and isinstance(value, dict):
        return {k: _value(arguments[1], v) for k, v in value.items()}
    if isinstance(hint, type) and issubclass(hint, Noun) and isinstance(value, dict):
        return build(hint, value)
    return value


def _best(arguments: tuple[Any, ...], value: Any) -> Any:
    for hint in arguments:
        origin = typing.get_origin(hint) or hint
        if isinstance(value, dict) and (origin is dict or (isinstance(hint, type) and issubclass(hint, Noun))):
            return hint
        if isinstance(value, list | tuple) and origin is tuple:
            return hint
    return Any
