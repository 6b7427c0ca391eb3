"""Holds plain data against the annotations of the nouns: which keys are missing or unknown, which values do not fit.

One checker is made per annotation and kept. A value of a plain type is judged by its type alone, so that a file without
mistakes costs a look at each value and nothing more.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Container
from typing import Any, Literal, NamedTuple

from crisiscli.loader.findings import Place
from crisiscli.loader.keys import choices, hints, required
from crisiscli.shape import Noun
from crisiscli.steps import Step


class Flaw(NamedTuple):
    """One thing that does not fit, and where it stands."""

    kind: Literal["missing", "unknown", "wrong"]
    place: Place


Checker = Callable[[Any, Place, list[Flaw]], None]


class Check(NamedTuple):
    """How a value is judged: fine when its type is one of `plain`, else by `look`, which adds what does not fit."""

    plain: Container[type]
    look: Checker


def flaws(cls: type, value: Any, place: Place = ()) -> list[Flaw]:
    """What keeps a value from being a `cls`. Steps inside it are not looked at: their verbs say what they are."""
    found: list[Flaw] = []
    _noun(cls)(value, place, found)
    return found


def fits(hint: Any, value: Any) -> bool:
    """Whether a value is of the kind an annotation asks for, whatever is wrong inside it."""
    found: list[Flaw] = []
    plain, look = _check(hint)
    if type(value) not in plain:
        look(value, (), found)
    return Flaw("wrong", ()) not in found


class _Every:
    def __contains__(self, item: object) -> bool:
        return True


@functools.cache
def _check(hint: Any) -> Check:
    if hint is Any or hint is Step:
        return Check(_Every(), _wrong)
    if isinstance(hint, type) and issubclass(hint, Noun):
        cls: type = hint
        return Check((), _noun(cls))
    if isinstance(hint, type) and typing.get_origin(hint) is None:
        return Check((hint,), _wrong)
    return _generic(hint)


def _generic(hint: Any) -> Check:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return Check((), _word(arguments))
    if origin in (tuple, list):
        return Check((), _list(*_check(arguments[0])))
    if origin is dict:
        return Check((), _mapping(*_check(arguments[1])))
    members = [_check(choice) for choice in choices(hint)]
    empty: tuple[type, ...] = (type(None),) if type(None) in arguments else ()
    if len(members) == 1:
        return Check(_joined(members[0].plain, empty), members[0].look)
    return Check(empty, _either(members))


def _joined(plain: Container[type], more: tuple[type, ...]) -> Container[type]:
    return (*plain, *more) if isinstance(plain, tuple) else plain


def _wrong(value: Any, place: Place, found: list[Flaw]) -> None:
    found.append(Flaw("wrong", place))


def _word(words: tuple[Any, ...]) -> Checker:
    def look(value: Any, place: Place, found: list[Flaw]) -> None:
        if type(value) is not str or value not in words:
            found.append(Flaw("wrong", place))

    return look


def _list(plain: Container[type], inside: Checker) -> Checker:
    def look(value: Any, place: Place, found: list[Flaw]) -> None:
        if type(value) is not list:
            found.append(Flaw("wrong", place))
            return
        for number, entry in enumerate(value):
            if type(entry) not in plain:
                inside(entry, (*place, number), found)

    return look


def _mapping(plain: Container[type], inside: Checker) -> Checker:
    def look(value: Any, place: Place, found: list[Flaw]) -> None:
        if type(value) is not dict:
            found.append(Flaw("wrong", place))
            return
        for name, entry in value.items():
            if type(entry) not in plain:
                inside(entry, (*place, name), found)

    return look


def _either(members: list[Check]) -> Checker:
    def look(value: Any, place: Place, found: list[Flaw]) -> None:
        for plain, inside in members:
            inner: list[Flaw] = []
            if type(value) not in plain:
                inside(value, place, inner)
            if not inner:
                return
        found.append(Flaw("wrong", place))

    return look


@functools.cache
def _noun(cls: type[Any]) -> Checker:
    needed = required(cls)
    checks = {key: _check(hint) for key, hint in hints(cls).items()}

    def look(value: Any, place: Place, found: list[Flaw]) -> None:
        if type(value) is not dict:
            found.append(Flaw("wrong", place))
            return
        for key, entry in value.items():
            check = checks.get(key)
            if check is None:
                found.append(Flaw("unknown", (*place, key)))
            elif type(entry) not in check.plain:
                check.look(entry, (*place, key), found)
        for key in needed:
            if key not in value:
                found.append(Flaw("missing", (*place, key)))

    return look
