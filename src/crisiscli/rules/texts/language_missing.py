"""Texts that are not there in a language people need."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class LanguageMissing(Rule):
    """A message goes to a channel for which it has no text in a language that must be there.

    Bad:
    ```yaml
    languages:
      must: [en, pl]
    ```
    Good:
    ```yaml
    languages:
      must: [en]
      follow: {pl: 30m}
    ```
    """

    NAME = "language-missing"
    CODE = "A401"
    EFFECT = "At that moment somebody would have to write or translate it."

    def check(self, book: Book) -> Iterator[Problem]:
        from crisiscli.channels import CHANNELS, FAMILIES

        must = book.runbook.languages.must
        for name, message in book.runbook.messages.items():
            lacking: dict[tuple[str, ...], list[str]] = {}
            for channel in book.channels(message):
                if channel not in CHANNELS:
                    continue
                own, shared = message.text.get(channel), message.text.get(CHANNELS[channel].family)
                wanted = [code for code in must if not (own and code in own) and not (shared and code in shared)]
                # a text under a misspelt name is told of as such
                if wanted and all(source in CHANNELS or source in FAMILIES for source in message.text):
                    lacking.setdefault(tuple(wanted), []).append(channel)
            for languages, channels in lacking.items():
                what = f"`{name}` has no text in {', '.join(languages)} for {', '.join(channels)}."
                family = CHANNELS[channels[0]].family
                cure = f"Add `{family}:` (or `{channels[0]}:`) with `{languages[0]}:` under `text:`."
                place = ("messages", name, "text") if message.text else ("messages", name)
                asked = book.runbook.languages.must.index(languages[0])
                others = [Label(book.document.span(("languages", "must", asked)), "asked for here")]
                yield self.at(book, place, what, cure, key=True, others=others)
