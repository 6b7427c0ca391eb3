"""Who may hold a role, counted with its deputy's people, and in which hours of the week nobody does."""

from __future__ import annotations

from crisiscli.config import Config
from crisiscli.config.hours import Span, uncovered
from crisiscli.rules.book import Book


def used_roles(book: Book) -> list[str]:
    """The roles that have something to do in a crisis, `lead` among them, in the order of the file."""
    named = book.named_roles | {"lead"}
    return [name for name in book.runbook.roles if name in named]


def gap(book: Book, config: Config, role: str) -> Span | None:
    """The first stretch of the week in which nobody may be called for a role or its deputy; None when there is none.

    None as well where nobody at all may hold it: that is told by itself.
    """
    deputy = book.runbook.roles[role].deputy
    people = [*config.holds(role), *(config.holds(deputy) if deputy in book.runbook.roles and deputy != role else ())]
    try:
        found = uncovered(people) if people else ()
    except ValueError:
        return None
    return found[0] if found else None


def who_could(book: Book, config: Config, role: str) -> str:
    """Whom to ask, in words: those who are in the file for the role, else for its deputy."""
    names = [person.name for person in config.holds(role)]
    deputy = book.runbook.roles[role].deputy
    names = names or [person.name for person in config.holds(deputy or "")]
    return " or ".join(names[:3])
