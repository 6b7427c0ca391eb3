"""`crisis handover`: gives the lead to somebody else, with everything they need."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crisiscli.cli.flags import ForIncident, Json
from crisiscli.cli.outside import Outside
from crisiscli.errors import AnswerNeeded


def handover(
    outside: Outside,
    person: Annotated[str | None, typer.Argument(help="Who takes the lead.", show_default=False)] = None,
    accepted: Annotated[str | None, typer.Option("--accepted", help="What they said when they took it.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="Where to write the packet.")] = None,
    incident: ForIncident = None,
    as_json: Json = False,
) -> int:
    """Give the lead to somebody else: the packet to read aloud, the sentence to say, their yes on record.

    crisis handover "Tomasz Nowak"
    crisis handover "Tomasz Nowak" --accepted "I have it"
    """
    from crisiscli.walk import leading

    desk = outside.desk(outside.journal(incident))
    journal = desk.journal
    if accepted is None and outside.terminal.interactive:
        return 0 if leading.hand_lead(desk, outside.terminal, person or "", file) else 1
    if person is None:
        raise AnswerNeeded(
            "Who takes the lead?", key="--accepted", snippet="", then='crisis handover "NAME" --accepted "I have it"'
        )
    lines = leading.packet(journal, desk.zone, person)
    if accepted is None:
        outside.print(
            [f"Say: {leading.sentence(journal, person)}", "", *leading.spoken(journal, desk.zone), "", *lines]
        )
        raise AnswerNeeded(
            f"Does {person} have it? The lead stays where it is until they say so.",
            key="--accepted",
            snippet="",
            then=f'crisis handover "{person}" --accepted "I have it"',
        )
    path = leading.write(lines, journal.code, file)
    leading.accept(desk, person, lines, accepted)
    if as_json:
        outside.print_json({"schema_version": 1, "code": journal.code, "lead": person, "file": str(path)})
    else:
        outside.print([f"{person} leads {journal.code} now. Wrote {path}", f"They type: crisis resume {journal.code}"])
    return 0
