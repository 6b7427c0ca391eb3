"""Legal clocks that nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.readiness.days import ago, day

DAYS = 365


class ClockUnverified(Rule):
    """A clock does not say where its rule stands (`cite`) or when somebody last checked it (`verified`), or that was
    more than a year ago.

    Rules change: the deadlines of DORA came in 2025, those for listed companies changed in 2026. A clock is a
    reminder, and legal must be able to look it up.

    Bad:
    ```yaml
    clocks:
      gdpr_33:
        from: {fact: is_attack, is: yes}
        within: 72h
        tell: Data-protection authority
    ```
    Good:
    ```yaml
    clocks:
      gdpr_33:
        from: {fact: is_attack, is: yes}
        within: 72h
        tell: Data-protection authority
        cite: GDPR Art. 33(1)
        verified: 2026-11-20
    ```
    """

    NAME = "clock-unverified"
    CODE = "H908"
    LEVEL = "warning"
    EFFECT = "A deadline that is wrong is missed, or chases people who should be speaking to customers."

    def check(self, book: Book) -> Iterator[Problem]:
        today = book.around.today
        for name, clock in book.runbook.clocks.items():
            lacking = [key for key in ("cite", "verified") if not getattr(clock, key)]
            if lacking:
                does = {"cite": "where its rule stands", "verified": "when the rule was checked"}
                what = f"The clock `{name}` does not say {', nor '.join(does[key] for key in lacking)}."
                example = {"cite": "`cite: GDPR Art. 33(1)`", "verified": f"`verified: {today or '2026-11-20'}`"}
                cure = f"Let legal check the rule, then add {' and '.join(example[key] for key in lacking)}."
                yield self.at(book, ("clocks", name), what, cure, key=True, here=f"no {' and no '.join(lacking)}")
                continue
            checked = day(clock.verified)
            if today is not None and checked is not None and (today - checked).days > DAYS:
                what = f"The rule behind the clock `{name}` was checked last {ago(checked, today)}, on {checked}."
                cure = f"Let legal check {clock.cite} again, then write the new day: `verified: {today}`."
                yield self.at(book, ("clocks", name, "verified"), what, cure, here="more than a year ago")
