"""Who is missing on a call: one key each, up the ladder, until somebody has the role or it is left for later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crisiscli.dispatch import Desk
from crisiscli.dispatch.ladder import LATER
from crisiscli.errors import UsageError
from crisiscli.screen import Line, Option, Terminal
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk.ladder import Rung, first_rung, no_answer, rung_text, title_of, to_call, tried

ANSWERS = ("no answer", "told", "later")
"""What an answers file may say of somebody who is missing; or `{took: NAME}`."""


def ask(desk: Desk, terminal: Terminal, roles: Sequence[str]) -> list[str]:
    """Asks what became of each role that is missing; returns those that somebody has taken now.

    Every one left for later comes back in five minutes, and stays in the list of roles nobody holds.
    """
    if isinstance(terminal, Scripted):
        return [role for role in roles if _from_answers(desk, terminal, role)]
    came: list[str] = []
    for number, role in enumerate(roles):
        result = _one(desk, terminal, role, len(roles) - number - 1)
        if result == "all later":
            for other in roles[number:]:
                _later(desk, other)
            terminal.say(f"Later: {', '.join(roles[number:])}. They come back in 5 minutes.")
            break
        if result == "taken":
            came.append(role)
    return came


def _one(desk: Desk, terminal: Terminal, role: str, more: int) -> str:
    """One role, rung by rung; returns taken, later or all later."""
    while True:
        rung = to_call(desk, role)
        question = f"{title_of(desk, role)}: {rung_text(desk, rung, role) if rung else 'nobody is left to call'}."
        chosen = terminal.choose(f"missing.{role}", f"{question} What came of it?", _options(rung, more), record=False)
        if chosen == "no answer":
            if no_answer(desk, terminal, role, following_of=to_call) is None:
                return "later"
        elif chosen == "took" and rung is not None:
            return _give(desk, terminal, role, rung.name)
        elif chosen == "somebody else":
            name = terminal.ask(f"roles.{role}", f"Who takes {role}?", hint="a name, Enter = back").strip()
            if name:
                return _give(desk, terminal, role, name)
        elif chosen == "told":
            _told(desk, terminal, role, rung)
            return "later"
        else:
            if chosen == "later":
                _later(desk, role)
            return chosen


def _options(rung: Rung | None, more: int) -> list[Option]:
    nobody = "" if rung else "nobody is left to call"
    name = rung.name if rung else "they"
    return [
        Option("z", "no answer", "no answer: who is next", nobody),
        Option("t", "told", "told, or left a message", nobody),
        Option("d", "took", f"{name} answered and takes it", nobody),
        Option("w", "somebody else", "somebody else takes it"),
        Option("l", "later", "later"),
        *([Option("m", "all later", f"later, all {more + 1} of them")] if more else []),
    ]


def _give(desk: Desk, terminal: Terminal, role: str, name: str) -> str:
    desk.journal.give(role, name)
    terminal.say(Line(f"{role}: {name} holds it now.", "good"))
    return "taken"


def _told(desk: Desk, terminal: Terminal, role: str, rung: Rung | None) -> None:
    name = rung.name if rung else title_of(desk, role)
    back = tried(desk, role, name, "left a message")
    terminal.say(Line(f"t {role}: {name} has the message. Check back at {back}.", "warn"))


def _later(desk: Desk, role: str) -> None:
    rung = to_call(desk, role) or first_rung(desk, role)
    tried(desk, role, rung.name if rung else title_of(desk, role), LATER)


def _from_answers(desk: Desk, terminal: Scripted, role: str) -> bool:
    """What an answers file says under `missing`; without a word, later. True when somebody took the role."""
    given = terminal.get(f"missing.{role}") if terminal.has(f"missing.{role}") else "later"
    if isinstance(given, Mapping) and isinstance(given.get("took"), str):
        return _give(desk, terminal, role, str(given["took"])) == "taken"
    if given not in ANSWERS:
        raise UsageError(
            f"missing.{role} cannot be {given!r}.",
            where=f"missing.{role}",
            then=f"{', '.join(ANSWERS)}, or {{took: NAME}}",
        )
    if given == "no answer":
        no_answer(desk, terminal, role, following_of=to_call)
    elif given == "told":
        _told(desk, terminal, role, to_call(desk, role))
    else:
        _later(desk, role)
    return False
