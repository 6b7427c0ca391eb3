"""libyaml's complaints in words a writer understands, each with its cure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crisiscli.problem import Edit, Fix, Label, Problem, Span
from crisiscli.source.document import BREAK, Mark, Scalar
from crisiscli.source.findings import problem
from crisiscli.source.indents import tabs_fix, wrong_indent
from crisiscli.source.quoting import Offsets, example, quoted, quotes
from crisiscli.source.unquoted import Words, slot_in_braces, unquoted

if TYPE_CHECKING:
    import yaml

_VALUE = re.compile(r"\s*(?:-\s+)*(?:[^\s'\"#:{\[][^:]*:\s+)?(?P<value>\S.*)?")
_STARTERS = "@%`*&!|>?{}[],"


def explain(path: str, text: str, error: yaml.YAMLError, last: Scalar | None) -> Problem:
    """A YAML error as a Problem. `last` is the last value that was read before it."""
    complaint = str(getattr(error, "problem", None) or "")
    mark: Mark | None = getattr(error, "problem_mark", None)
    began: Mark | None = getattr(error, "context_mark", None)
    if mark is None:
        what = f"This is not YAML: {str(error).splitlines()[0]}."
        return problem(path, Span(1, 1, 1, 2), "yaml-syntax", what, "Save the file again as plain text.")
    context = str(getattr(error, "context", None) or "")
    found = _Reading(text, complaint, context, mark, began, last).words()
    return problem(path, found.span, "yaml-syntax", found.what, found.cure, found.here, found.others, found.fix)


class _Reading:
    """One complaint and the lines around it."""

    def __init__(
        self, text: str, complaint: str, context: str, mark: Mark, began: Mark | None, last: Scalar | None
    ) -> None:
        self.complaint = complaint
        self.context = context
        self.mark = mark
        self.began = began
        self.last = last
        self.text = text
        self.lines = BREAK.split(text)

    def words(self) -> Words:
        looks = (self.quotes, self.tab, self.unclosed, self.starter, self.colon, self.brackets, self.escape, self.list_)
        for look in (*looks, self.indent):
            found = look()
            if found is not None:
                return found
        cure = "Look for a missing quote, colon or bracket on this line and the one above."
        return Words(self.at(self.mark), f"The file cannot be read from here on ({self.complaint}).", cure)

    def line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    def at(self, mark: Mark, length: int = 1) -> Span:
        number = min(mark.line, len(self.lines) - 1)
        column = min(mark.column, len(self.line(number))) if number == mark.line else len(self.line(number))
        return Span(number + 1, column + 1, number + 1, column + 1 + length)

    def quotes(self) -> Words | None:
        if self._context() == "quoted" and "unexpected end" in self.complaint and self.began is not None:
            return Words(self.at(self.began), "The quote that opens here is never closed.", self._close(self.began))
        last = self.last
        if last is None or last.style not in ("'", '"') or self.text[last.end_mark.index : self.mark.index].strip():
            return None
        if last.start_mark.line != last.end_mark.line:
            others = (Label(self.at(self.mark), "it was closed only here"),)
            what = "The quote that opens here is not closed on its line."
            return Words(self.first_line(last), what, self._close(last.start_mark), others)
        if not self.line(self.mark.line)[self.mark.column :].strip():
            return None
        return self._goes_on(last)

    def _close(self, opening: Mark) -> str:
        words = self.line(opening.line)[opening.column :].rstrip()
        if words.endswith(("}", "]")) or self._in_flow(opening):
            return "Close it at the end of the text."
        return f"Close it at the end of the text: {example(words + words[0])}."

    def _goes_on(self, last: Scalar) -> Words:
        """A quote inside a text that stands in the same quotes."""
        mark = last.style or ""
        start = last.start_mark
        whole = self.line(start.line)[start.column :].rstrip()
        what = "The text goes on after its closing quote."
        if mark == "'" and self.line(self.mark.line)[self.mark.column : self.mark.column + 1].isalpha():
            what = "The text goes on after its closing quote: the apostrophe before it ended the text."
        words = whole[1:-1] if whole.endswith(mark) else whole
        if "\\" in whole or self._in_flow(start) or (words.count(mark) % 2 and not whole.endswith(mark)):
            cure = 'Write \\" for a quote inside the text.'
            return Words(self.at(self.mark), what, cure if mark == '"' else "Put double quotes around the text.")
        words = words.replace("''", "'") if mark == "'" else words
        fix = Fix("write the quotes again", (Edit(start.index, start.index + len(whole), quoted(words)),), safe=False)
        return Words(self.at(self.mark), what, f"Write it as {example(quoted(words))}.", fix=fix)

    def tab(self) -> Words | None:
        column = self.line(self.mark.line)[: self.mark.column + 1].find("\t")
        if column < 0 or not ("tab" in self.complaint or "cannot start any token" in self.complaint):
            return None
        span = Span(self.mark.line + 1, column + 1, self.mark.line + 1, column + 2)
        what, cure = "There is a tab here; YAML indents with spaces only.", "Replace it with two spaces per level."
        return Words(span, what, cure, fix=tabs_fix(self.text, self.lines, self.mark.line))

    def starter(self) -> Words | None:
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
            return unquoted(self.text, number, found.start("value"), begins)
        return None

    def colon(self) -> Words | None:
        if "mapping values are not allowed" not in self.complaint:
            return None
        line = self.line(self.mark.line)
        if re.search(r":\s", line[: self.mark.column]):
            what = "There is a colon with a space after it inside the text."
            found = _VALUE.match(line)
            if found is None or not found["value"] or found.start("value") > self.mark.column:
                return Words(self.at(self.mark), what, "Put quotes around the whole text.")
            words = found["value"].rstrip()
            start = self.mark.index - self.mark.column + found.start("value")
            fix = quotes(self.text, start, start + len(words), safe=False)
            cure = f"Put quotes around the whole text: {example(quoted(words))}."
            return Words(self.at(self.mark), what, cure, fix=fix)
        glued = self._glued(self.mark.line - 1)
        if glued is not None:
            return glued
        what = "This line is indented too deep, or the line above misses its colon."
        return Words(self.at(self.mark), what, "Line it up with the key it belongs to, or put quotes around the text.")

    def brackets(self) -> Words | None:
        if self._context() != "flow" or self.began is None:
            return None
        line = self.line(self.began.line)
        slot = line.find("{{", self.began.column + 1)
        if slot >= 0:
            return slot_in_braces(self.text, self.began.line, slot)
        opened = line[self.began.column : self.began.column + 1]
        comma = self._comma(line, self.began.column) if self.mark.line == self.began.line else None
        if comma is not None:
            return comma
        others = (Label(self.at(self.mark), "and is still open here"),) if self.mark.line != self.began.line else ()
        what = f"The bracket {opened} that opens here is not closed."
        cure = f"Close it with {'}' if opened == '{' else ']'}, or put quotes around the text."
        return Words(self.at(self.began), what, cure, others)

    def unclosed(self) -> Words | None:
        """A bracket that opens at the end of the file, with nothing or a comma behind it."""
        rest = self.text[: self.mark.index].rstrip()
        if "while parsing a flow node" not in self.context or self.text[self.mark.index :].strip():
            return None
        found = re.search(r"[\[{](?=[^\[\]{}'\"#]*\Z)", rest)
        if found is None:
            return None
        before = BREAK.split(rest[: found.start()])
        span = Span(len(before), len(before[-1]) + 1, len(before), len(before[-1]) + 2)
        what = f"The bracket {found.group()} that opens here is not closed."
        return Words(span, what, f"Close it with {'}' if found.group() == '{' else ']'}.")

    def _comma(self, line: str, start: int) -> Words | None:
        """What to say of brackets that are closed, with a `key:` inside that lacks the comma before it."""
        closing = {"{": "}", "[": "]"}[line[start]]
        key = re.search(r"(?<=[^\s,{\[:]) +(?=[\w-]+$)", line[: self.mark.column])
        rest = line[self.mark.column :]
        if not rest.startswith(":") or key is None or key.start() < start or closing not in rest:
            return None
        word = line[key.end() : self.mark.column]
        number = self.mark.line + 1
        whole = line[start : line.rindex(closing) + 1]
        at = key.start() - start
        index = Offsets(self.text).at(number, key.start() + 1)
        fix = Fix("write the comma", (Edit(index, index, ","),), safe=False)
        cure = f"Write {example(whole[:at] + ',' + whole[at:])}."
        span = Span(number, key.end() + 1, number, self.mark.column + 1)
        return Words(span, f"A comma is missing before `{word}:`.", cure, fix=fix)

    def escape(self) -> Words | None:
        if "escape" not in self.complaint:
            return None
        cure = "Write two backslashes for one, or use single quotes."
        return Words(self.at(self.mark, 2), "A backslash in double quotes needs a known letter after it.", cure)

    def list_(self) -> Words | None:
        if "block sequence entries" not in self.complaint:
            return None
        words = self.line(self.mark.line)[self.mark.column :].rstrip()
        cure = f"Move it to the next line; if it is text, put quotes around it: {example(quoted(words))}."
        return Words(self.at(self.mark), "A list begins on a line of its own.", cure)

    def indent(self) -> Words | None:
        if self.began is None:
            return None
        if "could not find expected ':'" in self.complaint:
            return self._no_colon(self.began)
        if "did not find expected" not in self.complaint:
            return None
        what, cure, here = wrong_indent(self.line(self.mark.line), self.mark.column, self.began.column)
        others = (Label(self.at(self.began), f"the block begins here, {self.began.column} spaces in"),)
        return Words(self.at(self.mark), what, cure, others, here)

    def _no_colon(self, began: Mark) -> Words:
        cure = "Write `key: value`, or indent the line if it belongs to the text above."
        return self._glued(began.line) or Words(self.at(began), "This line has no colon.", cure)

    def _glued(self, number: int) -> Words | None:
        """What to say of a line whose key and value are not separated by a space."""
        line = self.line(number)
        found = re.match(r"\s*(?:- +)*(?P<key>[A-Za-z][\w-]*):(?=[^\s/])", line)
        if found is None:
            return None
        end = found.end()
        index = Offsets(self.text).at(number + 1, end + 1)
        fix = Fix("put a space after the colon", (Edit(index, index, " "),), safe=False)
        cure = f"Write {example(found['key'] + ': ' + line[end:].rstrip())}."
        return Words(Span(number + 1, end, number + 1, end + 1), "There is no space after the colon.", cure, fix=fix)

    def first_line(self, scalar: Scalar) -> Span:
        """The first line of a quoted value."""
        start = scalar.start_mark
        return Span(start.line + 1, start.column + 1, start.line + 1, len(self.line(start.line)) + 1)

    def _in_flow(self, mark: Mark) -> bool:
        before = self.line(mark.line)[: mark.column]
        return "{" in before or "[" in before

    def _context(self) -> str:
        began = self.began
        opening = self.line(began.line)[began.column : began.column + 1] if began is not None else ""
        return {"'": "quoted", '"': "quoted", "[": "flow", "{": "flow"}.get(opening, "")
