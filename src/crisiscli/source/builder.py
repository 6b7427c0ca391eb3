"""Builds plain data and positions from the events of libyaml's parser, within fixed limits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from crisiscli.problem import Label, Problem, Span
from crisiscli.source.characters import FORBIDDEN, hidden, in_key, spelled
from crisiscli.source.document import Node, Scalar, Tree, between
from crisiscli.source.findings import LIMIT_PROBLEMS, problem

LIMIT_DEPTH = 24
LIMIT_ENTRIES = 20_000
LIMIT_SCALAR = 64 * 1024

_CORE: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}\Z")
_DROPPED = "\0"
_USUAL_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")
_QUOTES = "put quotes around the text"


def hidden_problem(path: str, span: Span, character: str) -> Problem:
    """A Problem about one forbidden character."""
    cure = "Delete it, and type the words around it again."
    return problem(path, span, "hidden-character", f"There is {hidden(character)} here.", cure, spelled(character))


class _Stop(Exception):
    """Reading ends here; the Problem says why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.what)
        self.found = found


class _Frame:
    """A mapping or list that is being filled. `key` is the pending key; `raw` asks for its source text instead."""

    __slots__ = ("as_key", "key", "key_event", "node", "raw", "value")

    def __init__(self, value: Any, node: Node, as_key: bool) -> None:
        self.value = value
        self.node = node
        self.as_key = as_key
        self.raw = False
        self.key: str | None = None
        self.key_event: Scalar | None = None


class Builder:
    """Takes events one by one; never recursive, so no nesting can exhaust the stack."""

    def __init__(self, path: str, text: str, problems: list[Problem]) -> None:
        self.path = path
        self.text = text
        self.problems = problems
        self.stack: list[_Frame] = []
        self.root: Any = None
        self.tree: Tree | None = None
        self.begun = False
        self.last: Scalar | None = None

    def run(self) -> bool:
        """Reads to the end; False when it stopped before."""
        import yaml

        try:
            self._take(yaml)
        except _Stop as stop:
            self.problems.append(stop.found)
            return False
        except yaml.YAMLError as error:
            from crisiscli.source.syntax import explain

            found = explain(self.path, self.text, error, self.last)
            if all((found.span.line, found.span.column) != (old.span.line, old.span.column) for old in self.problems):
                self.problems.append(found)
            return False
        return True

    def finish(self) -> dict[str, Any] | list[Any] | None:
        """The value read; adds a Problem when it is no mapping."""
        if isinstance(self.root, dict):
            return self.root
        if not self.problems:
            what = "The file does not begin with `key: value` lines." if self.begun else "The file is empty."
            self._report(Span(1, 1, 1, 2), "not-a-mapping", what, "Begin with `crisis: 1` and `id: ...`.")
        return self.root if isinstance(self.root, list) else None

    def _take(self, yaml: Any) -> None:
        scalar, alias = yaml.ScalarEvent, yaml.AliasEvent
        opens = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
        closes = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        count = 0
        for event in iter(self.parser(yaml).get_event, None):
            kind = type(event)
            if kind is scalar:
                self._scalar(event)
            elif kind in closes:
                self._close(event)
                continue
            elif kind in opens:
                self._open(event, {} if kind is opens[0] else [])
            elif kind is alias:
                self._alias(event)
            else:
                self._document(event, yaml)
                continue
            count += 1
            if count > LIMIT_ENTRIES:
                what = f"There are more than {LIMIT_ENTRIES} values in this file."
                self._stop(event, what, "Split it: one scenario, one file.")

    def parser(self, yaml: Any) -> Any:
        """libyaml's parser where PyYAML was built with it, else the one in Python; both are asked for events only."""
        return getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self.text)

    def _document(self, event: Any, yaml: Any) -> None:
        if type(event) is not yaml.DocumentStartEvent:
            return
        span = between(event.start_mark, event.end_mark)
        if self.begun:
            what = "A second document begins here; everything from here on is not read."
            cure = "Keep one scenario per file, and delete the `---` line."
            raise _Stop(problem(self.path, span, "yaml-feature", what, cure))
        if event.tags:
            self._report(span, "yaml-feature", "%TAG lines are not allowed.", "Delete the line.")
        self.begun = True

    def _scalar(self, event: Any) -> None:
        self.last = event
        text = event.value
        if len(text) > LIMIT_SCALAR:
            self._stop(event, f"This text is longer than {LIMIT_SCALAR // 1024} KB.", "Shorten it.")
        if event.tag is not None or event.anchor is not None:
            self._feature(event)
        if event.style == '"' and FORBIDDEN.search(text):
            span = between(event.start_mark, event.end_mark)
            self.problems.append(hidden_problem(self.path, span, FORBIDDEN.findall(text)[0]))
            text = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.key is None and type(frame.value) is dict:
            self._key(frame, text, event)
        elif event.style or event.tag:
            self._put(text, event)
        else:
            self._put(_plain(text), event)

    def _put(self, value: Any, tree: Tree) -> None:
        if not self.stack:
            self.root, self.tree = value, tree
            return
        frame = self.stack[-1]
        if type(frame.value) is list:
            frame.value.append(value)
            frame.node.items.append(tree)
            return
        key, frame.key = frame.key, None
        if key is not None and key is not _DROPPED and frame.key_event is not None:
            frame.value[key] = value
            frame.node.entries[key] = (frame.key_event, tree)

    def _key(self, frame: _Frame, text: str, event: Any) -> None:
        key = text if text.isascii() else unicodedata.normalize("NFC", text)
        frame.key_event = event
        if _USUAL_KEY.match(key) and key not in frame.value and (event.style or key != "null"):
            frame.key = key
        else:
            frame.key = key if self._is_good(frame, key, event) else _DROPPED

    def _is_good(self, frame: _Frame, key: str, event: Any) -> bool:
        span = between(event.start_mark, event.end_mark)
        if key == "<<":
            self._report(span, "yaml-feature", "Merge keys (<<) are not allowed.", "Write the keys out.")
        elif not event.style and key in ("", "~", "null"):
            self._report(span, "yaml-syntax", "A key is missing before the colon.", f"Write the key, or {_QUOTES}.")
        elif not key.strip() or in_key(key):
            self._report(span, "hidden-character", "This key cannot be seen.", "Type the key again.")
        elif key in frame.value:
            first = frame.node.entries[key][0]
            others = (Label(between(first.start_mark, first.end_mark), "first written here"),)
            what = f"`{key}` stands twice in the same block."
            self._report(span, "duplicate-key", what, "Keep one of them.", others)
        else:
            return True
        return False

    def _open(self, event: Any, value: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self._feature(event)
        frame = self.stack[-1] if self.stack else None
        node = Node(event.start_mark, bool(event.flow_style))
        as_key = frame is not None and frame.key is None and type(frame.value) is dict
        if as_key and frame is not None:
            self._container_key(frame, event)
        else:
            self._put(value, node)
        self.stack.append(_Frame(value, node, as_key))
        if len(self.stack) > LIMIT_DEPTH:
            what = f"Values are nested deeper than {LIMIT_DEPTH} levels."
            self._stop(event, what, "Look for brackets that are never closed.")

    def _container_key(self, frame: _Frame, event: Any) -> None:
        frame.key_event = None
        start = frame.node.start
        if frame.node.flow and self.text.startswith("{{", start.index):
            frame.raw = True
            what, cure = "A text that begins with {{ needs quotes around it.", 'Write it as "{{ fact }} ...".'
        else:
            start = event.start_mark
            what, cure = "A key must be a word, not a list or a block.", f"Write `key: value`, or {_QUOTES}."
        span = Span(start.line + 1, start.column + 1, start.line + 1, start.column + 3)
        self._report(span, "yaml-syntax", what, cure)

    def _close(self, event: Any) -> None:
        frame = self.stack.pop()
        frame.node.end = event.end_mark
        if not self.stack:
            return
        parent = self.stack[-1]
        if frame.as_key:
            parent.key = _DROPPED
        elif frame.raw:
            text = self.text[frame.node.start.index : event.end_mark.index]
            for place in _places(parent.value, frame.value):
                parent.value[place] = text

    def _alias(self, event: Any) -> None:
        span = between(event.start_mark, event.end_mark)
        what = f"Aliases (*{event.anchor}) are not allowed."
        self._report(span, "yaml-feature", what, f"Write the value out, or {_QUOTES}.")
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.key is None and type(frame.value) is dict:
            frame.key = _DROPPED
        else:
            self._put(None, Node(event.start_mark, True))

    def _feature(self, event: Any) -> None:
        start = event.start_mark
        mark, name = ("&", "Anchors") if event.anchor is not None else ("!", "Tags")
        if event.tag == "!" and event.anchor is None and not self.text.startswith("!", start.index):
            return
        span = Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
        cure = f"Delete it; if {mark} is part of the text, {_QUOTES}."
        self._report(span, "yaml-feature", f"{name} ({mark}) are not allowed.", cure)

    def _report(self, span: Span, rule: str, what: str, cure: str, others: tuple[Label, ...] = ()) -> None:
        if len(self.problems) < LIMIT_PROBLEMS:
            self.problems.append(problem(self.path, span, rule, what, cure, others=others))

    def _stop(self, event: Any, what: str, cure: str) -> None:
        start = event.start_mark
        span = Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
        raise _Stop(problem(self.path, span, "file-limit", what, cure))


def _places(parent: Any, value: Any) -> Iterator[Any]:
    pairs = list(parent.items()) if isinstance(parent, dict) else list(enumerate(parent))
    yield from (place for place, found in pairs if found is value)


def _plain(text: str) -> Any:
    if text in _CORE:
        return _CORE[text]
    if _INTEGER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return float(text)
    return text
