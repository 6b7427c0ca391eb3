"""Builds plain data and positions from the events of libyaml's parser, within fixed limits."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from crisiscli.problem import Label, Problem, Span
from crisiscli.source.characters import FORBIDDEN, hidden, in_key, spelled
from crisiscli.source.document import Node, Scalar, Tree, between
from crisiscli.source.filling import DROPPED, ITEM, Beginning, Frame
from crisiscli.source.findings import LIMIT_PROBLEMS, problem
from crisiscli.source.values import LIMIT_DEPTH, LIMIT_ENTRIES, LIMIT_SCALAR, USUAL_KEY, plain

if TYPE_CHECKING:
    from crisiscli.source.unquoted import Words

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


class Builder:
    """Takes events one by one; never recursive, so no nesting can exhaust the stack."""

    def __init__(self, path: str, text: str, problems: list[Problem]) -> None:
        self.path = path
        self.text = text
        self.problems = problems
        self.outside = Frame([], Node(Beginning(), False), False)
        self.stack: list[Frame] = [self.outside]
        self.begun = False
        self.empties = False
        """True when a value may be empty."""
        self.last: Scalar | None = None
        self.count = 0
        self.careful = len(text) > LIMIT_SCALAR or "\\" in text

    @property
    def root(self) -> Any:
        """The value of the document; None before it began."""
        return self.outside.value[0] if self.outside.value else None

    def tree(self) -> Tree | None:
        """Where the value and all that is in it stands."""
        return self.outside.node.items[0] if self.outside.node.items else None

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
            here = (found.span.line, found.span.column)
            self.problems[:] = [old for old in self.problems if (old.span.line, old.span.column) != here] + [found]
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
        takers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open_mapping,
            yaml.SequenceStartEvent: self._open_list,
            yaml.AliasEvent: self._alias,
        }
        # Nothing in YAML makes more than two values out of one character, so a short file needs no counting.
        if len(self.text) * 2 >= LIMIT_ENTRIES:
            takers = {kind: self._counting(taker) for kind, taker in takers.items()}
        takers |= {yaml.MappingEndEvent: self._close, yaml.SequenceEndEvent: self._close}
        takers |= {yaml.StreamStartEvent: _pass, yaml.DocumentEndEvent: _pass, yaml.StreamEndEvent: _pass}
        takers[yaml.DocumentStartEvent] = self._document
        for event in iter(self.parser(yaml).get_event, None):
            takers[type(event)](event)

    def _counting(self, taker: Callable[[Any], None]) -> Callable[[Any], None]:
        def take(event: Any) -> None:
            taker(event)
            self.count += 1
            if self.count > LIMIT_ENTRIES:
                what = f"There are more than {LIMIT_ENTRIES} values in this file."
                self._stop(event, what, "Split it: one scenario, one file.")

        return take

    def parser(self, yaml: Any) -> Any:
        """libyaml's parser where PyYAML was built with it, else the one in Python; both are asked for events only."""
        return getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self.text)

    def _document(self, event: Any) -> None:
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
        if self.careful or event.tag is not None or event.anchor is not None:
            text = self._looked_at(event)
        frame = self.stack[-1]
        if frame.key is None:
            self._key(frame, text, event)
        elif event.style or event.tag:
            self._put(frame, text, event)
        else:
            self._put(frame, plain(text), event)

    def _looked_at(self, event: Any) -> str:
        """The text of a value that may have more to it than its words."""
        text: str = event.value
        if len(text) > LIMIT_SCALAR:
            self._stop(event, f"This text is longer than {LIMIT_SCALAR // 1024} KB.", "Shorten it.")
        if event.tag is not None or event.anchor is not None:
            self._feature(event)
        # Only an escape in double quotes makes a character that does not stand in the file.
        if event.style == '"' and FORBIDDEN.search(text):
            span = between(event.start_mark, event.end_mark)
            self.problems.append(hidden_problem(self.path, span, FORBIDDEN.findall(text)[0]))
            text = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
        return text

    def _put(self, frame: Frame, value: Any, tree: Tree) -> None:
        key = frame.key
        if key is ITEM:
            frame.value.append(value)
            frame.node.items.append(tree)
        else:
            frame.key = None
            if key is not None and key is not DROPPED and frame.key_event is not None:
                frame.value[key] = value
                frame.node.entries[key] = (frame.key_event, tree)
        if value is None:
            self.empties = True

    def _key(self, frame: Frame, text: str, event: Any) -> None:
        frame.key_event = event
        if text.isidentifier() and text.isascii() and text not in frame.value and text != "null":
            frame.key = text
            return
        key = text if text.isascii() else unicodedata.normalize("NFC", text)
        if USUAL_KEY.match(key) and key not in frame.value and (event.style or key != "null"):
            frame.key = key
        else:
            frame.key = key if self._is_good(frame, key, event) else DROPPED

    def _is_good(self, frame: Frame, key: str, event: Any) -> bool:
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

    def _open_mapping(self, event: Any) -> None:
        self._open(event, {})

    def _open_list(self, event: Any) -> None:
        self._open(event, [])

    def _open(self, event: Any, value: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self._feature(event)
        frame = self.stack[-1]
        node = Node(event.start_mark, bool(event.flow_style))
        as_key = frame.key is None
        if as_key:
            self._container_key(frame, event)
        else:
            self._put(frame, value, node)
        self.stack.append(Frame(value, node, as_key))
        if len(self.stack) > LIMIT_DEPTH + 1:
            what = f"Values are nested deeper than {LIMIT_DEPTH} levels."
            self._stop(event, what, "Look for brackets that are never closed.")

    def _container_key(self, frame: Frame, event: Any) -> None:
        from crisiscli.source.unquoted import slot_in_braces, unquoted

        frame.key_event = None
        start = frame.node.start
        if frame.node.flow and self.text.startswith("{{", start.index):
            frame.raw = True
            inside = self.stack[-2].node.flow
            place = (self.text, start.line, start.column)
            self._tell("yaml-syntax", lambda: slot_in_braces(*place) if inside else unquoted(*place, "{{"))
            return
        start = event.start_mark
        span = Span(start.line + 1, start.column + 1, start.line + 1, start.column + 3)
        what, cure = "A key must be a word, not a list or a block.", f"Write `key: value`, or {_QUOTES}."
        self._report(span, "yaml-syntax", what, cure)

    def _close(self, event: Any) -> None:
        frame = self.stack.pop()
        frame.node.end = event.end_mark
        parent = self.stack[-1]
        if frame.as_key:
            parent.key = DROPPED
        elif frame.raw:
            text = self.text[frame.node.start.index : event.end_mark.index]
            for place in _places(parent.value, frame.value):
                parent.value[place] = text

    def _alias(self, event: Any) -> None:
        self._marked(event, "*")
        frame = self.stack[-1]
        if frame.key is None:
            frame.key = DROPPED
        else:
            self._put(frame, None, Node(event.start_mark, True))

    def _feature(self, event: Any) -> None:
        start = event.start_mark
        if event.tag == "!" and event.anchor is None and not self.text.startswith("!", start.index):
            return
        self._marked(event, "&" if event.anchor is not None else "!")

    def _marked(self, event: Any, mark: str) -> None:
        from crisiscli.source.unquoted import marked

        self._tell("yaml-feature", lambda: marked(self.text, event.start_mark, mark))

    def _tell(self, rule: str, words: Callable[[], Words]) -> None:
        if len(self.problems) < LIMIT_PROBLEMS:
            found = words()
            self.problems.append(problem(self.path, found.span, rule, found.what, found.cure, fix=found.fix))

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


def _pass(event: Any) -> None:
    """For events that say nothing about the data."""
