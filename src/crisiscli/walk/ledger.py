"""The ledger: facts are set, read and shown; light enough for `crisis fact` to start fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from crisiscli.errors import NotFound, UsageError
from crisiscli.facts import read, show
from crisiscli.incident import stamp
from crisiscli.incident.records import FactRecord, FactVersion
from crisiscli.journal import Journal
from crisiscli.runbook import Fact, Runbook

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Told:
    """What was said about a fact: a value in the ledger's form (None for unknown), how sure it is, whose word it is.

    `source` is a name or a few words; empty means whoever types.
    """

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
    """Writes what was said into the ledger; returns what the fact comes to now. Raises NotFound.

    A promise of ours is confirmed by being made, unless the runbook names who confirms it. A value said to be
    confirmed by somebody who may not confirm it is kept as reported: see `why_only_reported`.
    """
    fact = noun(journal, name)
    status = "unknown" if told.value is None else "reported"
    source = _known_person(journal, told.source)
    ours = fact.promise and fact.confirmed_by is None
    if told.value is not None and (ours or (told.confirmed and not why_only_reported(journal, name, told))):
        status = "confirmed"
        source = source or ("" if ours else _holder(journal, fact))
    journal.record("fact_set", name=name, value=told.value, status=status, source=source)
    return journal.incident.fact(name)


def why_only_reported(journal: Journal, name: str, told: Told) -> str:
    """Why a word that was called confirmed does not confirm; empty when it does, or when nobody called it so.

    It confirms when it is the word of the role named in the runbook: its holder or the deputy types it, or the
    source names one of them or the role.
    """
    fact = noun(journal, name)
    if told.value is None or not told.confirmed or (fact.promise and fact.confirmed_by is None):
        return ""
    people = _may_confirm(journal, fact)
    source = " ".join(told.source.casefold().split())
    quoted = source and (source in people or any(_names(source, who) for who in _called(journal, fact, people)))
    if quoted or (not source and journal.actor in people):
        return ""
    who = " or ".join(journal.name(person) for person in people)
    return f"{role_title(journal, confirmer(fact))} confirms {name} ({who}); until then it is only reported"


def _may_confirm(journal: Journal, fact: Fact) -> list[str]:
    """The person ids whose word confirms: who holds the role, and who holds its deputy's."""
    incident = journal.incident
    role = incident.runbook.roles.get(confirmer(fact))
    deputy = incident.roles.get(role.deputy) if role and role.deputy else None
    return list(dict.fromkeys(person for person in (incident.holder(confirmer(fact)), deputy) if person))


def _called(journal: Journal, fact: Fact, people: Iterable[str]) -> Iterator[str]:
    """Every way to name the people and the role."""
    yield confirmer(fact)
    yield role_title(journal, confirmer(fact))
    for person in people:
        name = journal.name(person)
        yield name
        yield from (word for word in name.split() if len(word) > 1)


def _names(source: str, who: str) -> bool:
    """Whether the words of a name stand in the source one after the other, as whole words."""
    said, wanted = _words(source), _words(who)
    return bool(wanted) and any(said[at : at + len(wanted)] == wanted for at in range(len(said)))


def _words(text: str) -> list[str]:
    cleared = "".join(character if character.isalnum() else " " for character in text.casefold())
    return cleared.split()


def _known_person(journal: Journal, source: str) -> str:
    """The person's id when the source is exactly a known name: names stay out of the record. Else the words."""
    spoken = " ".join(source.casefold().split())
    if not spoken:
        return ""
    journal.names = journal.store.names()
    found = (person for person, name in journal.names.items() if " ".join(name.casefold().split()) == spoken)
    return next(found, source.strip())


def _holder(journal: Journal, fact: Fact) -> str:
    """Whose word a confirmed value without a source is: whoever types when they may, else the role's holder."""
    people = _may_confirm(journal, fact)
    return journal.actor if journal.actor in people else people[0]


def confirmer(fact: Fact) -> str:
    """The role whose word confirms a fact."""
    return fact.confirmed_by or "lead"


def role_title(journal: Journal, role: str) -> str:
    """How a role is called on the phone."""
    found = journal.incident.runbook.roles.get(role)
    return found.title if found else role


def role_name(journal: Journal, role: str) -> str:
    """A role and who holds it now: `Security on call (Jan Kowalski)`."""
    return f"{role_title(journal, role)} ({journal.name(journal.incident.holder(role))})"


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
    """A fact as the ledger has it, in one line: value, unit, status, whose word, since when."""
    record, fact = journal.incident.fact(name), noun(journal, name)
    if not record.versions:
        return "UNKNOWN"
    last = record.versions[-1]
    if record.value is None:
        word = "taken back" if any(version.value is not None for version in record.versions) else "said"
        return f"UNKNOWN  {word} by {journal.name(last.actor)}, {_wall(last.at, zone)}"
    value = shown(fact, record.value, zone)
    if record.status == "disputed":
        return f"{value}  DISPUTED: {_others(journal, zone, fact, record)}"
    if fact.promise and not last.source:
        return f"{value}  our promise, {_wall(last.at, zone)}"
    return f"{value}  {record.status} by {whose(journal, last)}, {_wall(last.at, zone)}"


def shown(fact: Fact, value: Any, zone: tzinfo) -> str:
    """A value with its unit."""
    return show(fact, value, zone) + (f" {fact.unit}" if fact.unit and value is not None else "")


def whose(journal: Journal, version: FactVersion) -> str:
    """Whose word a version is: the source by name or as it was typed, else whoever typed it."""
    return journal.name(version.source or version.actor)


def _others(journal: Journal, zone: tzinfo, fact: Fact, record: FactRecord) -> str:
    """Who says something else than the value that stands, the newest first."""
    said: dict[str, str] = {}
    for version in reversed(record.versions):
        if version.value is None:
            break
        said.setdefault(whose(journal, version), shown(fact, version.value, zone))
        if version.status == "confirmed":
            break
    stands = shown(fact, record.value, zone)
    return "; ".join(f"{who} says {value}" for who, value in said.items() if value != stands) or "nobody agrees"


def history(journal: Journal, zone: tzinfo, name: str) -> list[str]:
    """Every version of a fact in a line each, the oldest first."""
    fact = noun(journal, name)
    lines = []
    for version in journal.incident.fact(name).versions:
        value = "unknown" if version.value is None else shown(fact, version.value, zone)
        typed = journal.name(version.actor)
        by = f"says {whose(journal, version)}" if version.source else ""
        noted = f"noted by {typed}" if whose(journal, version) != typed or not by else ""
        words = (f"{_wall(version.at, zone)}", value, version.status if version.value is not None else "", by, noted)
        lines.append("  " + "  ".join(word for word in words if word))
    return lines


def data(journal: Journal, names: Sequence[str]) -> dict[str, Any]:
    """Facts with every version, as plain data."""
    found = {}
    for name in names:
        fact, record = noun(journal, name), journal.incident.fact(name)
        last = record.versions[-1] if record.versions else None
        found[name] = {
            "value": record.value,
            "unit": fact.unit,
            "status": record.status,
            "source": journal.name(last.source) if last else "",
            "at": stamp(last.at) if last else None,
            "confirmed_by": confirmer(fact),
            "versions": [
                {
                    "value": version.value,
                    "status": version.status,
                    "source": journal.name(version.source),
                    "by": journal.name(version.actor),
                    "at": stamp(version.at),
                }
                for version in record.versions
            ],
        }
    return found


def _wall(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%H:%M")
