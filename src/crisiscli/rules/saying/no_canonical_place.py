"""Public words that stand in no one place, or leave an old one standing there."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.audiences.words_out import unclear
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book

PLACES = ("website", "status_page")
"""Where everybody can look a word up at any time, without an account."""
_LATER = ("explanation", "status")


class NoCanonicalPlace(Rule):
    """The official word has no one place where everybody finds it, or that place is not kept up to date. Whoever is
    afraid taps nothing and looks for an official word at once: the holding has to stand on the website or the status
    page, and the explanation and the status have to replace it there.

    Bad:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers, offline_customers]
        to: [ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - empathy: You cannot get into our app, and we are sorry.
              - checking: We do not know the cause yet. We are looking into it.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours in our branches and by phone.
          spoken:
            en:
              - empathy: Our app does not open, and we are sorry.
              - checking: We do not know the cause yet.
              - next_update: More here at {{ next_update }}.
              - verify: The same words hang in our branches.
    ```
    Good:
    ```yaml
    messages:
      holding:
        stage: holding
        for: [customers, offline_customers]
        to: [website, ivr, branch]
        approve: [lead]
        text:
          page:
            en:
              - empathy: You cannot get into our app, and we are sorry.
              - checking: We do not know the cause yet. We are looking into it.
              - next_update: More at {{ next_update }}.
              - verify: You find every word of ours on our website and by phone.
          spoken:
            en:
              - empathy: Our app does not open, and we are sorry.
              - checking: We do not know the cause yet.
              - next_update: More here at {{ next_update }}.
              - verify: The same words stand on our website.
    ```
    """

    NAME = "no-canonical-place"
    CODE = "M810"
    LEVEL = "warning"
    EFFECT = "People search for an official word and find somebody else's, or an old one."

    def check(self, book: Book) -> Iterator[Problem]:
        first = book.runbook.holding()
        if first is None:
            return
        standing = [channel for channel in book.channels(book.runbook.messages[first]) if channel in PLACES]
        if not standing and not unclear(book):
            what = f"`{first}` goes to no place where everybody can look it up."
            cure = "Add `website` or `status_page` to its `to:`, with a text for it."
            yield self.at(book, ("messages", first, "to"), what, cure)
        elif standing:
            yield from self._left_standing(book, first, standing)

    def _left_standing(self, book: Book, first: str, standing: list[str]) -> Iterator[Problem]:
        """A later stage none of whose messages goes where the first word stands."""
        messages = book.runbook.messages
        told = set(messages[first].for_)
        for stage in _LATER:
            later = [name for name, noun in messages.items() if noun.stage == stage and not told.isdisjoint(noun.for_)]
            if later and all(set(standing).isdisjoint(book.channels(messages[name])) for name in later):
                shown = [Label(book.document.span(("messages", first, "to")), "the first word stands there")]
                what = f"`{later[0]}` does not replace the first word on {' or '.join(f'`{one}`' for one in standing)}."
                cure = f"Add `{standing[0]}` to its `to:`."
                yield self.at(book, ("messages", later[0], "to"), what, cure, others=shown)
