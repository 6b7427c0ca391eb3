"""The first screen: the code name, what is wrong with the runbook, and the holding text in hand."""

from __future__ import annotations

from crisiscli.clocks import since
from crisiscli.dispatch import Desk
from crisiscli.loader import Loaded
from crisiscli.screen import Line
from crisiscli.walk.heading import clock_text
from crisiscli.walk.words import show_texts


def welcome(desk: Desk, loaded: Loaded, others: list[str]) -> list[Line | str]:
    """What is said once, before the first step."""
    incident = desk.journal.incident
    now = desk.journal.now()
    lines: list[Line | str] = [
        "",
        Line(f"{incident.mode}  {incident.code} is open.  {incident.runbook.title}", "heading"),
        f"T0 is {clock_text(incident.t0, desk.zone)}; the clock stands at {since(incident.t0, now)}.",
        "Write the name down: you type it to send, and say it on the phone.",
    ]
    if others:
        lines.append(Line(f"Also open: {', '.join(others)}. Go on there with: crisis resume NAME", "warn"))
    errors = [problem for problem in loaded.problems if problem.level == "error"]
    if errors:
        lines.append(Line(f"This runbook has {len(errors)} mistakes. It is walked all the same:", "warn"))
        lines += [Line(f"  {p.path}:{p.span.line}:{p.span.column}  {p.what}", "warn") for p in errors[:5]]
    lines += [Line(f"{binding.trouble}", "warn") for binding in desk.config.channels.values() if binding.trouble]
    message = incident.runbook.holding()
    if message:
        must = [text for text in desk.drafts(message) if not text.follows]
        lines += ["", Line("The holding text, to read and copy any time with h:", "strong"), *show_texts(desk, must)]
    lines.append(Line("Nothing has been sent.", "strong"))
    return lines
