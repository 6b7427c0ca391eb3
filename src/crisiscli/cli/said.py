"""`crisis said`: records words that left outside the program."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from crisiscli.cli.flags import ForIncident
from crisiscli.cli.outside import Outside
from crisiscli.errors import UsageError


def said(
    outside: Outside,
    text: Annotated[str, typer.Argument(help="The words, as they were said.")],
    channel: Annotated[str, typer.Option("--channel", help="Where: x, facebook, ivr, phone ...")],
    at: Annotated[str, typer.Option("--at", help='When: "12 min ago", 14:05; default now.')] = "now",
    by: Annotated[str, typer.Option("--by", help="Who said it.")] = "",
    link: Annotated[str, typer.Option("--link", help="Where it can be seen.")] = "",
    promise: Annotated[str | None, typer.Option("--promise", help="A time it promised.")] = None,
    standing: Annotated[bool, typer.Option("--standing", help="It is up until somebody takes it down.")] = False,
    inside: Annotated[bool, typer.Option("--inside", help="Only our own people heard it.")] = False,
    incident: ForIncident = None,
) -> int:
    """Record words that left outside this program: they count as said, and are never sent again from here.

    crisis said "We know about the odd message and are checking" --channel x --at "10 min ago" --by "night desk"
    """
    from crisiscli.facts import ago, read
    from crisiscli.incident import stamp
    from crisiscli.runbook import Fact

    journal = outside.journal(incident)
    zone = outside.pinned_zone(journal)
    now = outside.clock.now()
    if not text.strip():
        raise UsageError("Which words were said?", public="", then='crisis said "the words" --channel x')
    try:
        when = ago(at, now, zone)
        promised = read(Fact(ask="", type="time"), promise, now, zone) if promise else None
    except ValueError as error:
        raise UsageError(str(error), public="", then='--at "10 min ago"') from None
    data: dict[str, Any] = {
        "text": text,
        "channel": channel,
        "at": stamp(when),
        "by": journal.person(by) if by else journal.actor,
        "proof": link,
        "public": not inside,
        "standing": standing,
    }
    if promised:
        data["promise"] = stamp(journal.moment(str(promised)))
    journal.record("said", **data)
    outside.print(
        [f"Recorded as said on {channel} at {when.astimezone(zone):%H:%M}. Nothing was sent by recording it."]
    )
    return 0
