"""Asking for a yes: by whom, how it was given, the tag that was said back, and who did not answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crisiscli.clocks import since
from crisiscli.dispatch import Desk, Text, Yes, approve
from crisiscli.dispatch.approving import WAYS, How, in_advance, mandate, roles_of
from crisiscli.errors import AnswerNeeded, Refused
from crisiscli.screen import Line, Option, Terminal
from crisiscli.terminal.scripted import Scripted

NO_MANDATE = "no earlier yes leaves these facts open"


def ask_for(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> None:
    """Asks for one yes to all texts that still need one; a refusal is shown, not raised."""
    words = [text for text in texts if text.wants_yes]
    if not words:
        return
    role = next((role for role in words[0].needed if role not in words[0].approved), words[0].needed[0])
    holder = desk.journal.incident.holder(role)
    noun = desk.journal.incident.runbook.roles.get(role)
    terminal.say(
        "",
        Line(f"Yes of: {noun.title if noun else role} ({desk.journal.name(holder)})", "heading"),
        Line(f"Tag {desk.tag(words)} covers {', '.join(text.place for text in words)}", "strong"),
    )
    chosen = terminal.choose("approve.how", "How is the yes given?", _ways(desk, words, role), record=False)
    if chosen == "back":
        return
    if chosen == "no answer":
        _no_answer(desk, terminal, role)
        return
    before = dict(desk.journal.incident.roles)
    try:
        approve(desk, words, _yes(desk, terminal, words, role, chosen))
    except Refused as refused:
        terminal.say(*(Line(line, "late") for line in refused.lines()))
        return
    for taken, person in desk.journal.incident.roles.items():
        if before.get(taken) != person:
            terminal.say(f"{taken}: {desk.journal.name(person)} holds it now.")
    terminal.say(
        Line(f"Approved: {', '.join(text.place for text in words)} ({chosen}). Nothing has been sent.", "good")
    )


def _ways(desk: Desk, words: Sequence[Text], role: str) -> list[Option]:
    journal = desk.journal
    own = journal.incident.holder(role) == journal.actor
    holder = journal.name(journal.incident.holder(role))
    seal, why_not = in_advance(desk, words)
    earlier, _ = mandate(desk, words)
    return [
        Option("s", "self", "myself: I hold this role", "" if own else f"{holder} holds {role}"),
        Option("p", "phone", "by phone: they said yes and the tag"),
        Option("t", "reply", "a pasted reply with the tag"),
        Option("r", "room", "in the room: they said yes and the tag"),
        Option("w", "in advance", f"approved in advance by {seal}" if seal else "approved in advance", why_not),
        Option("m", "mandate", f"under {earlier or 'an earlier yes'}", "" if earlier else NO_MANDATE),
        Option("x", "no answer", "they did not answer: note it, who is next"),
        Option("b", "back", "back"),
    ]  # fmt: skip


def _yes(desk: Desk, terminal: Terminal, words: Sequence[Text], role: str, way: str) -> Yes:
    journal = desk.journal
    me = journal.name(journal.actor)
    if way == "self":
        return Yes(me, "self", roles_of(journal, words[0], journal.actor))
    if way == "in advance":
        seal, _ = in_advance(desk, words)
        return Yes(seal, "in advance", words[0].needed)
    if way == "mandate":
        earlier, roles = mandate(desk, words)
        return Yes(me, "mandate", roles, detail=f"under {earlier}")
    holder = journal.incident.roles.get(role)
    person = terminal.ask(
        "approve.person",
        "Who said yes?",
        hint="a name",
        default=journal.name(holder) if holder and holder != journal.actor else "",
        check=lambda typed: None if typed.strip() else "A yes has a name.",
    )
    detail = terminal.ask("approve.detail", _DETAILS[way], hint="Enter = nothing to add")
    said = terminal.ask(
        "approve.tag", f"Which tag did they {'write' if way == 'reply' else 'say'}?", hint="like M1-B7K2"
    )
    vary = terminal.ask("approve.vary", "Facts they leave open?", hint="names, or Enter = none")
    open_facts = tuple(name.strip() for name in vary.split(",") if name.strip() in journal.incident.runbook.facts)
    return Yes(person.strip(), how(way), (role,), tag=said, detail=detail, may_vary=open_facts)


_DETAILS = {
    "phone": "On which number, at what time?",
    "reply": "Paste the reply:",
    "room": "Who else was in the room?",
}


def how(text: str) -> How:
    """A way to give a yes, by name. Raises Refused for a way that is none."""
    ways: dict[str, How] = {way: way for way in WAYS}
    if text not in ways:
        raise Refused(f"{text!r} is no way to give a yes.", then=f"one of: {', '.join(ways)}")
    return ways[text]


def _no_answer(desk: Desk, terminal: Terminal, role: str) -> None:
    journal = desk.journal
    incident = journal.incident
    person = incident.holder(role)
    journal.record("tried", role=role, person=person, result="no answer")
    now = since(incident.t0, journal.now())
    terminal.say(Line(f"{now}  {role}: {journal.name(person)} did not answer (noted).", "warn"))
    noun = incident.runbook.roles.get(role)
    if noun and noun.deputy:
        deputy = incident.runbook.roles[noun.deputy].title if noun.deputy in incident.runbook.roles else noun.deputy
        who = journal.name(incident.holder(noun.deputy))
        phone = desk.config.phone(who)
        terminal.say(f"Next: the deputy, {deputy} ({who}{f', {phone}' if phone else ''}). Their yes counts.")
    else:
        terminal.say("There is no deputy. If nobody answers, only words approved in advance may go.")


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
    person, journal = str(given["person"]), desk.journal
    way = how(str(given.get("how", "")) or ("self" if person == journal.name(journal.actor) else "reply"))
    roles = (str(given["role"]),) if "role" in given else _roles_for(desk, text, person)
    said = str(given.get("tag", "")) or desk.tag([text])
    approve(desk, [text], Yes(person, way, roles, tag=said, detail=str(given.get("detail", "the answers file"))))


def _roles_for(desk: Desk, text: Text, person: str) -> tuple[str, ...]:
    """The roles a name in an answers file says yes for: those it holds; else those nobody else was given."""
    incident, missing = desk.journal.incident, [role for role in text.needed if role not in text.approved]
    own = roles_of(desk.journal, text, desk.journal.person(person))
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
