"""The ledger: facts are set, read and shown; light enough for `crisis fact` to start fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from crisiscli.errors import NotFound, UsageError
from crisiscli.facts import read, show
from crisiscli.incident import stamp
from crisiscli.incident.records import FactRecord
from crisiscli.journal import Journal
from crisiscli.runbook import Fact, Runbook

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Told:
    """What was said about a fact: a value in the ledger's form (None for unknown), and how sure it is."""

    value: Any
    confirmed: bool = False
    source: str = ""


def noun(journal: Journal, name: str) -> Fact:
    """The fact as the pinned runbook has it. Raises NotFound."""
    return fact_of(journal.incident.runbook, name)


def fact_of(runbook: Runbook, name: str) -> Fact:
    """A fact of a runbook by its name. Raises NotFound."""
    found = runbook.facts.get(name)
    if found is None:
        known = ", ".join(runbook.facts)
        raise NotFound(f"There is no fact {name} in this runbook.", then=f"one of: {known}")
    return found


def set_fact(journal: Journal, name: str, told: Told) -> FactRecord:
    """Writes what was said into the ledger. A promise of ours is confirmed by being made. Raises NotFound."""
    fact = noun(journal, name)
    status = "unknown" if told.value is None else "confirmed" if told.confirmed or fact.promise else "reported"
    holder = journal.name(journal.incident.holder(confirmer(fact)))
    source = told.source or (holder if status == "confirmed" else "")
    journal.record("fact_set", name=name, value=told.value, status=status, source=source)
    return journal.incident.fact(name)


def confirmer(fact: Fact) -> str:
    """The role whose word confirms a fact."""
    return fact.confirmed_by or "lead"


def read_value(journal: Journal, zone: tzinfo, name: str, typed: Any) -> Any:
    """A typed value in the ledger's form; `unknown` is None. Raises UsageError saying what would be accepted."""
    return value_of(noun(journal, name), name, typed, journal.now(), zone)


def value_of(fact: Fact, name: str, typed: Any, now: datetime, zone: tzinfo) -> Any:
    """The same for a fact that has no incident yet. Raises UsageError."""
    if isinstance(typed, str) and typed.strip().lower() in (UNKNOWN, "?"):
        return None
    try:
        return read(fact, typed, now, zone)
    except ValueError as error:
        raise UsageError(f"{name}: {error}", then=f'crisis fact {name}=... ("unknown" is an answer too)') from None


def text(journal: Journal, zone: tzinfo, name: str) -> str:
    """A fact as the ledger has it: value, unit, status, source."""
    record, fact = journal.incident.fact(name), noun(journal, name)
    if record.value is None:
        return "UNKNOWN"
    value = show(fact, record.value, zone) + (f" {fact.unit}" if fact.unit else "")
    last = record.versions[-1]
    if record.status == "disputed":
        return f"{value}  DISPUTED: {last.source or 'somebody'} says {show(fact, last.value, zone)}"
    return f"{value}  {record.status}" + (f" by {last.source}" if last.source else "")


def data(journal: Journal, names: Sequence[str]) -> dict[str, Any]:
    """Facts with every version, as plain data."""
    found = {}
    for name in names:
        noun(journal, name)
        record = journal.incident.fact(name)
        found[name] = {
            "value": record.value,
            "status": record.status,
            "versions": [
                {
                    "value": version.value,
                    "status": version.status,
                    "source": version.source,
                    "by": journal.name(version.actor),
                    "at": stamp(version.at),
                }
                for version in record.versions
            ],
        }
    return found


def words_with(journal: Journal, name: str) -> list[str]:
    """The words that were approved or sent with the fact's old value: their places."""
    found = []
    for event in journal.store.events(journal.code):
        if event.kind == "approved" and name in event.data["values"]:
            found += [item["id"].partition("@")[0] for item in event.data["renderings"]]
    return list(dict.fromkeys(found))
