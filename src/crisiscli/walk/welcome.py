"""The first screen: the code name, what is wrong with the runbook, and the holding text in hand."""

from __future__ import annotations

from collections.abc import Sequence

from crisiscli.clocks import since
from crisiscli.dispatch import Desk
from crisiscli.loader import Loaded
from crisiscli.problem import Problem
from crisiscli.screen import Line
from crisiscli.walk.drilling import speed_line
from crisiscli.walk.heading import clock_text
from crisiscli.walk.words import show_texts


def welcome(desk: Desk, loaded: Loaded | None, others: list[str]) -> list[Line | str]:
    """What is said once, before the first step. `loaded` is None for what was opened before: while it was armed."""
    incident = desk.journal.incident
    now = desk.journal.now()
    lines: list[Line | str] = [
        "",
        Line(f"{incident.mode}  {incident.code} is open.  {incident.runbook.title}", "heading"),
        *(line for line in [speed_line(desk.journal)] if line),
        f"T0 is {clock_text(incident.t0, desk.zone)}; the clock stands at {since(incident.t0, now)}.",
        "Write the name down: you type it to send, and say it on the phone.",
    ]
    if incident.standby:
        held = ", ".join(f"{role}: {desk.journal.name(person)}" for role, person in incident.standby.items())
        lines.append(f"Standing by since it was armed: {held}")
    if others:
        lines.append(Line(f"Also open: {', '.join(others)}. Go on there with: crisis resume NAME", "warn"))
    errors = mistakes(loaded) if loaded else []
    if errors:
        many = "1 mistake" if len(errors) == 1 else f"{len(errors)} mistakes"
        lines.append(Line(f"This runbook has {many}. It is walked all the same:", "warn"))
        lines += named(errors)
    lines += named(desk.config.problems)
    message = incident.runbook.holding()
    if message:
        must = [text for text in desk.drafts(message) if not text.follows]
        lines += ["", Line("The holding text, to read and copy any time with h:", "strong"), *show_texts(desk, must)]
    lines.append(Line("Nothing has been sent.", "strong"))
    return lines


def mistakes(loaded: Loaded) -> list[Problem]:
    """What is wrong with the runbook that is about to be walked: how it reads, and names that lead nowhere."""
    from crisiscli.rules import Book, rules

    found = [problem for problem in loaded.problems if problem.level == "error"]
    if loaded.runbook is not None:
        book = Book(loaded.runbook, loaded)
        found += [p for rule in rules("references") if rule.NAME.startswith("undefined-") for p in rule.check(book)]
    return list(dict.fromkeys(found))


def named(problems: Sequence[Problem]) -> list[Line | str]:
    """The first problems, each with its place."""
    return [Line(f"  {p.path}:{p.span.line}:{p.span.column}  {p.what}", "warn") for p in problems[:5]]
