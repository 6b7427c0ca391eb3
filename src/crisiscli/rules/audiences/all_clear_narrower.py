"""All-clears that forget somebody who got an earlier word."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.audiences.words_out import unclear
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book

_BEFORE = ("holding", "explanation", "status")
_LATER = ("explanation", "status")
"""Stages of a runbook that sees it through; one that hands over to another (`switch`) leaves the end to that."""


class AllClearNarrower(Rule):
    """The all-clear is not for every audience that got a holding, an explanation or a status. In the best-known case
    of a wrong message, many people never learned what it was and that it was over. A runbook that explains or gives a
    status, hands over to no other runbook, and has no message of stage `all_clear` at all leaves everybody there.

    Bad:
    ```yaml
    messages:
      all_clear:
        stage: all_clear
        for: [customers]
        to: [website]
        text:
          page:
            en:
              - fixed: The app works again.
              - complaint: If it cost you money, tell us in a branch or by phone.
    ```
    Good:
    ```yaml
    messages:
      all_clear:
        stage: all_clear
        for: [customers, offline_customers]
        to: [website, branch]
        text:
          page:
            en:
              - fixed: The app works again.
              - complaint: If it cost you money, tell us in a branch or by phone.
    ```
    """

    NAME = "all-clear-narrower"
    CODE = "A407"
    EFFECT = "These people go on believing that it is not over."

    def check(self, book: Book) -> Iterator[Problem]:
        messages = book.runbook.messages
        clears = [name for name, message in messages.items() if message.stage == "all_clear"]
        if not clears:
            yield from self._never(book)
            return
        cleared = {name for key in clears for name in messages[key].for_} | book.runbook.insiders()
        missing: dict[str, tuple[str, int]] = {}
        for key, message in messages.items():
            for index, name in enumerate(message.for_ if message.stage in _BEFORE else ()):
                if name not in cleared and name in book.runbook.audiences:
                    missing.setdefault(name, (key, index))
        if missing and not unclear(book):
            names = [f"`{name}`" for name in missing]
            listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
            what = f"`{clears[0]}` is not for {listed}, who got an earlier word."
            shown = [
                Label(book.document.span(("messages", key, "for", index)), f"`{name}` is told here")
                for name, (key, index) in missing.items()
            ]
            cure = f"Add {listed} to its `for:`, and a channel that reaches them to its `to:`."
            yield self.at(book, ("messages", clears[0], "for"), what, cure, key=True, others=shown)

    def _never(self, book: Book) -> Iterator[Problem]:
        if any(step.verb == "switch" for _, step in book.steps):
            return
        insiders = book.runbook.insiders()
        for key, message in book.runbook.messages.items():
            if message.stage in _LATER and not insiders.issuperset(message.for_):
                what = f"`{key}` tells people how it stands, and no message tells them that it is over."
                cure = "Add a message with `stage: all_clear` for everybody who got an earlier word, and a step for it."
                yield self.at(book, ("messages", key, "stage"), what, cure)
                return
