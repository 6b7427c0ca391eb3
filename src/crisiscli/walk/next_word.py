"""The next word: a text that keeps a promise must name the one after, or it promises what it already keeps."""

from __future__ import annotations

from crisiscli.dispatch import Desk
from crisiscli.incident import moment_of
from crisiscli.incident.agenda import promises
from crisiscli.screen import Line, Terminal
from crisiscli.walk.asking import ask_fact


def ask_next(desk: Desk, terminal: Terminal, message: str) -> None:
    """Asks when we speak after this message, while the time it names was promised by earlier words already.

    Going back leaves the old time. Nothing is asked once these very words began to go.
    """
    incident = desk.journal.incident
    promised = {promise.due for promise in promises(incident)}
    for name in desk.renderer.facts(message):
        fact, value = incident.runbook.facts[name], incident.fact(name).value
        ours = fact.promise and fact.confirmed_by is None and isinstance(value, str)
        if not ours or moment_of(value) not in promised or any(text.counts for text in desk.texts(message)):
            continue
        due = f"{moment_of(value).astimezone(desk.zone):%H:%M}"
        terminal.say("", Line(f"We promised to speak by {due}, and {message} is that word. When is the next?", "warn"))
        ask_fact(desk, terminal, name)
