"""Targets that nothing measures."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.loader.findings import meant, nearest
from crisiscli.problem import Label, Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book

COMPUTED = ("first_word", "all_channels", "front_line_lag")
"""Targets the report measures by itself."""


class Target(Rule):
    """A target without a step that measures it, or a step that measures an unknown target.

    Bad:
    ```yaml
    targets:
      mood_read: 30m
    ```
    Good:
    ```yaml
    targets:
      first_word: 15m
    ```
    """

    NAME = "target"
    CODE = "R312"
    LEVEL = "warning"
    EFFECT = "The report could not say whether it was met."

    def check(self, book: Book) -> Iterator[Problem]:
        targets = book.runbook.targets
        measured = {step.target for _, step in book.steps}
        lost = [name for name in measured if name is not None and name not in targets]
        for name in targets:
            if name not in measured and name not in COMPUTED and not nearest(name, lost):
                guess = meant(name, list(COMPUTED), "Computed are")
                what, cure = f"No step measures the target `{name}`.", f"Add `target: {name}` to a step. {guess}"
                yield self.at(book, ("targets", name), what, cure, key=True)
        for place, step in book.steps:
            if step.target is not None and step.target not in targets:
                what = f"The step measures `{step.target}`, which is not a target."
                cure = meant(step.target, list(targets), "Known are") or f"Add `targets: {{{step.target}: 15m}}`."
                guess = nearest(step.target, targets)
                near = [Label(book.document.span(("targets", guess), key=True), "nearest definition")] if guess else []
                yield self.at(book, (*place, "target"), what, cure, here="not defined", others=near)
