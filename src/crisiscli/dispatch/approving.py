"""Approving: a named person's yes to exact bytes, how it was given, and who wrote it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from crisiscli.dispatch import entitled
from crisiscli.dispatch.desk import Desk, Text
from crisiscli.dispatch.earlier import advance, in_advance, mandate, values
from crisiscli.dispatch.ladder import LATER, REACHED
from crisiscli.errors import Refused
from crisiscli.stores.base import Approval

__all__ = [
    "OTHERS",
    "SPOKEN",
    "WAYS",
    "How",
    "Yes",
    "approve",
    "approve_changed",
    "in_advance",
    "mandate",
    "said_back",
    "squeeze",
]

How = Literal["self", "phone", "reply", "room", "terminal", "in advance", "mandate", "break-glass"]
WAYS: tuple[How, ...] = ("self", "phone", "reply", "room", "terminal", "in advance", "mandate", "break-glass")
SPOKEN: tuple[How, ...] = ("phone", "reply", "room")
"""Ways in which somebody else's yes reaches us: the tag must be said or texted back."""
OTHERS: tuple[How, ...] = ("in advance", "mandate", "break-glass")
"""Ways in which nobody says yes to these very words."""


@dataclass(frozen=True)
class Yes:
    """What was said: by whom (a name), for which roles, how, and with which tag.

    `detail` is the number and time, the pasted reply, or the reason for breaking the glass. `may_vary` names facts
    the approver leaves open.
    """

    person: str
    how: How
    roles: tuple[str, ...] = ()
    tag: str = ""
    detail: str = ""
    may_vary: tuple[str, ...] = ()


def approve(desk: Desk, shown: Sequence[Text], yes: Yes) -> list[Text]:
    """Records a yes to the texts exactly as they were shown; returns them as they stand now.

    Raises Refused, and records that nothing was approved, when a text changed in the meantime, when the tag
    belongs to other words, or when the person may not say yes for these roles.
    """
    journal = desk.journal
    journal.refresh()
    if not any(text.rendering for text in shown):
        raise Refused("There are no words to approve yet.", then="answer the facts they wait for")
    fresh = _unchanged(desk, shown, yes)
    said_back(desk, fresh, yes)
    yes = _given_before(desk, fresh, yes)
    person = journal.person(yes.person)
    yes = replace(yes, roles=_roles(desk, fresh, yes, person))
    taken = entitled.check(desk, person, yes, yes.roles)
    _write(desk, fresh, yes, person)
    _afterwards(desk, fresh, yes, person, taken)
    return _again(desk, fresh)


def approve_changed(desk: Desk, shown: Sequence[Text], changed: Sequence[Text], yes: Yes) -> list[Text]:
    """Records a yes that came with a change: the new words and the yes to all of them, or nothing.

    `shown` holds the texts as they stand, `changed` the same places with the new words in some of them; the tag is
    that of `changed`. Raises Refused, and records neither, when the texts were changed by somebody else, the tag
    is another one, or the person may not say yes.
    """
    journal = desk.journal
    journal.refresh()
    _unchanged(desk, shown, yes)
    said_back(desk, changed, yes)
    person = journal.person(yes.person)
    roles = _roles(desk, changed, yes, person)
    entitled.check(desk, person, yes, roles)
    edits = [(old, new) for old, new in zip(shown, changed, strict=True) if new.rendering != old.rendering]
    if desk.config.four_eyes and person == journal.actor and edits:
        raise Refused(
            f"Who wrote the words of {edits[0][1].place} cannot be the one who approves them.",
            then="ask a second person",
        )
    for old, new in edits:
        assert old.rendering is not None and new.words is not None  # noqa: S101
        title, body, was = new.words.title, new.words.body, old.rendering.sha256
        journal.record("edited", place=new.place, message=new.message, title=title, body=body, was=was)
    return approve(desk, _again(desk, changed), replace(yes, roles=roles))


def said_back(desk: Desk, texts: Sequence[Text], yes: Yes) -> None:
    """Raises Refused, and records it, when the tag that was said belongs to other words, or none was said."""
    if (yes.how in SPOKEN or yes.tag) and squeeze(yes.tag) != squeeze(desk.tag(texts)):
        _void(desk, texts, yes, "another tag was said back")
        raise Refused(
            f"{yes.tag or 'No tag'} is not the tag of these words; it is {desk.tag(texts)}. The yes was not recorded.",
            then="read the words to them again and ask for the tag",
        )


def _roles(desk: Desk, texts: Sequence[Text], yes: Yes, person: str) -> tuple[str, ...]:
    """The roles of a yes: those that were named, or those the person may speak for."""
    if yes.roles:
        return yes.roles
    if yes.how == "break-glass":
        missing = entitled.missing_roles(texts[0].needed, texts[0].approved)
        return tuple(role for role in missing if desk.journal.incident.holder(role) != person)
    return entitled.roles_of(desk, texts[0].needed, person)


def _given_before(desk: Desk, texts: Sequence[Text], yes: Yes) -> Yes:
    """A yes in advance or under a mandate counts only when one really covers these words. Raises Refused."""
    if yes.how == "in advance":
        found = advance(desk, texts)
        if not found.by:
            raise Refused(
                f"No approval given in advance covers these words: {found.why_not}.", then="ask for a new yes"
            )
        return replace(yes, person=found.by, roles=found.roles, detail=found.detail or yes.detail)
    if yes.how == "mandate":
        earlier, roles = mandate(desk, texts)
        if not roles:
            raise Refused("No earlier yes leaves exactly these facts open.", then="ask for a new yes")
        incident, journal = desk.journal.incident, desk.journal
        if journal.person(yes.person) not in (incident.lead, incident.operator):
            raise Refused(
                f"The facts {earlier} leaves open are filled by the lead, {journal.name(incident.lead)}.",
                then=f"--by {journal.name(incident.lead)}",
            )
        return replace(yes, roles=roles, detail=f"under {earlier}")
    return yes


def _unchanged(desk: Desk, shown: Sequence[Text], yes: Yes) -> list[Text]:
    fresh = _again(desk, shown)
    changed = [
        old.place
        for old, new in zip(shown, fresh, strict=True)
        if (old.rendering and old.rendering.id) != (new.rendering and new.rendering.id)
    ]
    if changed:
        _void(desk, fresh, yes, f"the words changed: {', '.join(changed)}")
        words = [text for text in fresh if text.rendering]
        name = f" The new tag is {desk.tag(words)}." if words else ""
        raise Refused(
            f"The words changed while the yes was being asked for: {', '.join(changed)}. It was not recorded.{name}",
            then="read the new words and ask again",
        )
    return [text for text in fresh if text.rendering]


def _again(desk: Desk, texts: Sequence[Text]) -> list[Text]:
    by_place = {text.place: text for text in desk.texts(texts[0].message, [text.channel.id for text in texts])}
    return [by_place[text.place] for text in texts]


def _void(desk: Desk, texts: Sequence[Text], yes: Yes, why: str) -> None:
    desk.journal.record(
        "approval_void", message=texts[0].message, person=desk.journal.person(yes.person), tag=yes.tag, why=why
    )


def _write(desk: Desk, texts: Sequence[Text], yes: Yes, person: str) -> None:
    journal, now = desk.journal, desk.journal.clock.now()
    renderings = [text.rendering for text in texts if text.rendering]
    journal.store.keep(journal.code, renderings, texts[0].needed, desk.config.four_eyes, now)
    name = desk.tag(texts)
    approvals = [
        Approval(rendering.id, rendering.sha256, role, person, yes.how, journal.actor, now, name, yes.detail)
        for rendering in renderings
        for role in yes.roles
    ]
    data: dict[str, Any] = {
        "message": texts[0].message,
        "person": person,
        "roles": list(yes.roles),
        "how": yes.how,
        "tag": name,
        "detail": yes.detail,
        "may_vary": list(yes.may_vary),
        "renderings": [{"id": rendering.id, "sha256": rendering.sha256} for rendering in renderings],
        "values": values(desk, texts),
    }
    journal.store.approve(journal.code, approvals, journal.entry("approved", **data))
    journal.refresh()


def _afterwards(desk: Desk, texts: Sequence[Text], yes: Yes, person: str, taken: Sequence[str]) -> None:
    """What a yes brings: the role is theirs, the calls to them are answered, broken glass is on record."""
    journal = desk.journal
    for role in taken:
        journal.record("role_taken", role=role, person=person)
    for role in yes.roles:
        waiting = [one for one in journal.incident.tries.get(role, ()) if one.back]
        if yes.how in (*SPOKEN, "terminal") and waiting and journal.incident.tries[role][-1].result != REACHED:
            journal.record("tried", role=role, person=person, result=REACHED)
    if yes.how == "break-glass":
        called = ", ".join(f"{role}: {_many(desk, role)}" for role in yes.roles)
        what = f"approved in the place of {', '.join(yes.roles)} by the lead ({called})"
        journal.record("warned", about="break_glass", message=texts[0].message, what=what, reason=yes.detail)


def _many(desk: Desk, role: str) -> str:
    many = sum(one.result not in (LATER, REACHED) for one in desk.journal.incident.tries.get(role, ()))
    return "1 try" if many == 1 else f"{many or 'no'} tries"


def squeeze(tag: str) -> str:
    """A tag as it is compared: spoken tags come with spaces, small letters and missing dashes."""
    return "".join(character for character in tag.upper() if character.isalnum())
