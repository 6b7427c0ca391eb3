"""Approving: a named person's yes to exact bytes, how it was given, and who wrote it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from crisiscli.dispatch.desk import Desk, Text
from crisiscli.errors import Refused
from crisiscli.journal import Journal
from crisiscli.stores.base import Approval

How = Literal["self", "phone", "reply", "room", "terminal", "in advance", "mandate"]
WAYS: tuple[How, ...] = ("self", "phone", "reply", "room", "terminal", "in advance", "mandate")
SPOKEN: tuple[How, ...] = ("phone", "reply", "room")
"""Ways in which somebody else's yes reaches us: the tag must be said or texted back."""


@dataclass(frozen=True)
class Yes:
    """What was said: by whom (a name), for which roles, how, and with which tag.

    `detail` is the number and time, or the pasted reply. `may_vary` names facts the approver leaves open.
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
    if (yes.how in SPOKEN or yes.tag) and _squeeze(yes.tag) != _squeeze(desk.tag(fresh)):
        _void(desk, fresh, yes, "another tag was said back")
        raise Refused(
            f"{yes.tag or 'No tag'} is not the tag of these words; it is {desk.tag(fresh)}. The yes was not recorded.",
            then="read the words to them again and ask for the tag",
        )
    yes = _given_before(desk, fresh, yes)
    person = journal.person(yes.person)
    roles = yes.roles or roles_of(journal, fresh[0], person)
    _may(journal, person, yes, roles)
    _write(desk, fresh, yes, person, roles)
    return _again(desk, fresh)


def _given_before(desk: Desk, texts: Sequence[Text], yes: Yes) -> Yes:
    """A yes in advance or under a mandate counts only when one really covers these words. Raises Refused."""
    if yes.how == "in advance":
        seal, why_not = in_advance(desk, texts)
        if not seal:
            raise Refused(f"No approval given in advance covers these words: {why_not}.", then="ask for a new yes")
        return replace(yes, person=seal, roles=texts[0].needed)
    if yes.how == "mandate":
        earlier, roles = mandate(desk, texts)
        if not roles:
            raise Refused("No earlier yes leaves exactly these facts open.", then="ask for a new yes")
        return replace(yes, roles=roles, detail=f"under {earlier}")
    return yes


def roles_of(journal: Journal, text: Text, person: str) -> tuple[str, ...]:
    """The roles a person may say yes for on this text: those they hold, or stand in for as deputy's holder."""
    incident = journal.incident
    found = []
    for role in text.needed:
        deputy = incident.runbook.roles[role].deputy if role in incident.runbook.roles else None
        if incident.holder(role) == person or (deputy and incident.roles.get(deputy) == person):
            found.append(role)
    return tuple(found)


def _may(journal: Journal, person: str, yes: Yes, roles: Sequence[str]) -> None:
    if yes.how in ("in advance", "mandate"):
        return
    if not roles:
        raise Refused(
            f"{yes.person} holds none of the roles that must say yes.",
            then="name the role with --role, or give it to them first",
        )
    for role in roles:
        holder = journal.incident.roles.get(role)
        if holder is None and role == "lead" and journal.actor != journal.incident.lead:
            # the lead may write down somebody else's yes for her; nobody else may
            holder = journal.incident.lead
        if holder is None and role != "lead" and yes.how != "self":
            journal.record("role_taken", role=role, person=person)
        elif holder is not None and person not in (holder, _deputy(journal, role)):
            raise Refused(
                f"{role} is held by {journal.name(holder)}, not by {yes.person}. The yes was not recorded.",
                then=f"ask {journal.name(holder)}, or give the role away first",
            )


def _deputy(journal: Journal, role: str) -> str | None:
    noun = journal.incident.runbook.roles.get(role)
    return journal.incident.roles.get(noun.deputy) if noun and noun.deputy else None


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
    by_place = {text.place: text for text in desk.texts(texts[0].message)}
    return [by_place[text.place] for text in texts]


def _void(desk: Desk, texts: Sequence[Text], yes: Yes, why: str) -> None:
    desk.journal.record(
        "approval_void", message=texts[0].message, person=desk.journal.person(yes.person), tag=yes.tag, why=why
    )


def _write(desk: Desk, texts: Sequence[Text], yes: Yes, person: str, roles: Sequence[str]) -> None:
    journal, now = desk.journal, desk.journal.clock.now()
    renderings = [text.rendering for text in texts if text.rendering]
    four_eyes = desk.config.four_eyes
    journal.store.keep(journal.code, renderings, texts[0].needed, four_eyes, now)
    name = desk.tag(texts)
    approvals = [
        Approval(rendering.id, rendering.sha256, role, person, yes.how, journal.actor, now, name, yes.detail)
        for rendering in renderings
        for role in roles
    ]
    data: dict[str, Any] = {
        "message": texts[0].message,
        "person": person,
        "roles": list(roles),
        "how": yes.how,
        "tag": name,
        "detail": yes.detail,
        "may_vary": list(yes.may_vary),
        "renderings": [{"id": rendering.id, "sha256": rendering.sha256} for rendering in renderings],
        "values": _values(desk, texts),
    }
    journal.store.approve(journal.code, approvals, journal.entry("approved", **data))
    journal.refresh()


def _values(desk: Desk, texts: Sequence[Text]) -> dict[str, Any]:
    facts = {name for text in texts if text.rendering for name in text.rendering.facts}
    return {name: desk.journal.incident.fact(name).value for name in sorted(facts)}


def in_advance(desk: Desk, texts: Sequence[Text]) -> tuple[str, str]:
    """Whether the runbook's pre-approval covers these words: (who approved, "") or ("", why it does not)."""
    noun = desk.journal.incident.runbook.messages[texts[0].message]
    seal = noun.pre_approved
    if seal is None:
        return "", "nobody approved these words in advance"
    if desk.journal.now().astimezone(desk.zone).date().isoformat() > seal.until:
        return "", f"the approval of {seal.on} ended on {seal.until}"
    if any(text.edited for text in texts):
        return "", f"the words were edited; ask {seal.by} again"
    spoken = {slot for text in texts for slot in desk.renderer.spoken(text.message, text.channel.id, text.language)}
    beyond = sorted(spoken - set(seal.may_vary))
    if beyond:
        return "", f"{seal.by} left {', '.join(seal.may_vary) or 'nothing'} open, not {', '.join(beyond)}"
    return seal.by, ""


def mandate(desk: Desk, texts: Sequence[Text]) -> tuple[str, tuple[str, ...]]:
    """An earlier yes that left facts open and still covers these words: (its tag and approver, its roles).

    It covers them when nothing was edited since and only the facts left open have other values.
    """
    journal = desk.journal
    for event in reversed(journal.store.events(journal.code)):
        data = event.data
        if event.kind != "approved" or data["message"] != texts[0].message or not data["may_vary"]:
            continue
        places = {item["id"].partition("@")[0] for item in data["renderings"]}
        then, now = data["values"], _values(desk, texts)
        same = all(then.get(name) == value for name, value in now.items() if name not in data["may_vary"])
        if same and {text.place for text in texts} <= places and not any(text.edited for text in texts):
            return f"{journal.name(data['person'])}'s yes {data['tag']}", tuple(data["roles"])
    return "", ()


def _squeeze(tag: str) -> str:
    """A tag as it is compared: spoken tags come with spaces, small letters and missing dashes."""
    return "".join(character for character in tag.upper() if character.isalnum())
