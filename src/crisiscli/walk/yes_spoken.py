"""A yes of somebody who is not at this keyboard: who said it, how it reached us, the tag they said back."""

from __future__ import annotations

from collections.abc import Sequence

from crisiscli.dispatch import Desk, Text, Yes
from crisiscli.dispatch.approving import How, squeeze
from crisiscli.dispatch.entitled import roles_of
from crisiscli.screen import Terminal
from crisiscli.walk.ladder import held_by, next_rung, to_call

_DETAILS = {
    "phone": "On which number, at what time?",
    "reply": "Paste the reply:",
    "room": "Who else was in the room?",
}


def own_way(desk: Desk) -> How:
    """How the yes of whoever types is recorded: from the lead's own screen, or from a terminal of their own."""
    incident = desk.journal.incident
    return "self" if desk.journal.actor in (incident.lead, incident.operator) else "terminal"


def own_roles(desk: Desk, words: Sequence[Text], role: str) -> tuple[str, ...]:
    """The roles the yes of whoever types counts for now: the asked one, and every other that is theirs.

    A role nobody has taken is asked about on its own as long as there is somebody to call for it.
    """
    mine = roles_of(desk, words[0].needed, desk.journal.actor)
    return tuple(one for one in mine if one == role or held_by(desk, one) or to_call(desk, one) is None)


def ask_spoken(desk: Desk, terminal: Terminal, words: Sequence[Text], role: str, way: How) -> Yes:
    """Asks for what was said. `words` are those the tag has to name; a wrong tag is refused by who records it."""
    now = desk.journal.now().astimezone(desk.zone)
    person = terminal.ask(
        "approve.person",
        "Who said yes?",
        hint="a name",
        default=_expected(desk, role),
        check=lambda typed: None if typed.strip() else "A yes has a name.",
    ).strip()
    phone = desk.config.phone(person) if way == "phone" else ""
    known = f"{phone}, {now:%H:%M}" if phone else ""
    hint = "" if known else "Enter = nothing to add"
    detail = terminal.ask("approve.detail", _DETAILS[way], hint=hint, default=known)
    wanted = desk.tag(words)
    said = terminal.ask(
        "approve.tag",
        f"Which tag did they {'write' if way == 'reply' else 'say'}?",
        hint="like M1-B7K2; Enter = another one, so no yes",
        check=lambda typed: _misheard(typed, wanted),
    )
    return Yes(person, way, (role,), tag=said, detail=detail, may_vary=_left_open(desk, terminal, words))


def _expected(desk: Desk, role: str) -> str:
    """Whose yes it most likely is: the one whose turn it is on the ladder, never whoever types."""
    rung = next_rung(desk, role)
    name = rung.name if rung else held_by(desk, role)
    return "" if name == desk.journal.name(desk.journal.actor) else name


def _misheard(typed: str, wanted: str) -> str | None:
    """A tag that is not the one of these words is asked again: one letter misheard must not lose what was typed."""
    if not typed.strip() or squeeze(typed) == squeeze(wanted):
        return None
    return f"{typed.strip()} is not the tag of these words; it is {wanted}. Read them again, or Enter = no yes."


def _left_open(desk: Desk, terminal: Terminal, words: Sequence[Text]) -> tuple[str, ...]:
    spoken = {
        slot: None for text in words for slot in desk.renderer.spoken(text.message, text.channel.id, text.language)
    }
    if not spoken or any(text.edited for text in words):
        return ()

    def check(typed: str) -> str | None:
        wrong = [name for name in _names(typed) if name not in spoken]
        return f"{', '.join(wrong)} does not stand in these words; one of: {', '.join(spoken)}" if wrong else None

    hint = f"{', '.join(spoken)}; Enter = none"
    return _names(terminal.ask("approve.vary", "Facts they leave open?", hint=hint, check=check))


def _names(typed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in typed.split(",") if name.strip())
