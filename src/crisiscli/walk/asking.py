"""Asking for facts: a value, whose word it is, and "unknown" as an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crisiscli.dispatch import Desk
from crisiscli.errors import UsageError
from crisiscli.facts import read
from crisiscli.runbook import Fact
from crisiscli.screen import Line, Option, Terminal
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk import deadlines
from crisiscli.walk.ladder import held_by, to_call
from crisiscli.walk.ledger import (
    UNKNOWN,
    Told,
    confirmer,
    noun,
    read_value,
    role_title,
    set_fact,
    shown,
    text,
    why_only_reported,
)
from crisiscli.walk.services_table import ask_services, board


def ask_facts(desk: Desk, terminal: Terminal, names: Sequence[str]) -> bool:
    """Asks one fact after another; False when the person went back before the last."""
    return all(ask_fact(desk, terminal, name) for name in names)


def ask_fact(desk: Desk, terminal: Terminal, name: str) -> bool:
    """Asks one fact and writes the answer into the ledger; False when the person went back."""
    fact = noun(desk.journal, name)
    told = _from_answers(desk, terminal, name, fact) if isinstance(terminal, Scripted) else None
    if told is None:
        told = _ask(desk, terminal, name, fact)
    if told is None:
        return False
    why = why_only_reported(desk.journal, name, told)
    clocks = deadlines.running(desk.journal)
    record = set_fact(desk.journal, name, told)
    started = deadlines.changed(desk.journal, desk.zone, clocks)
    if why:
        terminal.say(Line(f"{why}.", "warn"))
    if fact.type == "services" and isinstance(record.value, list):
        terminal.say(Line(f"{name}:", "good"), *board(record.value, desk.zone))
        return True
    terminal.say(Line(f"{name}: {text(desk.journal, desk.zone, name)}", "late" if _in_doubt(desk, name) else "good"))
    terminal.say(*started)
    return True


def _in_doubt(desk: Desk, name: str) -> bool:
    return desk.journal.incident.fact(name).status == "disputed"


def _from_answers(desk: Desk, terminal: Scripted, name: str, fact: Fact) -> Told | None:
    key = f"facts.{name}"
    if not terminal.has(key):
        return None
    given = terminal.get(key)
    if not isinstance(given, Mapping):
        return Told(read_value(desk.journal, desk.zone, name, given), confirmed=_self_confirms(fact))
    if "value" not in given:
        raise UsageError(f"{key} needs a value.", then=f"{key}: {{value: ..., status: confirmed, source: who said so}}")
    return Told(
        read_value(desk.journal, desk.zone, name, given["value"]),
        confirmed=given.get("status") == "confirmed",
        source=str(given.get("source", "")),
    )


def _self_confirms(fact: Fact) -> bool:
    """A plain value in an answers file is the operator's word: it confirms only what nobody else must confirm."""
    return fact.use == "reported" and fact.confirmed_by is None


def _ask(desk: Desk, terminal: Terminal, name: str, fact: Fact) -> Told | None:
    record = desk.journal.incident.fact(name)
    if record.versions:
        terminal.say("", f"So far: {text(desk.journal, desk.zone, name)}")
    value = _value(desk, terminal, name, fact)
    if value == "back":
        return None
    if value in (UNKNOWN, []):
        return Told(None)
    value = read_value(desk.journal, desk.zone, name, value)
    if fact.promise and fact.confirmed_by is None:
        return Told(value, confirmed=True)
    if fact.use == "reported" and fact.confirmed_by is None:
        return Told(value)
    return _whose_word(desk, terminal, name, fact, value)


def _value(desk: Desk, terminal: Terminal, name: str, fact: Fact) -> Any:
    """What was answered: `back`, `unknown`, typed words, or a list of services."""
    if fact.type in ("yes_no", "choice"):
        return _ask_listed(terminal, name, fact)
    if fact.type == "services" and fact.of and terminal.interactive:
        known = desk.journal.incident.fact(name).value
        terminal.say("", Line(fact.ask, "strong"))
        before = known if isinstance(known, list) else []
        found = ask_services(terminal, name, fact, before, desk.journal.now(), desk.zone)
        return "back" if found is None else found
    return _ask_typed(desk, terminal, name, fact)


def _ask_listed(terminal: Terminal, name: str, fact: Fact) -> str:
    choices = {"yes": "yes", "no": "no"} if fact.type == "yes_no" else fact.options
    options = [Option(str(number), key, meaning) for number, (key, meaning) in enumerate(choices.items(), start=1)]
    options += [Option("u", UNKNOWN, "unknown yet"), Option("b", "back", "back")]
    snippet = f"facts:\n  {name}: {' | '.join(choices)} | unknown"
    return terminal.choose(f"facts.{name}", fact.ask, options, record=False, snippet=snippet)


_PAST = "04:00, or with its day: 2026-11-21 23:50"
_HINTS = {
    "count": "a number",
    "percent": "a number from 0 to 100",
    "time": "04:00, tomorrow 14:30, or in 30 min",
    "duration": "30m, 1h30m",
    "services": "cards: down, alternative cash, eta 16:00 by Ops; app: slow",
    "text": "the words exactly as they may be shown",
}


def _ask_typed(desk: Desk, terminal: Terminal, name: str, fact: Fact) -> str:
    def check(typed: str) -> str | None:
        if typed.strip().lower() in ("", "u", "b", UNKNOWN):
            return None
        try:
            read(fact, typed, desk.journal.now(), desk.zone)
        except ValueError as error:
            return str(error)
        return None

    known = _PAST if fact.type == "time" and not fact.promise else _HINTS[fact.type]
    hint = f"{known}{f', in {fact.unit}' if fact.unit else ''}; u = unknown yet, Enter = back"
    snippet = f'facts:\n  {name}: "..."   # {_HINTS[fact.type]}, or unknown'
    typed = terminal.ask(f"facts.{name}", f"{fact.ask}", hint=hint, check=check, snippet=snippet)
    word = typed.strip().lower()
    return "back" if word in ("", "b") else UNKNOWN if word in ("u", UNKNOWN) else typed


def _whose_word(desk: Desk, terminal: Terminal, name: str, fact: Fact, value: Any) -> Told | None:
    """Asks how sure a value is. Only the role the runbook names confirms; everybody else's word is reported."""
    journal = desk.journal
    role = confirmer(fact)
    person = journal.incident.holder(role)
    wanted = "  (texts wait for confirmed)" if fact.use == "confirmed" else ""
    other = None if held_by(desk, role) else to_call(desk, role)
    options = [
        Option("1", "confirmed", f"confirmed: {role_title(journal, role)} says so ({journal.name(person)})"),
        Option("2", "reported", f"only reported{wanted}"),
        *([Option("3", "taken", f"confirmed: {other.name} says so, and takes the role")] if other else []),
        Option("w", "else", "only reported, by somebody else: who"),
        Option("b", "back", "back"),
    ]
    said = name if fact.type == "services" else f"{name} = {shown(fact, value, desk.zone)}"
    question = f"{said}. How sure is it?"
    chosen = terminal.choose(f"status.{name}", question, options, record=False)
    if chosen == "back":
        return None
    if chosen == "taken" and other:
        journal.give(role, other.name)
        return Told(value, confirmed=True, source=journal.incident.holder(role))
    if chosen == "else":
        return Told(value, source=terminal.ask(f"source.{name}", "Who says so?", hint="Enter = you").strip())
    return Told(value, confirmed=chosen == "confirmed", source=person if chosen == "confirmed" else "")
