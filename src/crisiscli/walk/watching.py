"""Watching: after a look at the outside, the readings that the gates wait for are asked for where she stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crisiscli.conditions import MOODS
from crisiscli.dispatch import Desk
from crisiscli.errors import UsageError
from crisiscli.runbook import Runbook
from crisiscli.screen import Line, Option, Terminal
from crisiscli.steps.base import Step
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk import readings

COUNTS = re.compile(r"\D*(\d+)\D+(\d+)\D+(\d+)\D*")


def take_readings(desk: Desk, terminal: Terminal, step: Step, seen: str) -> None:
    """Asks whoever watches for the judged and counted signals their role gives to a gate; each may be left out.

    `seen` is what they said of this look; it stays beside every reading.
    """
    role = step.role or "lead"
    judged, counts = signals_of(desk.journal.incident.runbook, role)
    if isinstance(terminal, Scripted) or not judged:
        return
    holder = desk.journal.incident.holder(role)
    beside = readings.Seen(holder, role, desk.journal.now(), seen)
    for name in judged:
        options = [Option(str(n), mood, mood.replace("_", " ")) for n, mood in enumerate(MOODS, start=1)]
        options.append(Option("b", "", "back: no reading this time"))
        mood = terminal.choose(f"signal.{name}", f"{name}: how is it now?", options, record=False)
        if not mood:
            return
        _keep(desk, terminal, beside, readings.typed(f"{name}={mood}"))
    for name in counts:
        question = f"{name}: how many were positive, neutral, negative?"
        typed = terminal.ask(f"signal.{name}", question, hint="like 30, 60, 30; Enter = not counted", check=_wrong)
        if typed.strip():
            _keep(desk, terminal, beside, _counted(name, typed))


def signals_of(book: Runbook, role: str) -> tuple[list[str], list[str]]:
    """The judged signals a role gives to gates, and the counted ones that stand beside them in those gates."""
    judged: dict[str, None] = {}
    counts: dict[str, None] = {}
    for gate in book.gates.values():
        wanted = list(_signals(gate.opens_when))
        mine = [one["signal"] for one in wanted if one.get("said_by") == role]
        judged.update(dict.fromkeys(mine))
        counts.update(dict.fromkeys(one["signal"] for one in wanted if mine and "n" in one))
    return list(judged), list(counts)


def _signals(condition: Any) -> Iterator[dict[str, Any]]:
    """Every condition on a signal, however deep it stands."""
    if isinstance(condition, dict):
        if "signal" in condition:
            yield condition
        for part in condition.values():
            yield from _signals(part)
    elif isinstance(condition, list | tuple):
        for part in condition:
            yield from _signals(part)


def _counted(name: str, typed: str) -> dict[str, Any]:
    found = COUNTS.fullmatch(typed)
    if found is None:
        raise UsageError(f"{typed!r} is not three counts.", public="", then="positive, neutral, negative: 30, 60, 30")
    return readings.counted(name, None, dict(zip(readings.PARTS, map(int, found.groups()), strict=True)))


def _wrong(typed: str) -> str | None:
    if not typed.strip():
        return None
    try:
        _counted(readings.COUNTED, typed)
    except UsageError as error:
        return error.what
    return None


def _keep(desk: Desk, terminal: Terminal, beside: readings.Seen, reading: dict[str, Any]) -> None:
    readings.record(desk.journal, beside, reading)
    terminal.say(*(Line(line, "good") for line in readings.lines(desk.journal, desk.zone, [reading["signal"]])))
