"""The ladder of a role: who is called for it, who is next when nobody answers, and how far it was climbed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crisiscli.config.hours import on_now
from crisiscli.dispatch.desk import Desk
from crisiscli.incident.records import Try

LATER = "not on the call"
"""The result of nobody having tried yet: it is kept, and it is not a try."""

REACHED = "answered"
"""The result of a try that somebody took up."""


class Rung(NamedTuple):
    """One person on the ladder of a role.

    `role` is the role they hold or may hold: the asked one, or a deputy's. `name` is how they are called, `on`
    whether they are on now, `reach` their number and hours as words, `tries` what came of calling them for the
    asked role, in order.
    """

    role: str
    name: str
    on: bool
    reach: str
    tries: tuple[Try, ...]
    holder: bool = False
    """True when they hold `role` by name."""

    @property
    def tried(self) -> bool:
        """True when they were called and did not answer."""
        return bool(self.tries) and self.tries[-1].result != REACHED


def chain(desk: Desk, role: str) -> tuple[str, ...]:
    """The role, its deputy, the deputy's deputy, without loops."""
    roles = desk.journal.incident.runbook.roles
    found: list[str] = []
    here: str | None = role
    while here and here not in found:
        found.append(here)
        here = roles[here].deputy if here in roles else None
    return tuple(found)


def ladder(desk: Desk, role: str) -> list[Rung]:
    """Whom to call for a role, in order.

    First its holder and the people who may hold it and are on now, then the deputy's, then the deputy's deputy's;
    last those who are off now. Everybody stands on it once; it is empty when nobody is named anywhere.
    """
    roles = chain(desk, role)
    found: dict[str, Rung] = {}
    off: dict[str, Rung] = {}
    for one in roles:
        for rung in _people(desk, role, one):
            (found if rung.on or rung.holder else off).setdefault(_key(rung.name), rung)
    return [*found.values(), *(rung for key, rung in off.items() if key not in found)]


def _people(desk: Desk, asked: str, role: str) -> Iterator[Rung]:
    """Who holds a role by name, then who may hold it, those on now first."""
    journal, config, now = desk.journal, desk.config, desk.journal.now()
    held = holder_id(desk, role)
    if held:
        name = journal.name(held)
        person = config.person(name)
        on = person is None or on_now(person, now, desk.zone)
        yield Rung(role, name, on, config.reach(name, now), tries_of(desk, asked, name), True)
    for person in config.on_first(role, now):
        on = on_now(person, now, desk.zone)
        yield Rung(role, person.name, on, config.reach(person.id, now), tries_of(desk, asked, person.name))


def holder_id(desk: Desk, role: str) -> str:
    """The person id of whoever holds a role by name, or stands by for it; "" when nobody does.

    The lead holds the role `lead` by name; every other role has to be given to her.
    """
    incident = desk.journal.incident
    if role == "lead":
        return incident.holder("lead")
    return incident.roles.get(role) or incident.standby.get(role, "")


def tries_of(desk: Desk, role: str, name: str) -> tuple[Try, ...]:
    """The calls to one person for a role, in order."""
    tries = desk.journal.incident.tries.get(role, ())
    return tuple(t for t in tries if t.result != LATER and _key(desk.journal.name(t.person)) == _key(name))


def next_rung(desk: Desk, role: str) -> Rung | None:
    """The first one on the ladder who was not called in vain; None when nobody is left."""
    return next((rung for rung in ladder(desk, role) if not rung.tried), None)


def reached(desk: Desk, role: str, name: str) -> bool:
    """True when somebody stands on the ladder and everybody before them was called in vain."""
    for rung in ladder(desk, role):
        if _key(rung.name) == _key(name):
            return True
        if not rung.tried:
            return False
    return False


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
