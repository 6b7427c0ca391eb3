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
from collections.abc import Callable
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
        own = self.__dict__
        cls: type = type(self)
        for name, default, factory in _defaults(cls):
            if name in values:
                own[name] = values.pop(name)
            elif default is not dataclasses.MISSING:
                own[name] = default
            elif factory is not dataclasses.MISSING:
                own[name] = factory()
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


@functools.cache
def _defaults(cls: type[Any]) -> list[tuple[str, Any, Any]]:
    return [(field.name, field.default, field.default_factory) for field in dataclasses.fields(cls)]


@typing.dataclass_transform(kw_only_default=True, frozen_default=True)
def noun(cls: type[T]) -> type[T]:
    """Makes a Noun of a class: fields from its annotations, methods from Noun."""
    return dataclasses.dataclass(init=False, repr=False, eq=False, match_args=False, kw_only=True)(cls)


def fields_of(cls: type) -> tuple[tuple[str, str, Any], ...]:
    """The fields of a noun: name, YAML key, annotation; inherited ones included, in their order."""
    return _fields(cls)


@functools.cache
def _fields(cls: type[Any]) -> tuple[tuple[str, str, Any], ...]:
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
    return typing.cast(T, _builder(target)(value))


Convert = Callable[[Any], Any]


@functools.cache
def _builder(cls: type[Any]) -> Convert:
    """Makes a noun of one class from a mapping. What its annotations ask for is looked up once, not for every noun."""
    plain: type = cls
    kinds = {name: (default, factory) for name, default, factory in _defaults(plain)}
    fields = [(name, key, _convert(hint), *kinds[name]) for name, key, hint in fields_of(cls)]

    def make(value: Any) -> Any:
        noun = object.__new__(cls)
        own = noun.__dict__
        for name, key, convert, default, factory in fields:
            if key in value:
                item = value[key]
                own[name] = item if convert is None or item is None else convert(item)
            elif default is not dataclasses.MISSING:
                own[name] = default
            elif factory is not dataclasses.MISSING:
                own[name] = factory()
            else:
                raise TypeError(f"{cls.__name__} needs {key}")
        return noun

    return make


@functools.cache
def _convert(hint: Any) -> Convert | None:
    """What turns plain data that is not None into what an annotation asks for; None for data that stays as it is."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _best(arguments)
    if origin is tuple:
        inside = _convert(arguments[0])
        return _tuple(inside)
    if origin is dict:
        inside = _convert(arguments[1])
        return _dict(inside) if inside is not None else None
    if isinstance(hint, type) and issubclass(hint, Noun):
        # a Step is picked by its verb, so its class is not known before the data is
        return lambda value: build(hint, value) if isinstance(value, dict) else value
    return None


def _tuple(inside: Convert | None) -> Convert:
    def make(value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return value
        if inside is None:
            return tuple(value)
        return tuple([None if item is None else inside(item) for item in value])

    return make


def _dict(inside: Convert) -> Convert:
    def make(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: None if item is None else inside(item) for key, item in value.items()}

    return make


def _best(arguments: tuple[Any, ...]) -> Convert | None:
    """For a union: the first member of the shape the data has."""
    mapping = next((hint for hint in arguments if _is_mapping(hint)), None)
    listed = next((hint for hint in arguments if typing.get_origin(hint) is tuple), None)
    from_dict = _convert(mapping) if mapping is not None else None
    from_list = _convert(listed) if listed is not None else None
    if from_dict is None and from_list is None:
        return None

    def make(value: Any) -> Any:
        convert = from_dict if isinstance(value, dict) else from_list if isinstance(value, list | tuple) else None
        return value if convert is None else convert(value)

    return make


def _is_mapping(hint: Any) -> bool:
    return typing.get_origin(hint) is dict or (isinstance(hint, type) and issubclass(hint, Noun))
