"""Layouts: how a channel or family lays its sentences out. Jinja with an allow-list of syntax nodes.

The sandbox alone stops escapes but not `'a' * 10**9` or loops in loops; so nothing that calculates, calls, assigns or
loops twice is let in, a layout is at most 16 KB, and what it makes at most 64 KB.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Template, nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

VARIABLES = frozenset({"sentences", "labels", "title", "company", "tone", "language", "message"})
LONGEST_SOURCE = 16_384
LONGEST_OUTPUT = 65_536
DEEPEST = 32
_LISTS = ("sentences", "labels")
_PLAIN = (
    "Template", "Output", "TemplateData", "Const", "If", "Compare", "Operand", "And", "Or", "Not",
)  # fmt: skip


def check_layout(source: str, name: str) -> list[str]:
    """What a layout may not hold, one sentence each, with its line; empty when it is good. `name` is its file."""
    if len(source) > LONGEST_SOURCE:
        return [f"{name}: a layout is at most {LONGEST_SOURCE} characters long"]
    from jinja2 import TemplateError

    try:
        tree = _environment().parse(source)
        return [f"{name}, line {line}: {what}" for line, what in _findings(tree, ())]
    except TemplateError as error:
        return [f"{name}, line {getattr(error, 'lineno', 1)}: {error.message}"]
    except RecursionError:
        return [f"{name}: it is nested too deeply"]


def lay_out(source: str, variables: Mapping[str, object], keep: Sequence[str]) -> str:
    """The sentences as the layout places them, without blank lines at the end.

    Every text of `keep` stands in the result unchanged and in order. Raises ValueError when the layout is not allowed,
    makes too much, or would lose or change words.
    """
    template = _checked(source)
    from jinja2 import TemplateError

    pieces, length = [], 0
    try:
        for piece in template.generate(**variables):
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST_OUTPUT:
                raise ValueError(f"the layout makes more than {LONGEST_OUTPUT} characters")
    except TemplateError as error:
        raise ValueError(str(error.message)) from None
    text = "".join(pieces).rstrip("\n")
    position = 0
    for words in keep:
        found = text.find(words.rstrip("\n"), position)
        if found < 0:
            raise ValueError("the layout loses or changes words")
        position = found + len(words.rstrip("\n"))
    return text


@functools.lru_cache(maxsize=256)
def _checked(source: str) -> Template:
    wrong = check_layout(source, "layout")
    if wrong:
        raise ValueError(wrong[0])
    return _environment().from_string(source)


@functools.cache
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=False, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.clear()
    environment.tests.clear()
    allowed = {name: environment.filters[name] for name in ("join", "trim")}
    environment.filters.clear()
    environment.filters.update(allowed)
    return environment


def _findings(node: nodes.Node, loops: tuple[str, ...], depth: int = 0) -> Iterator[tuple[int, str]]:
    kind = type(node).__name__
    if depth > DEEPEST:
        yield node.lineno, "it is nested too deeply"
        return
    check = _CHECKS.get(kind)
    wrong = check(node, loops) if check else "" if kind in _PLAIN else f"{kind.lower()} is not allowed in a layout"
    if wrong:
        yield node.lineno, wrong
        return
    # jinja2 types every node as Node; kind says that this one is a For
    inner = (*loops, node.target.name) if kind == "For" else loops  # type: ignore[attr-defined]  # a For
    for child in node.iter_child_nodes():
        yield from _findings(child, inner, depth + 1)


def _loop(node: nodes.For, loops: tuple[str, ...]) -> str:
    from jinja2 import nodes

    if loops:
        return "a loop inside a loop is not allowed in a layout"
    plain = isinstance(node.iter, nodes.Name) and node.iter.name in _LISTS and isinstance(node.target, nodes.Name)
    if not plain or node.else_ or node.test or node.recursive:
        return "the only loop is {% for sentence in sentences %}"
    target = node.target
    taken = isinstance(target, nodes.Name) and target.name in VARIABLES
    return "a loop needs a name of its own" if taken else ""


def _name(node: nodes.Name, loops: tuple[str, ...]) -> str:
    if node.name in VARIABLES or node.name in loops:
        return ""
    return f"{node.name} is not known; a layout knows {', '.join(sorted(VARIABLES))}"


def _filter(node: nodes.Filter, loops: tuple[str, ...]) -> str:
    from jinja2 import nodes

    plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    if node.name == "trim" and plain and not node.args:
        return ""
    if node.name == "join" and plain and isinstance(node.node, nodes.Name) and node.node.name in _LISTS:
        separators = [isinstance(part, nodes.Const) and isinstance(part.value, str) for part in node.args]
        return "" if separators in ([], [True]) else 'join is written {{ sentences | join(" ") }}'
    return 'the only filters are trim and {{ sentences | join(" ") }}'


def _attribute(node: nodes.Getattr | nodes.Getitem, loops: tuple[str, ...]) -> str:
    from jinja2 import nodes

    key = _part(node)
    base = node.node
    if isinstance(base, nodes.Getattr | nodes.Getitem) and _part(base) == "tone":
        base = base.node
    if not isinstance(base, nodes.Name) or base.name != "company":
        return "only company has parts: company.name"
    if key is None or key.startswith("_") or hasattr(dict, key):
        return "a part of company is named by a word: company.name"
    return ""


def _part(node: nodes.Getattr | nodes.Getitem) -> str | None:
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node.arg, nodes.Name):
        return node.arg.name if node.arg.name == "language" else None
    return node.arg.value if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str) else None


_CHECKS: dict[str, Callable[[Any, tuple[str, ...]], str]] = {
    "For": _loop,
    "Name": _name,
    "Filter": _filter,
    "Getattr": _attribute,
    "Getitem": _attribute,
}
"""By the name of the syntax node: what is wrong with it inside these loops; empty when nothing is."""
