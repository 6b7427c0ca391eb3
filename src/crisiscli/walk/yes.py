"""Asking for a yes: by whom, how it was given, the tag that was said back, and who did not answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crisiscli.dispatch import Desk, Text, Yes, approve
from crisiscli.dispatch.approving import SPOKEN, WAYS, How
from crisiscli.dispatch.earlier import advance, in_advance, mandate
from crisiscli.dispatch.entitled import roles_of
from crisiscli.errors import Refused
from crisiscli.screen import Line, Option, Terminal
from crisiscli.walk import breaking_glass
from crisiscli.walk.ladder import (
    held_by,
    ladder,
    ladder_lines,
    next_rung,
    no_answer,
    title_of,
)
from crisiscli.walk.yes_answers import from_answers
from crisiscli.walk.yes_changed import with_change
from crisiscli.walk.yes_spoken import ask_spoken, own_roles, own_way

__all__ = ["ask_for", "from_answers", "how", "next_role"]

NO_MANDATE = "no earlier yes leaves these facts open"


def ask_for(desk: Desk, terminal: Terminal, texts: Sequence[Text]) -> bool:
    """Asks for one yes to all texts that still need one; a refusal is shown, not raised. True when one was recorded.

    Nobody answering is one key and leads up the ladder; every other answer ends it.
    """
    words = [text for text in texts if text.wants_yes]
    if not words:
        return False
    role = next_role(words[0])
    while True:
        terminal.say(*_heading(desk, words, role))
        chosen = terminal.choose("approve.how", "How is the yes given?", _ways(desk, words, role), record=False)
        if chosen != "no answer":
            break
        no_answer(desk, terminal, role)
    if chosen == "back":
        return False
    before = dict(desk.journal.incident.roles)
    try:
        done = _given(desk, terminal, words, role, chosen)
    except Refused as refused:
        terminal.say(*(Line(line, "late") for line in refused.lines()))
        return False
    for taken, person in desk.journal.incident.roles.items():
        if before.get(taken) != person:
            terminal.say(f"{taken}: {desk.journal.name(person)} holds it now.")
    if done:
        places = ", ".join(text.place for text in words)
        terminal.say(Line(f"Approved: {places} ({done}). Nothing has been sent.", "good"))
    return bool(done)


def next_role(text: Text) -> str:
    """The first role whose yes to a text is missing."""
    return next((role for role in text.needed if role not in text.approved), text.needed[0])


def _heading(desk: Desk, words: Sequence[Text], role: str) -> list[Line | str]:
    lines: list[Line | str] = [
        "",
        Line(f"Yes of: {title_of(desk, role)} ({held_by(desk, role) or 'nobody holds it by name yet'})", "heading"),
        *(ladder_lines(desk, role) or ["Nobody is named for it in people.yaml."]),
        Line(f"Tag {desk.tag(words)} covers {', '.join(text.place for text in words)}", "strong"),
    ]
    if next_rung(desk, role) is None and ladder(desk, role):
        lines += _nobody_left(desk, words)
    return lines + _stood_in_for(desk, words, role)


def _stood_in_for(desk: Desk, words: Sequence[Text], role: str) -> list[Line | str]:
    """The other roles a yes of whoever types would count for, because nobody is there: said before the yes."""
    mine = own_roles(desk, words, role)
    return [
        Line(f"Your own yes counts for {title_of(desk, other)} too: nobody has taken it or is left to call.", "warn")
        for other in (mine if role in mine else ())
        if other != role and not held_by(desk, other) and other not in words[0].approved
    ]


def _nobody_left(desk: Desk, words: Sequence[Text]) -> list[Line | str]:
    """What may still happen when everybody was called in vain."""
    seal, why_not = in_advance(desk, words)
    held = f"these words are (5): {seal} approved them" if seal else f"these words are not: {why_not}"
    return [
        Line("Everybody was called and nobody answered. Only words approved in advance may go now;", "late"),
        Line(f"{held}. Or call again, or the lead breaks the glass (7) with a reason.", "late"),
    ]


def _ways(desk: Desk, words: Sequence[Text], role: str) -> list[Option]:
    journal = desk.journal
    own = role in roles_of(desk, words[0].needed, journal.actor)
    holds = journal.incident.holder(role) == journal.actor
    mine = "I hold this role" if held_by(desk, role) and holds else "it is mine until it is given away"
    seal, why_not = in_advance(desk, words)
    earlier, _ = mandate(desk, words)
    lead = journal.actor in (journal.incident.lead, journal.incident.operator)
    return [
        Option("1", "self", f"myself: {mine if holds or not own else 'I stand in for them'}",
               "" if own else f"{journal.name(journal.incident.holder(role))} holds {role}"),
        Option("2", "phone", "by phone: they said yes and the tag"),
        Option("3", "reply", "a pasted reply with the tag"),
        Option("4", "room", "in the room: they said yes and the tag"),
        Option("5", "in advance", f"approved in advance by {seal}" if seal else "approved in advance", why_not),
        Option("6", "mandate", f"under {earlier or 'an earlier yes'}",
               NO_MANDATE if not earlier else "" if lead else "the lead fills what it leaves open"),
        Option("y", "change", "yes, with this change"),
        Option("z", "no answer", "they did not answer: note it, who is next"),
        Option("7", "break-glass", "break the glass: the lead in their place", breaking_glass.why_not(desk, role)),
        Option("b", "back", "back"),
    ]  # fmt: skip


def _given(desk: Desk, terminal: Terminal, words: Sequence[Text], role: str, way: str) -> str:
    """Records the yes in the way it was given; returns that way in words, "" when it was broken off."""
    me = desk.journal.name(desk.journal.actor)
    if way == "change":
        return with_change(desk, terminal, words, role)
    if way == "break-glass":
        return breaking_glass.break_glass(desk, terminal, words, role)
    yes: Callable[[], Yes | None] = {
        "self": lambda: Yes(me, own_way(desk), own_roles(desk, words, role)),
        "in advance": lambda: Yes(advance(desk, words).by, "in advance"),
        "mandate": lambda: Yes(me, "mandate"),
    }.get(way) or (lambda: ask_spoken(desk, terminal, words, role, how(way)))
    said = yes()
    if said is None:
        return ""
    approve(desk, words, said)
    return way if way in (*SPOKEN, "self") else f"{way}, {said.person}"


def how(text: str) -> How:
    """A way to give a yes, by name. Raises Refused for a way that is none."""
    ways: dict[str, How] = {way: way for way in WAYS}
    if text not in ways:
        raise Refused(f"{text!r} is no way to give a yes.", then=f"one of: {', '.join(ways)}")
    return ways[text]
