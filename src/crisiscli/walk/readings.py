"""Readings: what somebody saw outside is read, recorded and shown; exports are taken in once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from crisiscli.conditions import MOODS
from crisiscli.errors import FilesUnusable, NotFound, UsageError
from crisiscli.incident import stamp
from crisiscli.incident.signals import PERCENTS, SECONDS, trend
from crisiscli.journal import Journal
from crisiscli.stores.base import Entry

if TYPE_CHECKING:
    from crisiscli.listening import Export, Window

PARTS = ("positive", "neutral", "negative")
COUNTED = "sentiment"
MOST = 10**12

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_GROUPED = re.compile(r"\d{1,3}(?:([ \u00a0\u202f,.'’])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?")


@dataclass(frozen=True)
class Seen:
    """What goes with every reading: who read it (a person id), for which role, when, what, and where it is from."""

    by: str
    role: str
    at: datetime
    note: str = ""
    source: str = ""


class Taken(NamedTuple):
    """What came of an export: how many readings were written, and when it was taken in before, if it was."""

    written: int
    before: datetime | None = None


def reader(journal: Journal, by: str, role: str) -> tuple[str, str]:
    """The person id and the role of whoever read it; "Jan, social" names both. Raises NotFound for no such role."""
    roles = journal.incident.runbook.roles
    name, _, tail = by.rpartition(",")
    if name.strip() and tail.strip() in roles and role in ("", tail.strip()):
        by, role = name, tail.strip()
    if role and role not in roles:
        raise NotFound(f"There is no role {role} in this runbook.", public="", then=f"one of: {', '.join(roles)}")
    return (journal.person(by.strip()) if by.strip() else journal.actor), role


def name_of(typed: str) -> str:
    """The name of a signal. Raises UsageError for one that conditions could not name."""
    if not _NAME.fullmatch(typed):
        what = f"{typed!r} is no name of a signal; it has lower case letters, digits and _."
        raise UsageError(what, public="", then="crisis signal mentions=12000")
    return typed


def typed(pair: str) -> dict[str, Any]:
    """A judged reading or a number out of NAME=VALUE, as event data. Raises UsageError with what would be accepted."""
    name, sign, words = pair.partition("=")
    name, words = name_of(name.strip()), words.strip()
    if not sign or not words:
        then = f"crisis signal {name} --n 120 --positive 30 --neutral 60 --negative 30, or crisis signal {name}=VALUE"
        raise UsageError(f"{name} has no value.", public="", then=then)
    mood = re.sub(r"[\s-]+", "_", words.lower())
    if mood in MOODS:
        return {"signal": name, "kind": "judged", "value": mood}
    if name == "mood" or not words[0].isdigit():
        what = f"{words!r} is no reading of {name}: it is one of {', '.join(MOODS)}, or a number."
        raise UsageError(what, public="", then=f"crisis signal {name}={MOODS[-1]}")
    if name == COUNTED:
        what = "sentiment is counted: how many items were read, and how many of them were what."
        raise UsageError(
            what, public="", then="crisis signal sentiment --n 120 --positive 30 --neutral 60 --negative 30"
        )
    return {"signal": name, "kind": "number", "value": _number(name, words)}


def _number(name: str, words: str) -> int | str:
    """A count, a percentage, or a duration in seconds. Raises UsageError."""
    if name in SECONDS:
        from crisiscli.facts.moments import seconds

        try:
            return seconds(words)
        except ValueError as error:
            raise UsageError(f"{name}: {error}", public="", then=f'crisis signal {name}="10 min"') from None
    text = words.removesuffix("%").strip() if name in PERCENTS else words
    if _GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    if not _DECIMAL.fullmatch(text):
        raise UsageError(f"{words!r} is no number.", public="", then=f"crisis signal {name}=95")
    whole, _, part = text.replace(",", ".").partition(".")
    if name == "replies_answered" and (int(whole), part.strip("0")) > (100, ""):
        raise UsageError(f"{words} is more than all of them.", public="", then=f"crisis signal {name}=80")
    return int(whole) if not part.strip("0") else f"{int(whole)}.{part.rstrip('0')}"


def counted(name: str, n: int | None, parts: dict[str, int | None]) -> dict[str, Any]:
    """A counted reading as event data; a part nobody named is 0. Raises UsageError when the parts are not n."""
    known = {part: number or 0 for part, number in parts.items()}
    total = sum(known.values())
    sum_shown = " + ".join(str(known[part]) for part in PARTS)
    then = f"crisis signal {name} --n {total or 120} --positive {known['positive'] or 30} ..."
    if min(known.values()) < 0 or total > MOST or (n is not None and n <= 0):
        raise UsageError("A count is a whole number from 0, and n is at least 1.", public="", then=then)
    if n is None and all(number is not None for number in parts.values()):
        n = total
    if n is None or total != n or not n:
        missing = [part for part, number in parts.items() if number is None]
        add = f" Missing: {', '.join(f'--{part}' for part in missing)}." if missing and (n is None or total < n) else ""
        said = f"{sum_shown} is {total}, and --n says {n}." if n is not None else "How many are what?"
        raise UsageError(f"The parts do not add up: {said}{add}", public="", then=then)
    return {"signal": name_of(name), "kind": "counted", "n": n, "parts": known}


def record(journal: Journal, seen: Seen, reading: dict[str, Any]) -> None:
    """Writes one reading."""
    journal.store.append(journal.code, _entry(journal, reading | _beside(seen)))
    journal.refresh()


def take(journal: Journal, export: Export, found: Sequence[Window], seen: Seen) -> Taken:
    """Writes the readings of an export. One that was taken in before adds nothing; one cut off half-way goes on.

    Raises FilesUnusable for an export none of whose lines counts.
    """
    if not found:
        first = f"line {export.refused[0][0]}: {export.refused[0][1]}" if export.refused else "they are too old"
        first = "no tool rated them" if export.unrated and not export.refused else first
        what = f"None of its {export.lines} lines counts ({first})."
        raise FilesUnusable(what, where=str(export.path), public="", then="look at the columns, or export it again")
    known = _taken(journal, export.sha256, 0)
    if known and (len(known) >= len(found) or {of for of, _ in known.values()} != {len(found)}):
        return Taken(0, min(at for _, at in known.values()))
    start, written = journal.incident.seq, 0
    for number, window in enumerate(found, start=1):
        if number in known:
            continue
        data = _window(window) | _beside(seen) | {"at": stamp(window.at)}
        data |= {"file": export.sha256, "part": number, "of": len(found)}
        written += _write_once(journal, data, start)
    return Taken(written)


def _taken(journal: Journal, sha256: str, after: int) -> dict[int, tuple[int, datetime]]:
    """The parts of an export that stand in the record: number to how many there were to be, and when."""
    return {
        event.data["part"]: (event.data["of"], event.at)
        for event in journal.store.events(journal.code, after=after)
        if event.kind == "signal_read" and event.data.get("file") == sha256
    }


def _write_once(journal: Journal, data: dict[str, Any], after: int) -> bool:
    """Writes one part of an export, unless another terminal wrote it since event `after`."""
    while True:
        journal.refresh()
        if data["part"] in _taken(journal, data["file"], after):
            return False
        if journal.store.append(journal.code, _entry(journal, data), after=journal.incident.seq) is not None:
            journal.refresh()
            return True


def _entry(journal: Journal, data: dict[str, Any]) -> Entry:
    return journal.entry("signal_read")._replace(data=data)


def _window(window: Window) -> dict[str, Any]:
    if window.kind == "counted":
        return {"signal": window.signal, "kind": "counted", "n": window.n, "parts": dict(window.parts)}
    return {"signal": window.signal, "kind": "number", "value": window.value}


def _beside(seen: Seen) -> dict[str, Any]:
    found = {"by": seen.by, "role": seen.role, "at": stamp(seen.at), "note": seen.note, "source": seen.source}
    return {name: value for name, value in found.items() if value}


def data(journal: Journal, names: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The trend of every signal, or of the named ones, as plain data with people's names."""
    wanted = set(names)
    found = [shown.data() for shown in trend(journal.incident) if not wanted or shown.signal in wanted]
    for shown in found:
        for reading in shown["readings"]:
            reading["by"] = journal.name(reading["by"])
    return found


def lines(journal: Journal, zone: tzinfo, names: Iterable[str] = ()) -> list[str]:
    """The same for a person, one line each; whose reading the newest is stands at its end."""
    wanted = set(names)
    found = []
    for shown in trend(journal.incident):
        if wanted and shown.signal not in wanted:
            continue
        last = shown.readings[-1]
        whose = ", ".join(part for part in (journal.name(last.by), last.role, last.source) if part)
        found.append(f"{shown.told(zone)}  [{whose}]" if whose else shown.told(zone))
    return found


def accounted(export: Export) -> list[str]:
    """What became of every line of an export, for a person."""
    parts = [f"{export.lines} lines", f"{len(export.rows)} counted"]
    parts += [f"{export.unrated} without a sentiment"] if export.unrated else []
    parts += [f"{export.before} too old"] if export.before else []
    parts += [f"{len(export.refused)} refused"]
    columns = ", ".join(f"{name} = {meaning}" for meaning, name in export.names.items())
    found = [f"{export.path.name}: {', '.join(parts)}.", f"  {export.encoding}; {columns}"]
    found += [f"  line {line}: {why}" for line, why in export.refused[:10]]
    if len(export.refused) > 10:
        found.append(f"  and {len(export.refused) - 10} more; --json lists them all")
    if export.assumed:
        found.append(f"Dates like 03/08/2022 leave their order open; they were read {export.assumed}.")
    return found


def export_data(export: Export, taken: Taken) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "file": export.path.name,
        "sha256": export.sha256,
        "encoding": export.encoding,
        "kind": export.kind,
        "columns": export.names,
        "lines": export.lines,
        "counted": len(export.rows),
        "unrated": export.unrated,
        "too_old": export.before,
        "refused": [{"line": line, "why": why} for line, why in export.refused],
        "dates_read": export.assumed,
        "readings": taken.written,
        "taken_before": stamp(taken.before) if taken.before else None,
    }


def clock(zone: tzinfo, moment: datetime) -> str:
    """A time of the record on a clock of that zone."""
    return moment.astimezone(zone).strftime("%H:%M")
