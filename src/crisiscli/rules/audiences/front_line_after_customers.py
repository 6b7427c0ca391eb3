"""Our own people who hear it after the customers, or from them."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.audiences.words_out import WordOut, hears, insiders, is_public, spoken_time, unclear, words_out
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class FrontLineAfterCustomers(Rule):
    """An audience with `told_before_or_with:` gets its first message in a later step than the audiences it must
    precede, or in no step at all. Call centre and branches then learn it from the first caller. Two messages of one
    step count as told together.

    Bad:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: brief-them
            by: T+10m
            role: press
            send: [holding]
          - id: speak
            by: T+12m
            role: press
            send: [brief]
    ```
    Good:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: brief-them
            by: T+10m
            role: press
            send: [brief]
          - id: speak
            by: T+12m
            role: press
            send: [holding]
    ```
    """

    NAME = "front-line-after-customers"
    CODE = "A406"
    EFFECT = "Colleagues learn it from the first caller, and find their own words."

    def check(self, book: Book) -> Iterator[Problem]:
        sent: list[WordOut] | None = None
        for name in insiders(book):
            sent = words_out(book) if sent is None else sent
            brief, public = outrun(book, name, sent)
            if public is None or unclear(book):
                continue
            if brief is None:
                yield self._untold(book, name, public)
            else:
                yield self._late(book, name, brief, public)

    def _untold(self, book: Book, name: str, public: WordOut) -> Problem:
        shown = [Label(book.document.span((*public.place, "send")), "the world hears it here")]
        what = f"No step tells `{name}`, who must hear it before or with others."
        ready = next((key for key, noun in book.runbook.messages.items() if name in noun.for_), "")
        cure = f"Add a step with `send: [{ready or 'brief'}]` before that one."
        place = ("audiences", name, "told_before_or_with")
        return self.at(book, place, what, cure, key=True, here="told first, it says", others=shown)

    def _late(self, book: Book, name: str, brief: WordOut, public: WordOut) -> Problem:
        shown = [
            Label(book.document.span((*public.place, "send")), f"`{public.message}` goes to the world here"),
            Label(book.document.span(("audiences", name, "told_before_or_with"), key=True), "told first, it says"),
        ]
        times = "" if None in (brief.minutes, public.minutes) else _times(brief, public)
        what = f"`{brief.message}` tells `{name}` after `{public.message}` tells the world{times}."
        cure = f"Move the step that sends `{brief.message}` before the one that sends `{public.message}`."
        messages = book.runbook.messages
        if messages[brief.message].stage != "brief":
            ready = [key for key, noun in messages.items() if noun.stage == "brief" and name in noun.for_]
            first = "" if ready else f"Write a message of stage `brief` for `{name}`. "
            cure = (
                f"{first}Add a step with `send: [{ready[0] if ready else 'brief'}]` before `{public.message}` goes out."
            )
        return self.at(book, (*brief.place, "send"), what, cure, others=shown)


def outrun(book: Book, name: str, sent: list[WordOut]) -> tuple[WordOut | None, WordOut | None]:
    """The first word for an audience and the public word that comes before it; None twice when none does."""
    after = book.runbook.audiences[name].told_before_or_with
    public = next((one for one in sent if is_public(book, one.message) and _any(book, after, one)), None)
    brief = next((one for one in sent if name in book.runbook.messages[one.message].for_), None)
    if public is None or (brief is not None and not _later(brief, public)):
        return None, None
    return brief, public


def _any(book: Book, audiences: tuple[str, ...], word: WordOut) -> bool:
    return any(name in book.runbook.audiences and hears(book, name, word.message) for name in audiences)


def _later(brief: WordOut, public: WordOut) -> bool:
    """A later step, or, where both have a time, a later time; a step that is due earlier is not late."""
    if brief.minutes is None or public.minutes is None:
        return brief.number > public.number
    return (brief.minutes, brief.number) > (public.minutes, public.number)


def _times(brief: WordOut, public: WordOut) -> str:
    return f", at {spoken_time(brief.minutes or 0)} instead of {spoken_time(public.minutes or 0)}"
