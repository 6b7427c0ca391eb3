"""`crisis fact`: sees or changes what we know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from crisiscli.cli.flags import ForIncident, Json
from crisiscli.cli.outside import Outside
from crisiscli.errors import EXIT_DONE, Refused, UsageError

if TYPE_CHECKING:
    from crisiscli.journal import Journal


def fact(
    outside: Outside,
    pairs: Annotated[
        list[str] | None,
        typer.Argument(
            help='NAME: its every version. NAME=VALUE: change it; "unknown" takes it back. None: list them.',
            show_default=False,
        ),
    ] = None,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="The role that may confirm it says so.")] = False,
    reported: Annotated[bool, typer.Option("--reported", help="Somebody says so; the default.")] = False,
    source: Annotated[str, typer.Option("--source", help="Whose word it is.")] = "",
    incident: ForIncident = None,
    as_json: Json = False,
) -> int:
    """See or change what we know.

    crisis fact
    crisis fact people_reached
    crisis fact people_reached="4 700 000" --source "CRM, Ewa"
    crisis fact is_attack=no --confirmed --source "Security, Jan"
    """
    from crisiscli.cli.walking import parse_facts
    from crisiscli.walk import deadlines, ledger

    if confirmed and reported:
        raise UsageError("A fact is confirmed or only reported, not both.", then="leave one of the flags out")
    asked = [word for word in pairs or [] if "=" not in word]
    given = parse_facts([word for word in pairs or [] if "=" in word])
    journal = outside.journal(incident, writing=bool(given), latest=not given)
    zone = outside.pinned_zone(journal)
    _must_be_pairs(journal, asked, given)
    values = [(name, ledger.read_value(journal, zone, name, value)) for name, value in given]
    for name in asked:
        ledger.noun(journal, name)
    clocks = deadlines.running(journal) if values else {}
    why = [_set(journal, name, value, confirmed, source) for name, value in values]
    names = list(dict.fromkeys([*(name for name, _ in given), *asked])) or list(journal.incident.runbook.facts)
    if as_json:
        outside.print_json({"schema_version": 1, "facts": ledger.data(journal, names), **_wrong(outside, journal)})
    else:
        for name in names:
            outside.print([f"{name}: {ledger.text(journal, zone, name)}"])
            outside.print(ledger.history(journal, zone, name) if name in asked else [])
        if given:
            outside.print(deadlines.changed(journal, zone, clocks))
            _tell(outside, journal, [name for name, _ in given])
    kept = [sentence for sentence in why if sentence]
    if kept:
        raise Refused(
            f"Not confirmed, kept as reported: {'; '.join(kept)}.",
            then=f'ask them, then: crisis fact {given[0][0]}=... --confirmed --source "who says so"',
        )
    return EXIT_DONE


def _must_be_pairs(journal: Journal, asked: list[str], given: list[tuple[str, str]]) -> None:
    """Raises UsageError for `fact NAME VALUE`, which is what a hurried hand types."""
    facts = {*journal.incident.runbook.facts, *journal.incident.facts}
    if len(asked) > 1 and not given and asked[0] in facts and not facts & set(asked[1:]):
        words = " ".join(asked[1:])
        value = f'"{words}"' if " " in words else words
        raise UsageError("A fact and its value stand with = between them.", then=f"crisis fact {asked[0]}={value}")


def _set(journal: Journal, name: str, value: Any, confirmed: bool, source: str) -> str:
    """Writes one value; why it is only reported, or ""."""
    from crisiscli.walk.ledger import Told, set_fact, why_only_reported

    told = Told(value, confirmed=confirmed, source=source)
    why = why_only_reported(journal, name, told)
    set_fact(journal, name, told)
    return why


def _tell(outside: Outside, journal: Journal, names: list[str]) -> None:
    """Which yeses and which words a change made wrong; the words are only computed once somebody approved some."""
    if not journal.store.approvals(journal.code):
        return
    from crisiscli.dispatch.corrections import open_corrections
    from crisiscli.walk.correcting import lapsed_lines, outdated_lines

    desk = outside.desk(journal)
    outside.print(lapsed_lines(desk, names))
    found = [one for one in open_corrections(desk) if {change.name for change in one.changes} & set(names)]
    outside.print(outdated_lines(desk, found))
    for message in dict.fromkeys(one.message for one in found):
        outside.print([f"Correct them: crisis send --correct {message}"])


def _wrong(outside: Outside, journal: Journal) -> dict[str, Any]:
    """What is out with an old value, as data."""
    from crisiscli.dispatch.corrections import changed_since, open_corrections

    found = open_corrections(outside.desk(journal)) if changed_since(journal) else []
    return {"to_correct": [{"place": one.place, "facts": [change.name for change in one.changes]} for one in found]}
