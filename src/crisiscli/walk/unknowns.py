"""Unknown outcomes: words that may be out. A person looks; nothing is sent again without a person's word."""

from __future__ import annotations

from collections.abc import Sequence

from crisiscli.dispatch import Desk, settle
from crisiscli.dispatch.handing import Answer
from crisiscli.errors import AnswerNeeded
from crisiscli.screen import Line, Option, Terminal
from crisiscli.stores.base import Dispatch


def ask_unknown(desk: Desk, terminal: Terminal) -> bool:
    """Asks about every unknown outcome; nothing is sent again without a person's word. True when all are settled."""
    settled = True
    for rendering, counts in list(desk.journal.incident.counts.items()):
        if counts["unknown"]:
            rows = desk.journal.store.dispatches(desk.journal.code, rendering, "unknown")
            settled = _one_unknown(desk, terminal, rendering, rows) and settled
    return settled


def _one_unknown(desk: Desk, terminal: Terminal, rendering: str, rows: Sequence[Dispatch]) -> bool:
    place = rendering.partition("@")[0]
    text = desk.journal.store.rendering(desk.journal.code, rendering)
    terminal.say(
        "",
        Line(f"UNKNOWN  {place}: {len(rows)} may be out, nobody knows. The program will not send it again.", "late"),
        *(Line(line, "quote") for line in text.text.split("\n")),
        *(f"  {row.provider}  {row.detail}" for row in rows[:5] if row.detail),
    )
    options = [
        Option("d", "sent", "I see it there: mark as sent"),
        Option("1", "approved", "it is not there: it may go again (asks for the code name)"),
        Option("l", "later", "decide later: it stays unknown"),
    ]
    try:
        chosen = terminal.choose(f"unknown.{place}", f"{place}: is it out?", options, record=False)
    except AnswerNeeded:
        return False
    if chosen == "later":
        return False
    proof = terminal.ask(f"proof.{place}", "Where did you look, what did you see?", hint="goes into the report")
    state: Answer = "sent" if chosen == "sent" else "approved"
    settle(desk, rendering, list(rows), state, proof)
    terminal.say(Line(f"{place}: {'marked as sent' if state == 'sent' else 'approved again, not sent'}.", "good"))
    return True
