"""Approved words that were changed afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crisiscli.loader.findings import Place
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class VoidedPreApproval(Rule):
    """The words of a message that was approved in advance were changed, and the approval still has its old day.

    An approval is a yes to exact words; other words have nobody's yes. It is seen when lint compares with a git
    revision: `crisis lint --base main`.

    Before:
    ```yaml
    messages:
      brief:
        stage: brief
        for: [front_line]
        to: [intranet]
        pre_approved: {by: ann, on: 2026-11-20, until: 2027-05-20, may_vary: [next_update]}
        text:
          page:
            en:
              - what: Our app does not work.
              - say: Say that we know of it and are looking into it.
              - never: Never ask a caller for a code or a card number.
              - next_update: The next word stands here at {{ next_update }}.
    ```
    Bad:
    ```yaml
    version: 2
    messages:
      brief:
        stage: brief
        for: [front_line]
        to: [intranet]
        pre_approved: {by: ann, on: 2026-11-20, until: 2027-05-20, may_vary: [next_update]}
        text:
          page:
            en:
              - what: Our app does not work.
              - say: Say that we know of it and are working on it.
              - never: Never ask a caller for a code or a card number.
              - next_update: The next word stands here at {{ next_update }}.
    ```
    Good:
    ```yaml
    version: 2
    messages:
      brief:
        stage: brief
        for: [front_line]
        to: [intranet]
        pre_approved: {by: ann, on: 2026-11-22, until: 2027-05-20, may_vary: [next_update]}
        text:
          page:
            en:
              - what: Our app does not work.
              - say: Say that we know of it and are working on it.
              - never: Never ask a caller for a code or a card number.
              - next_update: The next word stands here at {{ next_update }}.
    ```
    """

    NAME = "voided-pre-approval"
    CODE = "H907"
    EFFECT = "The program would send words as approved that nobody has approved."

    def check(self, book: Book) -> Iterator[Problem]:
        approved = [name for name, message in book.runbook.messages.items() if message.pre_approved is not None]
        base = book.base if approved else None
        if base is None or base.runbook is None:
            return
        for name in approved:
            seal, before = book.runbook.messages[name].pre_approved, base.runbook.messages.get(name)
            if seal is None or before is None or before.pre_approved is None or before.pre_approved.on != seal.on:
                continue
            place = _changed(before.text, book.runbook.messages[name].text, ("messages", name, "text"))
            if place is not None:
                yield self._told(book, name, seal.by, place)

    def _told(self, book: Book, name: str, by: str, place: Place) -> Problem:
        roles = book.runbook.roles
        asked = [roles[role].title for role in book.runbook.approvers(name) if role in roles]
        seal = Label(book.document.span(("messages", name, "pre_approved", "on")), "approved on this day, other words")
        cure = (
            f"Show the new words to {by} (a yes is owed by: {', '.join(asked)}) and write the new day under "
            "`pre_approved: on:`. Or take `pre_approved:` out."
        )
        what = f"The words of `{name}` changed after {by} approved them."
        return self.at(book, place, what, cure, here="not what was approved", others=[seal])


def _changed(before: Any, now: Any, place: Place) -> Place | None:
    """The first place where words differ or are new; the nearest block where words were taken away."""
    if before == now:
        return None
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key, value in now.items():
            found = _changed(before.get(key), value, (*place, key))
            if found is not None:
                return found
    elif isinstance(before, list) and isinstance(now, list):
        for index, value in enumerate(now):
            found = _changed(before[index] if index < len(before) else None, value, (*place, index))
            if found is not None:
                return found
    return place
