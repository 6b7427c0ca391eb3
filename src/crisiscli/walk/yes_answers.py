"""The yes from an answers file: every text needs a named person and the sha256 of the words it was given to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crisiscli.dispatch import Desk, Text, Yes, approve
from crisiscli.dispatch.approving import WAYS, How
from crisiscli.dispatch.entitled import roles_of
from crisiscli.errors import AnswerNeeded, Refused
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk.yes_spoken import own_way


def from_answers(desk: Desk, terminal: Scripted, words: Sequence[Text]) -> None:
    """Takes `approve: {holding/x/pl: {person, sha256}}` from the answers file; every text needs its own hash.

    Raises AnswerNeeded with the text and the hash for the first text without one, Refused for another hash.
    """
    if not words:
        return
    waiting = [text for text in words if not text.ready and (not text.follows or terminal.has(f"approve.{text.place}"))]
    missing = [text for text in waiting if not terminal.has(f"approve.{text.place}")]
    if missing:
        raise AnswerNeeded(
            f"{len(missing)} texts of {missing[0].message} need a yes.",
            key=f"approve.{missing[0].place}",
            snippet=_snippet(desk, missing),
        )
    for text in waiting:
        _answer(desk, text, terminal.get(f"approve.{text.place}"))
    still = [text for text in desk.texts(words[0].message) if text.rendering and not text.follows and not text.ready]
    if still:
        wanted = ", ".join(role for role in still[0].needed if role not in still[0].approved)
        raise AnswerNeeded(
            f"{still[0].place} still needs a yes from {wanted}.",
            key=f"approve.{still[0].place}",
            snippet=_snippet(desk, still),
        )


def _answer(desk: Desk, text: Text, given: object) -> None:
    """One person's yes, or a list of them when a text needs several."""
    for one in given if isinstance(given, list) else [given]:
        fresh = next(found for found in desk.texts(text.message) if found.place == text.place)
        if not fresh.ready:
            _one_answer(desk, fresh, one)


def _one_answer(desk: Desk, text: Text, given: object) -> None:
    key = f"approve.{text.place}"
    if not isinstance(given, Mapping) or not isinstance(given.get("person"), str) or "sha256" not in given:
        raise AnswerNeeded(f"The yes to {text.place} needs person and sha256.", key=key, snippet=_snippet(desk, [text]))
    assert text.rendering is not None  # noqa: S101
    if str(given["sha256"]).lower() != text.rendering.sha256:
        what = f"The yes to {text.place} is for other words: its sha256 is not that of the text as it stands now."
        raise AnswerNeeded(what, key=key, snippet=_snippet(desk, [text]))
    person = str(given["person"])
    way = _way(desk, str(given.get("how", "")), person)
    roles = (str(given["role"]),) if "role" in given else _roles_for(desk, text, person)
    said = str(given.get("tag", "")) or desk.tag([text])
    detail = str(given.get("detail", "" if way == "break-glass" else "the answers file"))
    approve(desk, [text], Yes(person, way, roles, tag=said, detail=detail))


def _way(desk: Desk, named: str, person: str) -> How:
    """How a yes of the file was given: as it says, else by whoever runs it, else as a reply that was pasted in."""
    if not named:
        return own_way(desk) if person == desk.journal.name(desk.journal.actor) else "reply"
    found = next((way for way in WAYS if way == named), None)
    if found is None:
        raise Refused(f"{named!r} is no way to give a yes.", then=f"one of: {', '.join(WAYS)}")
    return found


def _roles_for(desk: Desk, text: Text, person: str) -> tuple[str, ...]:
    """The roles a name in an answers file says yes for: those it holds; else those nobody else was given."""
    incident, missing = desk.journal.incident, [role for role in text.needed if role not in text.approved]
    own = roles_of(desk, text.needed, desk.journal.person(person))
    return tuple(role for role in missing if role in own) or tuple(r for r in missing if r not in incident.roles)


def _snippet(desk: Desk, texts: Sequence[Text]) -> str:
    lines = ["approve:"]
    for text in texts:
        assert text.rendering is not None  # noqa: S101
        missing = [role for role in text.needed if role not in text.approved]
        lines += [f"  # {line}" for line in text.rendering.text.split("\n")]
        lines.append(f"  {text.place}:")
        holders = {desk.journal.incident.holder(role) for role in missing}
        if len(holders) < 2:
            lines += ["    person: ...", f"    sha256: {text.rendering.sha256}"]
            continue
        for role in missing:
            name = desk.journal.name(desk.journal.incident.holder(role))
            lines += [f"    - person: ...   # {name}", f"      role: {role}", f"      sha256: {text.rendering.sha256}"]
    return "\n".join(lines)
