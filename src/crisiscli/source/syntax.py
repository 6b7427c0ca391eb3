"""libyaml's complaints in words a writer understands, each with its cure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crisiscli.problem import Label, Problem, Span
from crisiscli.source.document import BREAK, Mark, Scalar
from crisiscli.source.findings import problem

if TYPE_CHECKING:
    import yaml

_VALUE = re.compile(r"\s*(?:-\s+)*(?:[^\s'\"#:{\[][^:]*:\s+)?(?P<value>\S.*)?")
_QUOTED = 'Put quotes around the whole text: "..."'
_CLOSE = "Close it at the end of the text."
_STARTERS = "@%`*&!|>?{}[],"


def explain(path: str, text: str, error: yaml.YAMLError, last: Scalar | None) -> Problem:
    """A YAML error as a Problem. `last` is the last value that was read before it."""
    complaint = str(getattr(error, "problem", None) or "")
    mark: Mark | None = getattr(error, "problem_mark", None)
    began: Mark | None = getattr(error, "context_mark", None)
    if mark is None:
        what = f"This is not YAML: {str(error).splitlines()[0]}."
        return problem(path, Span(1, 1, 1, 2), "yaml-syntax", what, "Save the file again as plain text.")
    where, what, cure, others = _Reading(text, complaint, mark, began, last).words()
    return problem(path, where, "yaml-syntax", what, cure, others=others)


_Words = tuple[Span, str, str, tuple[Label, ...]]


class _Reading:
    """One complaint and the lines around it."""

    def __init__(self, text: str, complaint: str, mark: Mark, began: Mark | None, last: Scalar | None) -> None:
        self.complaint = complaint
        self.mark = mark
        self.began = began
        self.last = last
        self.text = text
        self.lines = BREAK.split(text)

    def words(self) -> _Words:
        looks = (self.quotes, self.tab, self.starter, self.colon, self.brackets, self.escape, self.list_, self.indent)
        for look in looks:
            found = look()
            if found is not None:
                return found
        cure = "Look for a missing quote, colon or bracket on this line and the one above."
        return self.at(self.mark), f"The file cannot be read from here on ({self.complaint}).", cure, ()

    def line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    def at(self, mark: Mark, length: int = 1) -> Span:
        number = min(mark.line, len(self.lines) - 1)
        column = min(mark.column, len(self.line(number))) if number == mark.line else len(self.line(number))
        return Span(number + 1, column + 1, number + 1, column + 1 + length)

    def quotes(self) -> _Words | None:
        if self._context() == "quoted" and "unexpected end" in self.complaint and self.began is not None:
            return self.at(self.began), "The quote that opens here is never closed.", _CLOSE, ()
        last = self.last
        if last is None or last.style not in ("'", '"') or self.text[last.end_mark.index : self.mark.index].strip():
            return None
        if last.start_mark.line != last.end_mark.line:
            others = (Label(self.at(self.mark), "it was closed only here"),)
            return self.first_line(last), "The quote that opens here is not closed on its line.", _CLOSE, others
        if not self.line(self.mark.line)[self.mark.column :].strip():
            return None
        what = "The text goes on after its closing quote."
        cure = 'Write \\" for a quote inside the text.'
        if last.style == "'":
            cure = "Use double quotes around a text with an apostrophe."
        return self.at(self.mark), what, cure, ()

    def tab(self) -> _Words | None:
        column = self.line(self.mark.line)[: self.mark.column + 1].find("\t")
        if column < 0 or not ("tab" in self.complaint or "cannot start any token" in self.complaint):
            return None
        span = Span(self.mark.line + 1, column + 1, self.mark.line + 1, column + 2)
        return span, "There is a tab here; YAML indents with spaces only.", "Replace it with two spaces per level.", ()

    def starter(self) -> _Words | None:
        for number in (self.mark.line, self.mark.line - 1):
            found = _VALUE.match(self.line(number)) if number >= 0 else None
            value = (found and found["value"]) or ""
            if value[:1] not in _STARTERS or not value or found is None:
                continue
            if number != self.mark.line and value[0] in "|>{[":
                continue
            if number == self.mark.line and self.mark.column < found.start("value"):
                continue
            if value[0] in "{[" and not value.startswith("{{") and "expected ','" in self.complaint:
                continue
            begins = "{{" if value.startswith("{{") else value[0]
            column = found.start("value")
            span = Span(number + 1, column + 1, number + 1, column + 1 + len(begins))
            return span, f"A text that begins with {begins} needs quotes around it.", _QUOTED, ()
        return None

    def colon(self) -> _Words | None:
        if "mapping values are not allowed" not in self.complaint:
            return None
        before = self.line(self.mark.line)[: self.mark.column]
        if re.search(r":\s", before):
            return self.at(self.mark), "There is a colon with a space after it inside the text.", _QUOTED, ()
        what = "This line is indented too deep, or the line above misses its colon."
        return self.at(self.mark), what, "Line it up with the key it belongs to, or put quotes around the text.", ()

    def brackets(self) -> _Words | None:
        if self._context() != "flow" or self.began is None:
            return None
        opened = self.line(self.began.line)[self.began.column : self.began.column + 1]
        others = (Label(self.at(self.mark), "and is still open here"),) if self.mark.line != self.began.line else ()
        what = f"The bracket {opened} that opens here is not closed."
        return self.at(self.began), what, "Close it, or put quotes around the text.", others

    def escape(self) -> _Words | None:
        if "escape" not in self.complaint:
            return None
        cure = "Write two backslashes for one, or use single quotes."
        return self.at(self.mark, 2), "A backslash in double quotes needs a known letter after it.", cure, ()

    def list_(self) -> _Words | None:
        if "block sequence entries" not in self.complaint:
            return None
        cure = "Move the `- ` to the next line, or put quotes around the text."
        return self.at(self.mark), "A list begins on a line of its own.", cure, ()

    def indent(self) -> _Words | None:
        if "could not find expected ':'" in self.complaint and self.began is not None:
            cure = "Write `key: value`, or indent the line if it belongs to the text above."
            return self.at(self.began), "This line has no colon.", cure, ()
        if "did not find expected" not in self.complaint or self.began is None:
            return None
        others = (Label(self.at(self.began), "the block begins here"),)
        cure = "Give it the same number of spaces as the lines it belongs to."
        return self.at(self.mark), "This line does not line up with its block.", cure, others

    def first_line(self, scalar: Scalar) -> Span:
        """The first line of a quoted value."""
        start = scalar.start_mark
        return Span(start.line + 1, start.column + 1, start.line + 1, len(self.line(start.line)) + 1)

    def _context(self) -> str:
        began = self.began
        opening = self.line(began.line)[began.column : began.column + 1] if began is not None else ""
        return {"'": "quoted", '"': "quoted", "[": "flow", "{": "flow"}.get(opening, "")
