"""The next word: a text that keeps a promise must name the one after, or it promises what it already keeps."""

from __future__ import annotations

from crisiscli.dispatch import Desk
from crisiscli.dispatch.desk import PROMISE_MARGIN
from crisiscli.incident import moment_of
from crisiscli.incident.agenda import promises
from crisiscli.screen import Line, Terminal
from crisiscli.walk.asking import ask_fact


def ask_next(desk: Desk, terminal: Terminal, message: str) -> None:
    """Asks when we speak after this message, while the time it names was promised by earlier words, or has passed.

    Going back leaves the old time. Nothing is asked once these very words began to go.
    """
    incident, now = desk.journal.incident, desk.journal.now()
    promised = {promise.due for promise in promises(incident)}
    for name in desk.renderer.facts(message):
        fact, value = incident.runbook.facts[name], incident.fact(name).value
        ours = fact.promise and fact.confirmed_by is None
        if not ours or not isinstance(value, str) or any(text.counts for text in desk.texts(message)):
            continue
        due = moment_of(value)
        wall = due.astimezone(desk.zone)
        if due - now < PROMISE_MARGIN:
            why = f"The next word named in {message} was {wall:%H:%M, %d %b}: too near, or past. When do we speak next?"
        elif due in promised:
            why = f"We promised to speak by {wall:%H:%M}, and {message} is that word. When is the next?"
        else:
            continue
        terminal.say("", Line(why, "warn"))
        ask_fact(desk, terminal, name)
