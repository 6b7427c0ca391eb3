"""Texts that say what fails, and never what to use instead."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book, Text
from crisiscli.rules.saying.carrying import Hearing
from crisiscli.rules.saying.stage import tell
from crisiscli.rules.saying.vocabulary import ALTERNATIVES

_NAMING = ("holding", "explanation")
"""Stages that owe an alternative only when they name services that fail."""


class NoAlternative(Rule):
    """A status, or any text that lists services which are down, offers nothing to use instead. Whoever stands at a
    till or has wages to pay cannot wait: "your card works in shops" helps more than an apology.

    Labels that count are, among others: `instead`, `alternatives`, `works`, `payments_work`, `help`. One sentence that
    is said in some cases is enough. A text leaves it out on purpose with `omits:` and `where:`, and a short one may
    when everybody who gets it gets another text of this message that says it.

    Bad:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - still: The app still does not open.
              - eta_open: We do not know yet when it will work.
              - next_update: More at {{ next_update }}.
    ```
    Good:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - still: The app still does not open.
              - eta_open: We do not know yet when it will work.
              - instead: Your card works in shops, and cash machines work.
              - next_update: More at {{ next_update }}.
    ```
    """

    NAME = "no-alternative"
    CODE = "M807"
    LEVEL = "warning"
    EFFECT = "People who cannot wait are told to wait."

    def check(self, book: Book) -> Iterator[Problem]:
        hearing = Hearing(book)
        for text in _asked(book):
            if any(sentence.label in ALTERNATIVES.labels for sentence in text.leaf.body):
                continue
            if not hearing.excused(text, ALTERNATIVES):
                yield tell(self, book, text, [ALTERNATIVES])


def _asked(book: Book) -> Iterator[Text]:
    """The texts that owe an alternative."""
    insiders = book.runbook.insiders()
    languages = {*book.runbook.languages.must, *book.runbook.languages.follow}
    for text in book.by_stage.get("status", ()):
        if text.language in languages and not insiders.issuperset(book.runbook.messages[text.message].for_):
            yield text
    services = {name for name, fact in book.runbook.facts.items() if fact.type == "services"}
    for stage in _NAMING if services else ():
        for text in book.by_stage.get(stage, ()):
            if any(slot.name in services for slot in text.leaf.slots()):
                yield text
