"""Spots: many paths into plain data, found in one walk over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from crisiscli.loader.findings import Place

About = TypeVar("About")


class Spots(Generic[About]):
    """Paths, `*` for every entry, each with something about it."""

    def __init__(self, paths: Mapping[tuple[str, ...], About]) -> None:
        self._tree: dict[str, Any] = {}
        for path, about in paths.items():
            here = self._tree
            for part in path[:-1]:
                here = here.setdefault(part, {})
            here[path[-1]] = _End(about)

    def find(self, value: Any) -> list[tuple[Place, Any, About]]:
        """Each place that is there, what stands in it, and what is about its path."""
        found: list[tuple[Place, Any, About]] = []
        _walk(self._tree, value, (), found)
        return found


class _End:
    def __init__(self, about: Any) -> None:
        self.about = about


def _walk(tree: dict[str, Any], value: Any, place: Place, found: list[tuple[Place, Any, Any]]) -> None:
    for part, inside in tree.items():
        if part != "*":
            if type(value) is dict and part in value:
                _enter(inside, value[part], (*place, part), found)
            continue
        for name, entry in value.items() if type(value) is dict else enumerate(value) if type(value) is list else ():
            _enter(inside, entry, (*place, name), found)


def _enter(inside: Any, value: Any, place: Place, found: list[tuple[Place, Any, Any]]) -> None:
    if type(inside) is _End:
        found.append((place, value, inside.about))
    else:
        _walk(inside, value, place, found)
