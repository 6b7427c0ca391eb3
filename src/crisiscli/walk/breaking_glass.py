"""Breaking the glass: the lead approves in the place of a role nobody could be reached for, with a typed reason."""

from __future__ import annotations

from collections.abc import Sequence

from crisiscli.dispatch import Desk, Text, Yes, approve
from crisiscli.dispatch.entitled import WORDS_IN_A_REASON
from crisiscli.dispatch.ladder import LATER
from crisiscli.screen import Line, Terminal
from crisiscli.walk.ladder import holder_text, next_rung, title_of, tries_text


def why_not(desk: Desk, role: str) -> str:
    """Why the glass cannot be broken for a role by whoever types; empty when it can."""
    incident, journal = desk.journal.incident, desk.journal
    if journal.actor != incident.lead:
        return f"only the lead may, {journal.name(incident.lead)}"
    if incident.holder(role) == journal.actor:
        return "you hold this role: say yes yourself"
    return ""


def break_glass(desk: Desk, terminal: Terminal, words: Sequence[Text], role: str) -> str:
    """Asks for the reason and records the lead's yes in the place of a role; "" when it was broken off."""
    terminal.say(
        "",
        Line(
            f"BREAK THE GLASS: you approve in the place of {title_of(desk, role)} ({holder_text(desk, role)}).", "late"
        ),
        Line(f"{_called(desk, role)} The report shows this yes, your name and your reason.", "warn"),
    )
    rung = next_rung(desk, role)
    if rung is not None:
        terminal.say(Line(f"{rung.name} was not called yet{f': {rung.reach}' if rung.reach else ''}.", "warn"))
    reason = terminal.ask(
        "approve.reason", "Why can it not wait for them?", hint="some words, Enter = back", check=_is_reason
    ).strip()
    if not reason:
        terminal.say("Nothing was recorded.")
        return ""
    me = desk.journal.name(desk.journal.actor)
    approve(desk, words, Yes(me, "break-glass", (role,), detail=reason))
    terminal.say(
        Line(f"GLASS BROKEN by {me} for {role}: {reason}", "late"), Line(f"Tell {role} as soon as you can.", "warn")
    )
    return f"glass broken for {role}"


def _is_reason(typed: str) -> str | None:
    words = typed.split()
    if not words or len(words) >= WORDS_IN_A_REASON:
        return None
    return f"A reason has at least {WORDS_IN_A_REASON} words: who was tried, and why now."


def _called(desk: Desk, role: str) -> str:
    tries = [one for one in desk.journal.incident.tries.get(role, ()) if one.result != LATER]
    return f"Called: {tries_text(tries, desk.zone)}." if tries else "No call to anybody is noted."
