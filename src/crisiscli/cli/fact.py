"""`crisis fact`: sees or changes what we know."""

from __future__ import annotations

from typing import Annotated

import typer

from crisiscli.cli.flags import ForIncident, Json
from crisiscli.cli.outside import Outside


def fact(
    outside: Outside,
    pairs: Annotated[
        list[str] | None,
        typer.Argument(help='NAME=VALUE; "unknown" takes it back. None: list them.', show_default=False),
    ] = None,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="The role that may confirm it says so.")] = False,
    reported: Annotated[bool, typer.Option("--reported", help="Somebody says so; the default.")] = False,
    source: Annotated[str, typer.Option("--source", help="Whose word it is.")] = "",
    incident: ForIncident = None,
    as_json: Json = False,
) -> int:
    """See or change what we know.

    crisis fact
    crisis fact people_reached="4 700 000" --source "CRM, Ewa"
    crisis fact is_attack=no --confirmed --source "Security, Jan"
    """
    from crisiscli.cli.walking import parse_facts
    from crisiscli.errors import UsageError
    from crisiscli.walk import ledger

    if confirmed and reported:
        raise UsageError("A fact is confirmed or only reported, not both.", then="leave one of the flags out")
    given = parse_facts(pairs or [])
    journal = outside.journal(incident, writing=bool(given), latest=not given)
    zone = outside.pinned_zone(journal)
    names = [name for name, _ in given] or list(journal.incident.runbook.facts)
    values = [(name, ledger.read_value(journal, zone, name, value)) for name, value in given]
    affected: list[str] = []
    for name, value in values:
        before = journal.incident.fact(name).value
        record = ledger.set_fact(journal, name, ledger.Told(value, confirmed=confirmed, source=source))
        if record.value != before:
            affected += ledger.words_with(journal, name)
    if as_json:
        outside.print_json({"schema_version": 1, "facts": ledger.data(journal, names)})
    else:
        outside.print([f"{name}: {ledger.text(journal, zone, name)}" for name in names])
        if affected:
            outside.print(
                ["Said or approved with the old value:", *(f"  {place}" for place in dict.fromkeys(affected))]
            )
    return 0
