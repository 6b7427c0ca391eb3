"""Times of repair that nobody in operations stands by."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from crisiscli.loader.findings import Place
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Saying
from crisiscli.rules.discipline.own_words import quoted
from crisiscli.rules.phrased import holds
from crisiscli.runbook import Fact
from crisiscli.speech import plain

_OPEN = ("holding", "explanation", "status", "brief")
"""The stages in which it is not repaired yet."""
_TELLERS = ("lead", "press", "social", "scribe", "executive", "front_line")
"""Roles that pass on what others measure."""
_TIMES = ("time", "duration", "text", "services")
_LABEL = "eta"
_NONE_YET = ("open", "none", "unknown")
"""How labels end that say that there is no time yet."""


class EtaWithoutOps(Rule):
    """A text says when it will work again, and no confirmed word of operations stands behind the time.

    A time of repair may only be a fact that operations confirm: `confirmed_by:` the role that repairs, and `use:
    confirmed`. Then the sentence stays out until there is one. A time that is written into the text ("back within two
    hours", "by 15:00") is wrong on the next occasion. Sentences under a label that begins with `eta` are looked at,
    and those with a phrase of the list `repair_promise` beside a time.

    Bad:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - still: The app still does not open.
              - eta: We expect it to work within two hours.
              - instead: Your card works in shops, and cash machines work.
              - apology: We apologise for the long wait.
              - next_update: More at {{ next_update }}.
          spoken:
            en:
              - still: The app still does not open.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - next_update: More at {{ next_update }}.
    ```
    Good:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - still: The app still does not open.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - apology: We apologise for the long wait.
              - next_update: More at {{ next_update }}.
          spoken:
            en:
              - still: The app still does not open.
              - eta: We expect it to work by {{ repaired_by }}.
              - instead: Your card works in shops, and cash machines work.
              - next_update: More at {{ next_update }}.
    ```
    """

    NAME = "eta-without-ops"
    CODE = "D607"
    EFFECT = "A missed time is a second failure, and everybody has it in writing."

    def check(self, book: Book) -> Iterator[Problem]:
        unconfirmed: set[str] = set()
        labelled = f"- {_LABEL}" in book.document.text
        for language, speech in book.speeches.items():
            seen: set[Place] = set()
            fine = book.around.listed(language, "repair_promise_fine")
            for hit in speech.hits(book.around.listed(language, "repair_promise")):
                saying, _ = speech.at(hit.start)
                sentence = speech.around(hit)
                if saying.place not in seen and not holds(fine, sentence):
                    seen.add(saying.place)
                    yield from self._weighed(book, saying, sentence, unconfirmed)
            for saying in speech.parts if labelled else ():
                words = saying.sentence.text.lower()
                if _tells_a_time(saying.sentence.label) and saying.place not in seen and not holds(fine, words):
                    yield from self._weighed(book, saying, words, unconfirmed)

    def _weighed(self, book: Book, saying: Saying, sentence: str, told: set[str]) -> Iterator[Problem]:
        message = book.runbook.messages[saying.text.message]
        if message.stage not in _OPEN or quoted(saying.sentence.label):
            return
        fixed = _fixed_time(book, saying, sentence)
        if fixed:
            place = saying.place
            start = plain(saying.sentence.text.lower()).find(fixed)
            end = start + len(fixed)
            words = saying.sentence.text[start:end]
            cure = (
                "Put a fact there: `{{ repaired_by }}`, of `type: time`, `confirmed_by:` the role that repairs, "
                "`use: confirmed`; or say that there is no estimate yet."
            )
            what = f"`{words}` is a time of repair that nobody confirms."
            yield self.at(book, place, what, cure, span=book.stretch(place, start, end))
        for slot in saying.sentence.slots():
            fact = book.runbook.facts.get(slot.name)
            wrong = _unconfirmed(fact) if fact is not None and slot.name not in told else ""
            if wrong:
                told.add(slot.name)
                span = book.stretch(saying.place, slot.start, slot.end)
                others = [Label(book.document.span(("facts", slot.name), key=True), "the fact is defined here")]
                what = f"The time of repair `{slot.name}` {wrong}."
                cure = f"Write `confirmed_by:` the role that repairs, and `use: confirmed`, under `{slot.name}`."
                yield self.at(book, saying.place, what, cure, span=span, others=others)


def _tells_a_time(label: str) -> bool:
    return label.startswith(_LABEL) and not label.endswith(_NONE_YET)


def _unconfirmed(fact: Fact) -> str:
    """What is missing before this fact may be said as a time of repair; "" when nothing is, or it is no time."""
    if fact.type not in _TIMES:
        return ""
    if fact.confirmed_by is None:
        return "is nobody's word: it has no `confirmed_by`"
    if fact.confirmed_by in _TELLERS:
        return f"is confirmed by `{fact.confirmed_by}`, who does not repair it"
    return "" if fact.use == "confirmed" else "may be said before it is confirmed"


def _fixed_time(book: Book, saying: Saying, sentence: str) -> str:
    """A clock time, a span, or a time in words, written into the sentence itself; "" when there is none."""
    spoken = plain(_slots().sub(lambda found: " " * len(found[0]), sentence))
    words = book.around.listed(saying.text.language, "eta_words")
    found = _digits().search(spoken)
    if found is not None:
        return found[0].strip()
    hit = next(words.find(spoken), None) if words is not None else None
    return spoken[hit.start : hit.end] if hit is not None else ""


@functools.cache
def _slots() -> re.Pattern[str]:
    return re.compile(r"\{\{.*?\}\}")


@functools.cache
def _digits() -> re.Pattern[str]:
    """12:30, 12.30, 3 pm, 15 minutes: a clock time or a span in figures, in any of the three languages."""
    return re.compile(
        r"(?<!\w)\d{1,2}[:.]\d{2}(?!\d)|(?<!\w)\d{1,2} ?(?:am|pm|a\.m\.|p\.m\.)(?!\w)"
        r"|(?<!\w)\d+ ?(?:h|hours?|min|minutes?|days?|godz|godzin\w*|minut\w*|dni|dzien|ore|ora|zile|zi)(?!\w)"
    )
