"""Elements that guard no sentence."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import nearest
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book


class UnusedElement(Rule):
    """An element that no sentence carries as its label; often the label is spelled another way.

    Bad:
    ```yaml
    elements:
      money_safe:
        needs: {is_attack: no}
    ```
    Good:
    ```yaml
    elements:
      checking:
        needs: {is_attack: no}
    ```
    """

    NAME = "unused-element"
    CODE = "R309"
    LEVEL = "warning"
    EFFECT = "A sentence it was meant to hold back could go out before its facts are confirmed."

    def check(self, book: Book) -> Iterator[Problem]:
        elements = book.runbook.elements
        unused = elements.keys() - {saying.sentence.label for saying in book.sayings} if elements else ()
        if not unused:
            return
        labels = {saying.sentence.label: saying.place for saying in book.sayings}
        for name in elements:
            if name not in unused:
                continue
            guess = nearest(name, [label for label in labels if label not in elements])
            similar = [Label(book.document.span(labels[guess], key=True), "did you mean this one?")] if guess else []
            what = f"No sentence carries the label `{name}`."
            cure = f"Label the sentence `{name}`, or delete the element."
            yield self.at(book, ("elements", name), what, cure, key=True, others=similar)
