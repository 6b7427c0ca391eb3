"""Respelt: a Document as if some of its keys had been written as they were meant."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Mapping
from typing import Any

from crisiscli.source.document import Document, Node, Tree

Place = tuple[str | int, ...]


def respelt(document: Document, names: Mapping[Place, str], words: Mapping[Place, str] | None = None) -> Document:
    """The document with other keys and other words at some places. Where they stand in the file stays as it was."""
    if not names and not words:
        return document
    value = document.value
    for place, word in (words or {}).items():
        value = replaced(value, place, word)
    value = renamed(value, names)
    return dataclasses.replace(document, value=value, grow=lambda: _tree(document.tree, names))


def renamed(value: Any, names: Mapping[Place, str]) -> Any:
    """Plain data with other keys at some places, the deepest first; a name that is there already is left alone."""
    for place in sorted(names, key=len, reverse=True):
        value = _renamed(value, place, names[place])
    return value


def replaced(value: Any, place: Place, instead: str, word: str | None = None) -> Any:
    """Plain data with another word at one place; the same data when there is no text, or not that `word`."""
    if not place:
        return instead if isinstance(value, str) and word in (None, value) else value
    if not _has(value, place[0]):
        return value
    return _with(value, place[0], replaced(value[place[0]], place[1:], instead, word))


def _renamed(value: Any, place: Place, name: str) -> Any:
    if not _has(value, place[0]):
        return value
    if len(place) > 1:
        return _with(value, place[0], _renamed(value[place[0]], place[1:], name))
    if not isinstance(value, dict) or name in value:
        return value
    return {name if key == place[0] else key: item for key, item in value.items()}


def _has(value: Any, part: str | int) -> bool:
    if isinstance(value, dict):
        return part in value
    return isinstance(value, list) and isinstance(part, int) and -1 < part < len(value)


def _with(value: Any, part: str | int, item: Any) -> Any:
    changed = copy.copy(value)
    changed[part] = item
    return changed


def _tree(tree: Tree | None, names: Mapping[Place, str]) -> Tree | None:
    for place in sorted(names, key=len, reverse=True):
        tree = _renamed_in(tree, place, names[place]) if isinstance(tree, Node) else tree
    return tree


def _renamed_in(node: Node, place: Place, name: str) -> Node:
    part = place[0]
    changed = copy.copy(node)
    if isinstance(part, int) and part < len(node.items):
        inner = node.items[part]
        if isinstance(inner, Node) and len(place) > 1:
            changed.items = [*node.items[:part], _renamed_in(inner, place[1:], name), *node.items[part + 1 :]]
    elif str(part) in node.entries and len(place) > 1:
        key, below = node.entries[str(part)]
        if isinstance(below, Node):
            changed.entries = {**node.entries, str(part): (key, _renamed_in(below, place[1:], name))}
    elif name not in node.entries:
        changed.entries = {name if key == part else key: entry for key, entry in node.entries.items()}
    return changed
