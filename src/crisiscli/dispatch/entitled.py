"""Entitled: whose yes counts for which role, and which role somebody takes by saying it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crisiscli.dispatch.desk import Desk
from crisiscli.dispatch.ladder import chain, reached
from crisiscli.errors import Refused

if TYPE_CHECKING:
    from crisiscli.dispatch.approving import Yes

OWN = ("self", "terminal")
"""Ways of a yes that only the person at the keyboard can give."""

WORDS_IN_A_REASON = 3
"""Fewer words are no reason for going past a role."""


def roles_of(desk: Desk, needed: Sequence[str], person: str) -> tuple[str, ...]:
    """The roles among those needed that a person (an id) may say yes for.

    Those they hold, those they are the deputy of, and those whose ladder was climbed up to them.
    """
    name = desk.journal.name(person)
    return tuple(
        role
        for role in needed
        if desk.journal.incident.holder(role) == person
        or _is_deputy(desk, role, person)
        or _listed(desk, role, name)
        or reached(desk, role, name)
    )


def missing_roles(needed: Sequence[str], approved: Sequence[str]) -> tuple[str, ...]:
    """The roles whose yes is not there yet, in order."""
    return tuple(role for role in needed if role not in approved)


def check(desk: Desk, person: str, yes: Yes, roles: Sequence[str]) -> tuple[str, ...]:
    """Raises Refused when a person (an id) may not say yes for these roles in this way.

    Returns the roles they take by it: those nobody held by name. Records nothing.
    """
    if yes.how in ("in advance", "mandate"):
        return ()
    _at_the_keyboard(desk, person, yes)
    if yes.how == "break-glass":
        _may_break(desk, person, yes, roles)
        return ()
    if not roles:
        raise Refused(
            f"{yes.person} holds none of the roles that must say yes.",
            then="name the role with --role, or give it to them first",
        )
    return tuple(role for role in roles if _takes(desk, person, yes, role))


def _at_the_keyboard(desk: Desk, person: str, yes: Yes) -> None:
    if yes.how in OWN and person != desk.journal.actor:
        raise Refused(
            f"{yes.person} is not the one who types here ({desk.journal.name(desk.journal.actor)}).",
            then="say how it reached you: --how phone, reply or room, with the tag they said",
        )


def _may_break(desk: Desk, person: str, yes: Yes, roles: Sequence[str]) -> None:
    incident, journal = desk.journal.incident, desk.journal
    if incident.lead not in {person} & {journal.actor}:
        raise Refused(
            f"Only the lead, {journal.name(incident.lead)}, approves in the place of a role.",
            then="ask the lead, or the next one on the ladder",
        )
    if len(yes.detail.split()) < WORDS_IN_A_REASON:
        raise Refused(
            "Approving in the place of a role needs a reason of some words.",
            then='--break-glass "who was tried, why now"',
        )
    own = [role for role in roles if incident.holder(role) == person]
    if own or not roles:
        raise Refused(
            f"{', '.join(own) or 'No role here'} needs no broken glass: the lead holds it and says yes herself.",
            then="approve it as yourself",
        )


def _takes(desk: Desk, person: str, yes: Yes, role: str) -> bool:
    """True when they take the role by their yes. Raises Refused when somebody else holds it."""
    journal = desk.journal
    incident = journal.incident
    holder = incident.roles.get(role) or incident.standby.get(role)
    if holder is None and role == "lead":
        if journal.actor == incident.lead:
            # the lead may write down somebody else's yes for her; nobody else may
            return False
        holder = incident.lead
    if holder is None:
        return _takes_unheld(desk, person, yes, role)
    if person != holder and not _is_deputy(desk, role, person) and not reached(desk, role, yes.person):
        held = ", ".join(part for part in (journal.name(holder), _reach(desk, holder)) if part)
        raise Refused(
            f"{role} is held by {held}, not by {yes.person}. The yes was not recorded.",
            then=f"ask {journal.name(holder)}, note that they did not answer (z), or give the role away first",
        )
    return False


def _takes_unheld(desk: Desk, person: str, yes: Yes, role: str) -> bool:
    if person == desk.journal.incident.lead or (
        not _listed(desk, role, yes.person) and reached(desk, role, yes.person)
    ):
        return False
    if yes.how in OWN and desk.config.holds(role) and not _listed(desk, role, yes.person):
        named = ", ".join(found.name for found in desk.config.holds(role))
        raise Refused(
            f"people.yaml names {named} for {role}, not {yes.person}. The yes was not recorded.",
            then="ask the lead to give you the role",
        )
    return True


def _is_deputy(desk: Desk, role: str, person: str) -> bool:
    """True for the person who holds the role's deputy by name."""
    deputies = chain(desk, role)[1:2]
    return any(desk.journal.incident.roles.get(deputy) == person for deputy in deputies)


def _listed(desk: Desk, role: str, name: str) -> bool:
    """True when nobody holds the role by name, and people.yaml says that this person may."""
    incident = desk.journal.incident
    if role == "lead" or incident.roles.get(role) or incident.standby.get(role):
        return False
    found = desk.config.person(name)
    return found is not None and role in found.roles


def _reach(desk: Desk, person: str) -> str:
    return desk.config.reach(desk.journal.name(person), desk.journal.now())
