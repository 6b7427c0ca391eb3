"""A yes ahead: words approved before their facts are known, while the incident is armed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crisiscli.dispatch import entitled
from crisiscli.dispatch.approving import OTHERS, SPOKEN, Yes, squeeze
from crisiscli.dispatch.desk import Desk, Text
from crisiscli.errors import Refused
from crisiscli.incident.records import Ahead


def ahead_texts(desk: Desk, message: str) -> list[Text]:
    """The texts a yes ahead is given to, with what is not known yet in brackets.

    Raises Refused when there are none, or when somebody edited one: an edit has no facts that may vary.
    """
    texts = [text for text in desk.drafts(message) if text.rendering]
    if not texts:
        raise Refused(f"There are no words of {message} to approve ahead.", then=f"crisis preview, or lint {message}")
    edited = [text.place for text in texts if text.edited]
    if edited:
        raise Refused(
            f"{', '.join(edited)} was edited; only the runbook's own words are approved ahead.",
            then="take the words into the runbook, or approve them when their facts are known",
        )
    return texts


def ahead_tag(desk: Desk, message: str) -> str:
    """The tag of the words with brackets, to be said back. Raises Refused when there are none."""
    return desk.tag(ahead_texts(desk, message))


def open_facts(desk: Desk, message: str) -> list[str]:
    """The facts that stand in the words of a message: those a yes ahead has to leave open for it to be of use."""
    found: dict[str, None] = {}
    for text in ahead_texts(desk, message):
        found |= dict.fromkeys(desk.renderer.spoken(message, text.channel.id, text.language))
    return list(found)


def approve_ahead(desk: Desk, message: str, yes: Yes, may_vary: Sequence[str]) -> Ahead:
    """Records a yes to a message before its facts are known; `may_vary` names the facts it leaves open.

    Raises Refused when the incident is under way already, the tag is another one, the way is none for this, a fact
    is not in the runbook, or the person may not say yes for these roles.
    """
    journal = desk.journal
    journal.refresh()
    _fits(desk, message, yes, may_vary)
    person = journal.person(yes.person)
    roles = yes.roles or entitled.roles_of(desk, journal.incident.runbook.approvers(message), person)
    said = replace(yes, roles=roles)
    for role in entitled.check(desk, person, said, roles):
        journal.record("stood_by", role=role, person=person)
    journal.record(
        "approved_ahead",
        message=message,
        person=person,
        roles=list(roles),
        may_vary=list(may_vary),
        tag=ahead_tag(desk, message),
        how=yes.how,
        detail=yes.detail,
    )
    return journal.incident.ahead[-1]


def _fits(desk: Desk, message: str, yes: Yes, may_vary: Sequence[str]) -> None:
    if not desk.journal.incident.armed:
        raise Refused("Words are approved ahead only while an incident is armed.", then=f"crisis approve {message}")
    name = ahead_tag(desk, message)
    if (yes.how in SPOKEN or yes.tag) and squeeze(yes.tag) != squeeze(name):
        raise Refused(
            f"{yes.tag or 'No tag'} is not the tag of these words; it is {name}. The yes was not recorded.",
            then="read the words to them again and ask for the tag",
        )
    if yes.how in OTHERS:
        raise Refused(f"{yes.how} is no way to say yes ahead.", then="one of: self, phone, reply, room, terminal")
    strange = [fact for fact in may_vary if fact not in desk.journal.incident.runbook.facts]
    if strange:
        known = ", ".join(open_facts(desk, message)) or "none stand in these words"
        raise Refused(f"There is no fact {', '.join(strange)} in this runbook.", then=f"one of: {known}")
