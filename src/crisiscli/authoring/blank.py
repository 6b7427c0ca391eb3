"""A blank runbook: one holding message in the languages that are wanted, and a comment where the next thing goes."""

from __future__ import annotations

import textwrap

from crisiscli.authoring.copying import Copy
from crisiscli.authoring.quoting import filled, modeline, quoted
from crisiscli.authoring.setup import Setup
from crisiscli.loader.shipped import shipped

ROLES = ("lead", "press", "it")
"""The roles a blank runbook has."""
_WORDS = "not-sure-yet.yaml"
"""The shipped scenario whose holding message is true whatever happened."""


def languages() -> tuple[str, ...]:
    """The languages there are first words in."""
    return tuple(dict.fromkeys(str(place[-1]) for place in _copy().places("messages", "holding", "text", "*", "*")))


def blank(setup: Setup) -> str:
    """The whole file."""
    copy = _copy()
    copy.only_languages(setup.languages)
    first, *others = setup.languages
    follow = ["  follow:", *(f"    {code}: 30m" for code in others)] if others else []
    return filled(
        "blank.yaml",
        modeline=modeline(setup.seen_from(setup.runbooks), "runbook"),
        id=setup.id,
        title=quoted(setup.title),
        languages="\n".join(["languages:", "  must:", f"    - {first}", *follow]),
        today=str(setup.today),
        person=quoted(setup.person),
        holding=textwrap.indent(textwrap.dedent(copy.block(("messages", "holding"))), "  "),
    )


def _copy() -> Copy:
    return Copy(shipped("runbooks") / _WORDS)
