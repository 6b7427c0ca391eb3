"""A text without quotes that other programs take for a number, a time, a date, or yes and no."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from crisiscli.loader.findings import Place
from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.runbook import Runbook
from crisiscli.source.quoting import Offsets, quoted, quotes

_WORDS = frozenset(word for base in ("yes", "no", "on", "off") for word in (base, base.title(), base.upper()))
_LONGEST = 26
"""Characters of the longest such value, a day with its time; nearly every text is longer and is not looked at."""
_BEGINS = "0123456789+-."
_BASES = {"based": 0, "octal": 8, "whole": 10}
_TEXTS = (
    ("roles", ("title", "duty")),
    ("facts", ("ask", "unit", "longest")),
    ("audiences", ("who", "hours")),
    ("clocks", ("tell", "cite")),
)
_STEP = ("title", "do", "decide", "why", "say", "answer", "says")
_PLAIN = frozenset(
    ("is", "is_not", "on", "until", "verified", "version", "crisis", "at_least", "at_most", "n", "readings", "within")
)
"""Keys whose values the format wants plain."""


class AmbiguousScalar(Rule):
    """A text without quotes that other programs take for a number, a time, a date, or yes and no.

    This program reads `12:30` as the words 12:30. Many others read YAML by its older rules (version 1.1, still the rule
    of the most used readers): for them `12:30` is the number 750, `010` is 8, `1_000` is 1000, and `no` is the
    answer no instead of the word. A script that fills a website from this file would publish the number. Quotes end
    the doubt. Only texts are looked at: in conditions, times and names such values are plain on purpose.

    Bad:
    ```yaml
    facts:
      repaired_by:
        ask: By when will it work?
        type: time
        promise: true
        confirmed_by: it
        use: confirmed
        longest: 23:59
    ```
    Good:
    ```yaml
    facts:
      repaired_by:
        ask: By when will it work?
        type: time
        promise: true
        confirmed_by: it
        use: confirmed
        longest: "23:59"
    ```
    """

    NAME = "ambiguous-scalar"
    CODE = "S212"
    LEVEL = "warning"
    EFFECT = "A website or a script that reads this file could publish something else than what stands here."
    FIXES = "puts quotes around it"
    SINCE = "draft"

    def check(self, book: Book) -> Iterator[Problem]:
        text, facts = book.document.text, book.runbook.facts
        for found in _seen().finditer(text):
            key = "".join(text[max(0, found.start() - 40) : found.start()].split()[-1:]).lstrip("{[")
            compared = key in facts and facts[key].type in ("yes_no", "choice")
            if key not in _PLAIN and not compared:
                yield from self._texts(book)
                return

    def _texts(self, book: Book) -> Iterator[Problem]:
        for place, words in _short(book):
            if (words[:1] in _BEGINS or words in _WORDS) and book.document.style(place) == "":
                meaning = _meaning(words)
                text = book.document.text
                start, end = Offsets(text).of(book.document.span(place)) if meaning else (0, 0)
                if meaning and text[start:end] == words and _is_text(book.document.value, place):
                    what = f"`{words}` is text here, but without quotes other programs read {meaning}."
                    cure = f"Put quotes around it: `{quoted(words)}`."
                    yield self.at(book, place, what, cure, fix=quotes(text, start, end))


def _is_text(value: Any, place: Place) -> bool:
    """Whether a text stands there in the file itself; in a file with mistakes, numbers become texts in the plan."""
    for part in place:
        value = value[part]
    return isinstance(value, str)


def _short(book: Book) -> Iterator[tuple[Place, str]]:
    """Every short text of the file with its place."""
    runbook = book.runbook
    for block, keys in _TEXTS:
        for name, noun in getattr(runbook, block).items():
            values = noun.__dict__
            for key in keys:
                words = values[key]
                if words is not None and 0 < len(words) < _LONGEST:
                    yield (block, name, key), words
    yield from _of_steps(book)
    for text in book.texts:
        for sentence in text.leaf.sentences():
            if 0 < len(sentence.text) < _LONGEST:
                yield text.below(sentence.place), sentence.text
    yield from _rare(runbook)


def _of_steps(book: Book) -> Iterator[tuple[Place, str]]:
    for place, step in book.steps:
        values = step.__dict__
        for key in _STEP:
            words = values.get(key)
            if words is not None and 0 < len(words) < _LONGEST:
                yield (*place, key), words
        if "options" in values:
            yield from _listed((*place, "options"), values["options"].items())


def _rare(runbook: Runbook) -> Iterator[tuple[Place, str]]:
    """Texts of which a runbook has few."""
    for key in ("title", "summary", "owner", "t0"):
        yield from _listed((), [(key, getattr(runbook, key))])
    for name, fact in runbook.facts.items():
        if fact.options:
            yield from _listed(("facts", name, "options"), fact.options.items())
    for number, phase in enumerate(runbook.phases):
        yield from _listed(("phases", number), [("title", phase.title)])
    for block, entries in (("follow_ups", runbook.follow_ups), ("injects", runbook.injects)):
        for number, entry in enumerate(entries):
            yield from _listed((block, number), [(key, entry.__dict__.get(key)) for key in _STEP])


def _listed(place: Place, entries: Iterable[tuple[str, Any]]) -> Iterator[tuple[Place, str]]:
    for key, words in entries:
        if isinstance(words, str) and 0 < len(words) < _LONGEST:
            yield (*place, key), words


def _meaning(words: str) -> str:
    """What a reader of YAML 1.1, or a person, takes it for; "" when for nothing but text."""
    if words in _WORDS:
        return f"the answer {'yes' if words.lower() in ('yes', 'on') else 'no'}"
    found = _forms().fullmatch(words)
    if found is None:
        return ""
    if found["date"]:
        return "a date"
    digits = words.replace("_", "").lstrip("+-")
    if found["time"]:
        return f"the number {functools.reduce(lambda whole, part: whole * 60 + int(part), digits.split(':'), 0)}"
    base = next((base for form, base in _BASES.items() if found[form]), None)
    return "a number" if base is None else f"the number {int(digits, base)}"


@functools.cache
def _seen() -> re.Pattern[str]:
    """What the eye would stop at behind a colon. It begins with plain letters: that is what makes it fast."""
    return re.compile(
        r": (?:[-+]?[.0-9][-+_.:0-9a-fA-FxoTin]*|[nN][oO]|[yY][eE][sS]|[oO][nN]|[oO][fF][fF])(?:(?=[,} \t\r\n])|\Z)"
    )


@functools.cache
def _forms() -> re.Pattern[str]:
    """The forms of YAML 1.1 (yaml.org/type: int, float, timestamp), with whole numbers that begin with a zero."""
    return re.compile(
        r"(?P<date>\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d.*)?)"
        r"|(?P<time>[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+)"
        r"|(?P<based>[-+]?0(?:x[0-9a-fA-F_]+|b[01_]+|o[0-7]+))"
        r"|(?P<octal>[-+]?0[0-7_]+)"
        r"|(?P<whole>[-+]?[0-9][0-9_]*)"
        r"|[-+]?(?:[0-9][0-9_]*)?\.(?:[0-9_]+|(?<=\d\.))(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    )
