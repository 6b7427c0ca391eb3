"""An earlier yes that still covers the words: approved before the crisis, while armed, or with facts left open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from crisiscli.conditions import Verdict
from crisiscli.dispatch.desk import Desk, Text
from crisiscli.dispatch.ladder import next_rung
from crisiscli.dispatch.stamp import stamped
from crisiscli.incident.records import Ahead


class Advance(NamedTuple):
    """A yes given in advance: by whom (a name), for which roles; or why none covers the words."""

    by: str = ""
    roles: tuple[str, ...] = ()
    detail: str = ""
    why_not: str = "nobody approved these words in advance"


def in_advance(desk: Desk, texts: Sequence[Text]) -> tuple[str, str]:
    """Whether a yes given in advance covers these words: (who approved, "") or ("", why it does not)."""
    found = advance(desk, texts)
    return found.by, found.why_not


def advance(desk: Desk, texts: Sequence[Text]) -> Advance:
    """The yes given in advance that covers these words: the runbook's own, or one given while it was armed."""
    sealed = _sealed(desk, texts)
    if sealed.by:
        return sealed
    why_not = ""
    for ahead in reversed(desk.journal.incident.ahead):
        if ahead.message != texts[0].message:
            continue
        found = _ahead(desk, texts, ahead)
        if found.by:
            return found
        why_not = why_not or found.why_not
    return sealed._replace(why_not=why_not or sealed.why_not)


def whom(desk: Desk, who: str) -> str:
    """A person or a role, as one looks for them: name, number, and whether they are on now."""
    person = desk.config.person(who)
    if person is None and who in desk.journal.incident.runbook.roles:
        rung = next_rung(desk, who)
        return ", ".join(part for part in (rung.name, rung.reach) if part) if rung else who
    name = person.name if person else who
    return ", ".join(part for part in (name, desk.config.reach(who, desk.journal.now())) if part)


def _sealed(desk: Desk, texts: Sequence[Text]) -> Advance:
    seal = desk.journal.incident.runbook.messages[texts[0].message].pre_approved
    if seal is None:
        return Advance()
    if desk.journal.now().astimezone(desk.zone).date().isoformat() > seal.until:
        return Advance(why_not=f"the approval of {seal.on} ended on {seal.until}; ask {whom(desk, seal.by)}")
    why_not = _beyond(desk, texts, seal.by, seal.may_vary)
    if why_not:
        return Advance(why_not=why_not)
    person = desk.config.person(seal.by)
    return Advance(person.name if person else seal.by, texts[0].needed, "", "")


def _ahead(desk: Desk, texts: Sequence[Text], ahead: Ahead) -> Advance:
    name = desk.journal.name(ahead.person)
    roles = tuple(role for role in texts[0].needed if role in ahead.roles)
    if any(plan.until >= ahead.at for plan in desk.journal.incident.plans):
        return Advance(why_not=f"{name} approved it for another runbook")
    why_not = _beyond(desk, texts, name, ahead.may_vary)
    if why_not or not roles:
        return Advance(why_not=why_not or f"{name} said yes for {', '.join(ahead.roles)} only")
    if all(set(roles) <= set(text.approved) for text in texts):
        return Advance(why_not=f"the yes of {name} is already recorded")
    return Advance(name, roles, f"while it was armed, tag {ahead.tag}", "")


def _beyond(desk: Desk, texts: Sequence[Text], by: str, may_vary: Sequence[str]) -> str:
    """Why words go beyond what was approved in advance; empty when they do not."""
    if any(text.edited for text in texts):
        return f"the words were edited; ask {whom(desk, by)}"
    spoken = {slot for text in texts for slot in desk.renderer.spoken(text.message, text.channel.id, text.language)}
    beyond = sorted(spoken - set(may_vary))
    if beyond:
        left = ", ".join(may_vary) or "nothing"
        return f"{by} left {left} open, not {', '.join(beyond)}; ask {whom(desk, by)}"
    return ""


def values(desk: Desk, texts: Sequence[Text]) -> dict[str, Any]:
    """The facts behind these words and their values now."""
    facts = {name for text in texts if text.rendering for name in text.rendering.facts}
    return {name: desk.journal.incident.fact(name).value for name in sorted(facts)}


class _Then:
    """The world as it is, but for the facts an approver left open: they have the values they had for that yes."""

    def __init__(self, desk: Desk, then: dict[str, Any]) -> None:
        self._now, self._then = desk.world, then

    def fact(self, name: str) -> Any:
        return self._then[name] if name in self._then else self._now.fact(name)

    def decided(self, step: str) -> str | None:
        return self._now.decided(step)

    def was_sent(self, message: str, on: Any) -> Verdict | bool:
        return self._now.was_sent(message, on)

    def signal(self, condition: dict[str, Any]) -> Verdict | bool | None:
        return self._now.signal(condition)


def mandate(desk: Desk, texts: Sequence[Text]) -> tuple[str, tuple[str, ...]]:
    """An earlier yes that left facts open and still covers these words: (its tag and approver, its roles).

    It covers them when nothing was edited and, with the old values of the facts left open, they would be the very
    bytes it was given to.
    """
    journal = desk.journal
    if any(text.edited for text in texts):
        return "", ()
    for event in reversed(journal.store.events(journal.code)):
        if event.kind == "switched":
            return "", ()
        data = event.data
        fits = event.kind == "approved" and data["message"] == texts[0].message and data["may_vary"]
        if fits and _same_but_open(desk, texts, data):
            return f"{journal.name(data['person'])}'s yes {data['tag']}", tuple(data["roles"])
    return "", ()


def _same_but_open(desk: Desk, texts: Sequence[Text], data: dict[str, Any]) -> bool:
    hashes = {item["id"].partition("@")[0]: item["sha256"] for item in data["renderings"]}
    world = _Then(desk, {name: data["values"][name] for name in data["may_vary"] if name in data["values"]})
    for text in texts:
        then = desk.renderer.render(text.message, text.channel.id, text.language, world).rendering
        if then is None:
            return False
        if hashes.get(text.place) != (stamped(then) if desk.drill else then).sha256:
            return False
    return True
