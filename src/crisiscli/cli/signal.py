"""`crisis signal`: records what is seen outside, or shows where it is going."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from crisiscli.cli.flags import ForIncident, Json
from crisiscli.cli.outside import Outside
from crisiscli.errors import UsageError

if TYPE_CHECKING:
    from crisiscli.journal import Journal
    from crisiscli.walk.readings import Seen


def signal(
    outside: Outside,
    readings: Annotated[
        list[str] | None,
        typer.Argument(help="NAME=VALUE, or NAME for a counted one. None: show the trends.", show_default=False),
    ] = None,
    by: Annotated[str, typer.Option("--by", help='Who read it: "Jan", or "Jan, social" with the role.')] = "",
    role: Annotated[str, typer.Option("--role", help="The role the reader speaks for.")] = "",
    read: Annotated[str, typer.Option("--read", help='What was read: "three threads, 40 replies".')] = "",
    source: Annotated[str, typer.Option("--source", help="The tool or the place it is from.")] = "",
    at: Annotated[str, typer.Option("--at", help='When: "10 min ago", 14:05; default now.')] = "",
    n: Annotated[int | None, typer.Option("--n", help="Counted: how many items were read.")] = None,
    positive: Annotated[int | None, typer.Option("--positive", help="Counted: how many were positive.")] = None,
    neutral: Annotated[int | None, typer.Option("--neutral", help="Counted: how many were neutral.")] = None,
    negative: Annotated[int | None, typer.Option("--negative", help="Counted: how many were negative.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="An export of a social-listening tool.")] = None,
    per: Annotated[str, typer.Option("--per", help="Export: one reading for each stretch of time, like 15m.")] = "",
    since: Annotated[str, typer.Option("--since", help='Export: only what is newer: "2 h ago", 14:05.')] = "",
    zone: Annotated[str, typer.Option("--zone", help="Export: the zone of its times, like UTC.")] = "",
    incident: ForIncident = None,
    as_json: Json = False,
) -> int:
    """Record what is seen outside, or show where it is going.

    crisis signal mood=mostly_kind --by "Jan, social" --read "three threads, 40 replies"
    crisis signal sentiment --n 120 --positive 30 --neutral 60 --negative 30 --source Brand24
    crisis signal mentions=11800 login_success=96% reply_time="10 min"
    crisis signal --csv mentions.csv --per 15m --since "2 h ago"
    """
    from crisiscli.walk import readings as seen

    parts = {"positive": positive, "neutral": neutral, "negative": negative}
    counting = n is not None or any(part is not None for part in parts.values())
    given = list(readings or [])
    writing = bool(given) or counting or csv is not None
    if csv is None and (per or since or zone):
        raise UsageError("--per, --since and --zone are for an export.", public="", then="add --csv FILE")
    if csv is not None and (counting or any("=" in word for word in given)):
        raise UsageError("An export brings its own numbers.", public="", then="crisis signal --csv FILE")
    journal = outside.journal(incident, writing=writing, latest=not writing)
    local = outside.pinned_zone(journal)
    if not writing:
        return _show(outside, journal, local, as_json)
    person, spoken = seen.reader(journal, by, role)
    told = seen.Seen(person, spoken, _moment(journal, at, local), read.strip(), source.strip())
    if csv is not None:
        newer = _moment(journal, since, local) if since else None
        timing = _Timing(_span(per), newer, _zone(zone), local, bool(at))
        return _import(outside, journal, csv, _only(given, "sentiment"), told, timing, as_json)
    found = [seen.counted(_only(given, "sentiment"), n, parts)] if counting else [seen.typed(pair) for pair in given]
    for reading in found:
        seen.record(journal, told, reading)
    return _show(outside, journal, local, as_json, [reading["signal"] for reading in found])


class _Timing(NamedTuple):
    """How an export is cut up; `zone` is what its times mean when it was named, `local` the company's own.

    `fixed` when one time was given for the whole of it.
    """

    per: timedelta | None
    since: datetime | None
    zone: tzinfo | None
    local: tzinfo
    fixed: bool


def _show(outside: Outside, journal: Journal, zone: tzinfo, as_json: bool, names: Sequence[str] = ()) -> int:
    """The trend of every signal, or of the named ones."""
    from crisiscli.walk import readings as seen

    if as_json:
        outside.print_json({"schema_version": 1, "signals": seen.data(journal, names)})
    else:
        outside.print(seen.lines(journal, zone, names) or ["Nothing was read yet.", "Next: crisis signal mood=mixed"])
    return 0


def _import(
    outside: Outside, journal: Journal, path: Path, name: str, told: Seen, timing: _Timing, as_json: bool
) -> int:
    from crisiscli.listening import read_export, windows
    from crisiscli.walk import readings as seen

    export = read_export(path, timing.zone or timing.local)
    ahead = export.ahead(journal.now())
    if ahead and timing.zone is None:
        what = f"{ahead} of its rows lie in the future: its times are those of another zone."
        raise UsageError(what, public="", then=f"crisis signal --csv {path} --zone UTC")
    if timing.since is not None:
        export = export.after(timing.since)
    try:
        found = windows(export, seen.name_of(name), journal.now(), timing.per)
    except ValueError as error:
        raise UsageError(f"{path}: {error}.", public="", then="--per 15m with --since") from None
    if timing.fixed and timing.per is None:
        found = [window._replace(at=told.at) for window in found]
    taken = seen.take(journal, export, found, replace(told, note=told.note or f"{path.name}, {len(export.rows)} rows"))
    names = list(dict.fromkeys(window.signal for window in found))
    if as_json:
        imported = seen.export_data(export, taken)
        outside.print_json({"schema_version": 1, "import": imported, "signals": seen.data(journal, names)})
        return 0
    before = (
        f"It was taken in at {seen.clock(timing.local, taken.before)} already; nothing was added."
        if taken.before
        else ""
    )
    outside.print([*seen.accounted(export), *([before] if before else []), *seen.lines(journal, timing.local, names)])
    return 0


def _only(given: Sequence[str], otherwise: str) -> str:
    """The one name that was given."""
    if len(given) > 1 or any("=" in word for word in given):
        raise UsageError("One counted reading at a time.", public="", then="crisis signal sentiment --n 120 ...")
    return given[0] if given else otherwise


def _moment(journal: Journal, typed: str, zone: tzinfo) -> datetime:
    from crisiscli.facts.moments import ago

    try:
        return ago(typed, journal.now(), zone)
    except ValueError as error:
        raise UsageError(str(error), public="", then='--at "10 min ago"') from None


def _span(typed: str) -> timedelta | None:
    from crisiscli.facts.moments import seconds

    try:
        found = seconds(typed) if typed else 0
    except ValueError as error:
        raise UsageError(str(error), public="", then="--per 15m") from None
    if typed and not found:
        raise UsageError("A stretch of time is at least a second.", public="", then="--per 15m")
    return timedelta(seconds=found) if found else None


def _zone(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"There is no time zone {name}.", public="", then="--zone UTC, --zone Europe/Warsaw") from None
