"""Facts of free words that nobody said the longest of."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import Place
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.sentences import Slot


class NoLongest(Rule):
    """A fact of free words stands in a text, and nobody wrote down how long it may become.

    Lint measures every text with the longest value of each fact. Without it a text fits on paper and is cut in the
    crisis, when somebody explains the cause in twenty words. Think of the longest sentence IT would write, and put it
    under `longest:`.

    Bad:
    ```yaml
    facts:
      cause:
        ask: What caused it, in plain words?
        type: text
        confirmed_by: it
        use: confirmed
    ```
    Good:
    ```yaml
    facts:
      cause:
        ask: What caused it, in plain words?
        type: text
        confirmed_by: it
        use: confirmed
        longest: a power cut in our data centre
    ```
    """

    NAME = "no-longest"
    CODE = "C511"
    LEVEL = "warning"
    EFFECT = "A text that fits today may be cut when the fact is known."

    def check(self, book: Book) -> Iterator[Problem]:
        facts = book.runbook.facts
        open_ = {name for name, fact in facts.items() if fact.type == "text" and not fact.longest}
        if not open_:
            return
        used: dict[str, tuple[Slot, Place]] = {}
        for _, slot, place in book.slots:
            if slot.name in open_:
                used.setdefault(slot.name, (slot, place))
        for name, (slot, place) in used.items():
            what = f"`{name}` stands in a text, and nothing says how long it may become."
            cure = f"Write the longest words you can think of below `{name}:`, as `longest: ...`."
            said = [Label(book.stretch(place, slot.start, slot.end), "said here")]
            yield self.at(book, ("facts", name), what, cure, key=True, others=said)
