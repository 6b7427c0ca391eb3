"""Messages that do not reach somebody they are meant for."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.audiences.words_out import unclear
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class MissesAudience(Rule):
    """A message is meant for an audience, and goes to none of the channels that reach it.

    Bad:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers, offline_customers]
        to: [website]
        text:
          page:
            en:
              - still: The app still does not open.
              - eta_open: We do not know yet when it will work.
              - instead: Your card works in shops, and cash machines work.
              - next_update: More at {{ next_update }}.
    ```
    Good:
    ```yaml
    messages:
      status:
        stage: status
        for: [customers, offline_customers]
        to: [website, branch]
        text:
          page:
            en:
              - still: The app still does not open.
              - eta_open: We do not know yet when it will work.
              - instead: Your card works in shops, and cash machines work.
              - next_update: More at {{ next_update }}.
    ```
    """

    NAME = "misses-audience"
    CODE = "A410"
    EFFECT = "It would count as said to these people, and they would not hear it."

    def check(self, book: Book) -> Iterator[Problem]:
        audiences = book.runbook.audiences
        missed: list[tuple[str, int, str]] = []
        reached: set[str] = set()
        for key, message in book.runbook.messages.items():
            channels = set(book.channels(message))
            for index, name in enumerate(message.for_):
                if name in audiences and channels.isdisjoint(audiences[name].reached_by):
                    missed.append((key, index, name))
                else:
                    reached.add(name)
        for key, index, name in missed:
            if name in reached and not unclear(book):
                yield self._tell(book, key, index, name)

    def _tell(self, book: Book, key: str, index: int, name: str) -> Problem:
        reached_by = book.runbook.audiences[name].reached_by
        shown = [
            Label(book.document.span(("messages", key, "to")), "it goes here"),
            Label(book.document.span(("audiences", name, "reached_by")), "these reach them"),
        ]
        what = f"`{key}` is for `{name}`, and none of its channels reaches them."
        ways = ", ".join(f"`{channel}`" for channel in reached_by)
        cure = f"Add one of {ways} to its `to:`, or take `{name}` out of its `for:`."
        return self.at(book, ("messages", key, "for", index), what, cure, others=shown)
