"""Reads a file in which nothing is odd by libyaml's composer, which is faster than taking its events one by one.

It says nothing about what it cannot read: whatever is not a plain block of keys and values is left to the Builder,
which knows a Problem for it. The composer is recursive and crashes the interpreter on deep nesting, so it is only asked
where the text cannot be nested deeply.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from crisiscli.source.characters import FORBIDDEN
from crisiscli.source.document import Node
from crisiscli.source.values import LIMIT_DEPTH, LIMIT_ENTRIES, LIMIT_SCALAR, USUAL_KEY, plain

_FLOWS = 1_000
"""So many brackets in a file are safe: the composer lives through ten thousand of them inside one another."""
_COLUMNS = b" " * 64
"""A block inside a block begins further to the right, after blanks and indicators; the composer lives through those."""
_INDENTS = bytes.maketrans(b"-?:\t", b"    ")


class Composed(NamedTuple):
    """The data, what tells where it stands, and whether a value may be empty."""

    value: dict[str, Any]
    tree: Callable[[], Node]
    empties: bool


class _Odd(Exception):
    """Something here is for the Builder."""


def composed(text: str) -> Composed | None:
    """What stands in a file; None when anything in it is odd, or wrong."""
    loader = _loader()
    if loader is None or _may_be_odd(text):
        return None
    import yaml

    try:
        root = loader(text).get_single_node()
        if type(root) is not yaml.MappingNode:
            return None
        reading = _Reading(yaml, careful=len(text) > LIMIT_SCALAR or "\\" in text)
        value = reading.mapping(root, 1)
    except (yaml.YAMLError, _Odd):
        return None
    return Composed(value, functools.partial(_placed, root), reading.empties)


def _may_be_odd(text: str) -> bool:
    """True for what could be an anchor, an alias, a tag or a directive, and for what could be too much."""
    if "\n%" in text or "\r%" in text or text.startswith("%"):
        return True
    if any(mark in text for mark in "&*!") and _marked().search(text):
        return True
    if text.count("[") + text.count("{") > _FLOWS:
        return True
    return _COLUMNS in text.encode("utf-8", "surrogatepass").translate(_INDENTS)


@functools.cache
def _marked() -> re.Pattern[str]:
    """An anchor, alias or tag: never right behind a letter or digit."""
    return re.compile(r"(?<![^\W_])[&*!]")


@functools.cache
def _loader() -> Callable[[str], Any] | None:
    """libyaml's parser with a composer that leaves every value as it stands; None where PyYAML came without it."""
    import yaml

    if not hasattr(yaml, "CSafeLoader"):
        return None
    from yaml._yaml import CParser

    class Composer(CParser):
        def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
            return ""

        def descend_resolver(self, parent: Any, index: Any) -> None:
            """Asked for before every value; nothing here depends on where it stands."""

        def ascend_resolver(self) -> None:
            """Asked for after every value."""

    return Composer


class _Reading:
    """Turns nodes into plain data; raises _Odd at the first thing the Builder should see.

    `careful` is for a file that may hold a text that is too long, or an escape.
    """

    def __init__(self, yaml: Any, *, careful: bool) -> None:
        self.careful = careful
        self.scalar = yaml.ScalarNode
        self.listed = yaml.SequenceNode
        self.count = 1
        self.empties = False

    def mapping(self, node: Any, depth: int) -> dict[str, Any]:
        """A block of keys. Raises _Odd."""
        self._weigh(depth, len(node.value) * 2)
        value: dict[str, Any] = {}
        scalar = self.scalar
        for key, item in node.value:
            if type(key) is not scalar:
                raise _Odd
            name = key.value
            if not (name.isidentifier() and name.isascii()) or name in value or name == "null" or self.careful:
                name = _name(key, value)
            value[name] = self._single(item) if type(item) is scalar else self._inside(item, depth)
        return value

    def listing(self, node: Any, depth: int) -> list[Any]:
        """A list. Raises _Odd."""
        self._weigh(depth, len(node.value))
        scalar = self.scalar
        return [self._single(item) if type(item) is scalar else self._inside(item, depth) for item in node.value]

    def _inside(self, node: Any, depth: int) -> Any:
        return self.listing(node, depth + 1) if type(node) is self.listed else self.mapping(node, depth + 1)

    def _single(self, node: Any) -> Any:
        if self.careful and (len(node.value) > LIMIT_SCALAR or (node.style == '"' and FORBIDDEN.search(node.value))):
            raise _Odd
        if node.style:
            return node.value
        value = plain(node.value)
        if value is None:
            self.empties = True
        return value

    def _weigh(self, depth: int, entries: int) -> None:
        self.count += entries
        if depth > LIMIT_DEPTH or self.count > LIMIT_ENTRIES:
            raise _Odd


def _placed(node: Any) -> Node:
    """Where the entries of a node stand that was found good."""
    place = Node(node.start_mark, bool(node.flow_style))
    place.end = node.end_mark
    if node.id == "mapping":
        for key, item in node.value:
            name = key.value if key.value.isascii() else unicodedata.normalize("NFC", key.value)
            place.entries[name] = (key, item if item.id == "scalar" else _placed(item))
    else:
        place.items += [item if item.id == "scalar" else _placed(item) for item in node.value]
    return place


def _name(key: Any, known: dict[str, Any]) -> str:
    text: str = key.value
    name = text if text.isascii() else unicodedata.normalize("NFC", text)
    if len(text) > LIMIT_SCALAR or not USUAL_KEY.match(name) or name in known or (name == "null" and not key.style):
        raise _Odd
    return name
