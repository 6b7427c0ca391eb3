"""Places in a public text that somebody meant to fill in."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.phrased import holds
from crisiscli.rules.texts.mending import in_slot

_MARKS = "[<%?"
"""What a placeholder may begin with; a text with none of these, and none of the words below, needs no closer look."""
_STEMS = frozenset(("xx", "xxx", "xxxx", "xxxxx", "hh", "gg", "__:__", "___", "____", "_____"))
_QUOTED = frozenset(("sic", "..."))


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A single brace before a name, and every kind of placeholder."""
    return re.compile(r"\{\w"), re.compile(
        r"\[(?P<square>[^\W\d_][^\[\]\n]{1,60})\](?!\()"
        r"|<(?P<angle>[^\W\d_][^<>\n=/]{1,60})>"
        r"|(?<!\{)\{ ?(?P<brace>[^\W\d_][^{}\n%#]{0,60})\}(?!\})"
        r"|%(?P<percent>[a-z_]{3,40})%"
        r"|\?{3,}|(?<!\w)_{3,}(?!\w)|(?<!\w)(?:x{3,}|xx[:.]xx|(?:hh|gg)[:.]mm|__:__)(?!\w)"
    )


class PlaceholderLeft(Rule):
    """A public text still holds a place to fill in: `[name]`, `???`, `XX:XX`, `{next_update}` with single braces.

    What changes from one crisis to the next is a fact: it is asked, checked and put in by the program, and the text
    waits for it. The words looked for are the list `placeholder` of the phrase files.

    Bad:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: Our [name of service] does not work. We are looking into it.
    ```
    Good:
    ```yaml
    messages:
      advice:
        stage: education
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - advice: Our app does not work. We are looking into it.
    ```
    """

    NAME = "placeholder-left"
    CODE = "T705"
    EFFECT = "It would be published as it stands, at the worst moment."

    def check(self, book: Book) -> Iterator[Problem]:
        single, every = _patterns()
        braces = {problem.span for problem in book.found.get("sentence-grammar", ())}
        for language, speech in book.speeches.items():
            text = speech.text
            marked = any(mark in text for mark in _MARKS) or not _STEMS.isdisjoint(speech.stems)
            braced = single.search(text) or text.count("{ ") != text.count("{{ ")
            for found in every.finditer(text) if marked or braced else ():
                saying, start = speech.at(found.start())
                inside = next((group for group in found.groups() if group), "").strip()
                if inside not in _QUOTED and not _is_markup(found, inside) and not in_slot(saying.sentence, start):
                    problem = self._tell(book, saying, start, start + len(found.group()), inside)
                    if problem.span not in braces:
                        yield problem
            for hit in speech.hits(book.around.listed(language, "placeholder")):
                if not holds(book.around.listed(language, "placeholder_fine"), speech.around(hit)):
                    saying, start = speech.at(hit.start)
                    yield self._tell(book, saying, start, start + hit.end - hit.start, "")

    def _tell(self, book: Book, saying: Saying, start: int, end: int, inside: str) -> Problem:
        words = saying.sentence.text[start:end]
        what = f"`{words}` in the {saying.text.language} text of `{saying.text.message}` is a place to fill in."
        name = re.sub(r"\W+", "_", inside).strip("_").lower()
        known = name if name in book.runbook.facts else ""
        cure = f"Write `{{{{ {known} }}}}`, with two braces, to put the fact in." if known else ""
        cure = cure or "Write the words, or make it a fact under `facts:` and put it in as `{{ name_of_fact }}`."
        span = book.stretch(saying.place, start, end)
        return self.at(book, saying.place, what, cure, span=span, here="left open")


def _is_markup(found: re.Match[str], inside: str) -> bool:
    """HTML is told by raw-markup."""
    from crisiscli.rules.texts.raw_markup import TAGS

    return found["angle"] is not None and inside.split(maxsplit=1)[0].lower() in TAGS
