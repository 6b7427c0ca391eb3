"""Suppressing: `# crisis: ignore[CODE] reason` comments, what they hold back, and what is wrong with them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple

from crisiscli.linter.places import place_of
from crisiscli.linter.report import Held
from crisiscli.loader.findings import meant
from crisiscli.problem import Edit, Fix, Problem, Span
from crisiscli.rules import Around, Book, Rule, rule_called, rules
from crisiscli.source import BREAK, Document
from crisiscli.source.document import Node, Tree

ROOM = "ignores"
MEANT = "Write `# crisis: ignore[CODE] reason`; several codes or names stand with commas between them."


class Sifted(NamedTuple):
    """What is told of a file's problems, and what its comments hold back."""

    told: list[Problem]
    held: tuple[Held, ...] = ()


@dataclass
class Comment:
    """One ignore comment: its place in the text, the rules it names, and the lines it counts for, from 1."""

    start: int
    end: int
    line: int
    column: int
    alone: bool
    for_file: bool
    names: tuple[str, ...] | None
    bracket: tuple[int, int]
    reason: str
    lines: tuple[tuple[int, int], ...] = ()
    misplaced: bool = False
    used: set[str] = field(default_factory=set)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules that are named and can be ignored, by the word that names them."""
        found = {name: rule_called(name) for name in self.names or ()}
        return {name: rule for name, rule in found.items() if rule is not None and can_be_ignored(rule)}

    @property
    def counts(self) -> bool:
        """Whether it holds anything back at all."""
        return bool(self.reason and self.rules) and not self.misplaced

    def covers(self, problem: Problem) -> bool:
        """Whether one of a problem's places stands where this comment counts."""
        spans = [problem.span, *(label.span for label in problem.others)]
        return self.for_file or any(
            span.line <= last and first <= span.end_line for span in spans for first, last in self.lines
        )

    def span(self, text: str) -> Span:
        """Where it stands."""
        return Span(self.line, self.column, self.line, self.column + len(text[self.start : self.end].rstrip()))


def can_be_ignored(rule: Rule) -> bool:
    """Not what keeps a file from being read, and not the rules about ignoring."""
    return not rule.CODE.startswith("Y") and rule not in rules(ROOM)


def sift(book: Book, problems: Sequence[Problem]) -> Sifted:
    """Problems without those that a comment holds back, and with those about the comments, worst first."""
    if not any(word in book.document.text for word in ("gnore", "GNORE")):
        return Sifted(sorted(problems, key=Problem.order))
    comments = list(_comments(book.document))
    told: list[Problem] = []
    held: list[Held] = []
    for problem in problems:
        by = [one for one in comments if one.counts and one.covers(problem) and _named(one, problem)]
        for one in by:
            one.used.update(_named(one, problem))
        if by:
            held.append(Held(problem, by[0].reason))
        else:
            told.append(problem)
    told += [found for one in comments for found in _about(book, one)]
    return Sifted(sorted(told, key=Problem.order), tuple(held))


def _named(comment: Comment, problem: Problem) -> list[str]:
    return [name for name, rule in comment.rules.items() if problem.code == rule.CODE]


class _Watching(Around):
    """What lies around, and which missing parts of it were asked for."""

    missed: list[str]

    def __getattribute__(self, name: str) -> Any:
        value = object.__getattribute__(self, name)
        if name in Around.__dataclass_fields__ and not value:
            object.__getattribute__(self, "missed").append(name)
        return value


def _needs_more(rule: Rule, book: Book) -> bool:
    """Whether a rule asks for something around the file that was not given: its comment cannot be called unused."""
    around = _Watching(**{name: getattr(book.around, name) for name in Around.__dataclass_fields__})
    object.__setattr__(around, "missed", [])
    deque(rule.check(Book(book.runbook, book.loaded, around)), maxlen=0)
    return bool(around.missed)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<before>^[ \t]*|(?<=[ \t]))#+[ \t]*crisis:[ \t]*ignore(?P<file>-file)?(?![\w-])"
        r"[ \t]*(?P<bracket>\[(?P<names>[^\]\r\n]*)\])?(?P<reason>[^\r\n]*)",
        re.MULTILINE | re.IGNORECASE,
    )


def _comments(document: Document) -> Iterator[Comment]:
    text = document.text
    written = list(_pattern().finditer(text))
    inside = [_inside(text, leaf) for leaf in _leaves(document.tree)] if written else []
    for found in written:
        start = found.end("before")
        if any(begin <= start < end for begin, end in inside):
            continue
        line, column = place_of(text, start)
        alone = not text[start - column + 1 : start].strip()
        names = found["names"]
        comment = Comment(
            start,
            found.end(),
            line,
            column,
            alone,
            bool(found["file"]),
            None if names is None else tuple(dict.fromkeys(word.strip() for word in names.split(",") if word.strip())),
            found.span("bracket"),
            _reason(found["reason"]),
        )
        comment.misplaced = comment.for_file and not (alone and start < _first_key(document))
        target = _next_line(document.lines(), line) if alone else line
        comment.lines = ((target, _last_line_below(document.tree, target)),)
        yield comment


def _reason(written: str) -> str:
    reason = written.strip().lstrip(":-–— ").strip()
    return reason if re.search(r"\w", reason) else ""


def _first_key(document: Document) -> int:
    return document.tree.start.index if isinstance(document.tree, Node) else 0


def _next_line(lines: list[str], line: int) -> int:
    """The line after a comment of its own, further comments passed over."""
    while line < len(lines) and lines[line].lstrip().startswith("#"):
        line += 1
    return line + 1


def _inside(text: str, tree: Tree) -> tuple[int, int]:
    """The stretch of a single value in which a # is a letter; a comment on the head line of a block is none."""
    if isinstance(tree, Node):
        return 0, 0
    start, end = tree.start_mark.index, tree.end_mark.index
    if tree.style in ("|", ">"):
        head = text.find("\n", start, end)
        return (end if head < 0 else head), end
    return start, end


def _leaves(tree: Tree | None) -> Iterator[Tree]:
    """Every key and value that has no entries of its own."""
    waiting = [] if tree is None else [tree]
    while waiting:
        here = waiting.pop()
        if not isinstance(here, Node):
            yield here
            continue
        for name, child in here.entries.values():
            waiting += [name, child]
        waiting += here.items


def _last_line_below(tree: Tree | None, line: int) -> int:
    """The last line of the block whose key stands in a line; the line itself when no block begins there."""
    waiting = [] if tree is None else [tree]
    last = line
    while waiting:
        here = waiting.pop()
        if not isinstance(here, Node):
            continue
        for name, child in here.entries.values():
            if name.start_mark.line + 1 == line:
                last = max(last, _last_line(child))
            waiting.append(child)
        waiting += here.items
    return last


def _last_line(tree: Tree) -> int:
    if isinstance(tree, Node) and not tree.flow:
        return max((_last_line(child) for child in _leaves(tree)), default=tree.start.line + 1)
    end = tree.end if isinstance(tree, Node) else tree.end_mark
    return end.line if end.column == 0 else end.line + 1


def _about(book: Book, comment: Comment) -> Iterator[Problem]:
    """What is wrong with one comment."""
    document = book.document
    without_reason, unused, not_understood = rules(ROOM)
    for what, cure in _misunderstood(comment):
        yield _told(document, comment, not_understood, what, cure)
    if comment.rules and not comment.reason:
        what = "This ignore comment gives no reason, so it ignores nothing."
        code = ", ".join(comment.rules)
        yield _told(document, comment, without_reason, what, f"Say why: `# crisis: ignore[{code}] agreed with legal`.")
    idle = [name for name, rule in comment.rules.items() if name not in comment.used and not _needs_more(rule, book)]
    if comment.counts and idle:
        names = " and ".join(f"`{name}`" for name in idle)
        what = f"Nothing that {names} finds stands here."
        cure = "Delete the comment, or put it into the line it is meant for."
        yield _told(document, comment, unused, what, cure, _without(document.text, comment, idle))


def _told(document: Document, comment: Comment, rule: Rule, what: str, cure: str, fix: Fix | None = None) -> Problem:
    span = comment.span(document.text)
    return Problem(
        document.path, span, rule.NAME, rule.CODE, rule.LEVEL, what, rule.EFFECT, cure, fix=fix, since=rule.SINCE
    )


def _misunderstood(comment: Comment) -> Iterator[tuple[str, str]]:
    """What cannot be understood about a comment, each with its cure."""
    if not comment.names:
        yield "This ignore comment names no rule.", MEANT
        return
    for name in comment.names:
        rule = rule_called(name)
        if rule is None:
            known = [word for one in rules() for word in (one.NAME, one.CODE)]
            guess = meant(name, known) if meant(name, known).startswith("Did you mean") else ""
            yield f"`{name}` is no rule of lint.", guess or "`crisis lint --list` shows them all."
        elif not can_be_ignored(rule):
            why = "the file could not be trusted" if rule.CODE.startswith("Y") else "it is about ignoring itself"
            yield f"`{name}` cannot be ignored: {why}.", "Mend what it found, and take the name out here."
    if comment.misplaced:
        yield "A comment for the whole file counts only above the first key.", "Move it to the top of the file."


def _without(text: str, comment: Comment, idle: Sequence[str]) -> Fix:
    """The comment without names that hold nothing back; no comment when none is left."""
    left = [name for name in comment.names or () if name not in idle]
    if left:
        edit = Edit(*comment.bracket, f"[{', '.join(left)}]")
        return Fix("takes the name out of the comment", (edit,))
    start, end = comment.start, comment.end
    if comment.alone:
        start -= comment.column - 1
        broken = BREAK.match(text, end)
        end = broken.end() if broken else end
    else:
        start = len(text[:start].rstrip(" \t"))
    return Fix("takes the comment out", (Edit(start, end, ""),))
