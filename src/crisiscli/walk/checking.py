"""Check answers: every fact a message uses in one list, before its words are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from weakref import WeakKeyDictionary

from crisiscli.dispatch import Desk, Text
from crisiscli.incident.records import FactRecord
from crisiscli.journal import Journal
from crisiscli.screen import Line, Option, Style, Terminal
from crisiscli.walk.asking import ask_fact
from crisiscli.walk.ledger import noun, text

NINE = 9

_checked: WeakKeyDictionary[Journal, datetime] = WeakKeyDictionary()
"""When this terminal last went on from the list; a yes to any words counts as having looked, too."""


def check_answers(desk: Desk, terminal: Terminal, message: str) -> bool:
    """Shows the list when it is due: before the first words, and when a fact behind the message changed since.

    False when the person went back. It is passed over while nothing stands behind the message but our own promise.
    """
    names = list(desk.renderer.facts(message))
    if not terminal.interactive or not _is_due(desk, names):
        return True
    while True:
        terminal.say("", Line(f"Check before we write: {message}", "heading"), *_lines(desk, message, names))
        options = [
            Option(str(n) if n <= NINE else f"#{n}", name, f"change {name}") for n, name in enumerate(names, start=1)
        ]
        options += [Option("g", "go on", "go on"), Option("b", "back", "back")]
        chosen = terminal.choose(f"check.{message}", "Is this what we know?", options, record=False)
        if chosen == "back":
            return False
        if chosen == "go on":
            _checked[desk.journal] = desk.journal.now()
            return True
        ask_fact(desk, terminal, chosen)


def _is_due(desk: Desk, names: Sequence[str]) -> bool:
    incident = desk.journal.incident
    if all(noun(desk.journal, name).promise for name in names):
        return False
    yes = max((approval.at for approval in desk.journal.store.approvals(desk.journal.code)), default=None)
    looked = max((at for at in (yes, _checked.get(desk.journal)) if at), default=None)
    return looked is None or any(_changed(incident.fact(name), looked) for name in names)


def _changed(record: FactRecord, looked: datetime) -> bool:
    """Whether somebody said something else since; a first answer is no change: it was only just asked for."""
    return len(record.versions) > 1 and record.versions[-1].at > looked and record.versions[0].at <= looked


def _lines(desk: Desk, message: str, names: Sequence[str]) -> list[Line]:
    texts = desk.texts(message)
    width = max(len(name) for name in names)
    lines = []
    for number, name in enumerate(names, start=1):
        record = desk.journal.incident.fact(name)
        waits = _waiting(texts, name)
        known = text(desk.journal, desk.zone, name)
        style: Style = "late" if record.status == "disputed" else "warn" if record.value is None or waits else ""
        lines.append(Line(f"  {number:>2}  {name:<{width}}  {known}{waits}", style))
    return lines


def _waiting(texts: Sequence[Text], name: str) -> str:
    waiting = [text.place for text in texts if any(name in reason.split() for reason in text.waits)]
    return f"   {len(waiting)} of {len(texts)} texts wait for it" if waiting else ""
