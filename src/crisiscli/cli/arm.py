"""`crisis arm`: before a planned test or change, everything is made ready and nothing has happened yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from crisiscli.cli.outside import Outside
from crisiscli.cli.walking import Asked, open_new, parse_facts
from crisiscli.errors import AnswerNeeded, NotFound, UsageError

if TYPE_CHECKING:
    from crisiscli.dispatch import Desk, Yes
    from crisiscli.journal import Journal


def arm(
    outside: Outside,
    runbook: Annotated[
        str | None,
        typer.Argument(help="Runbook id, a YAML file, or the code name of what is armed.", show_default=False),
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help='When the test is over: "Sun 06:00".')] = None,
    standby: Annotated[list[str] | None, typer.Option("--standby", help="ROLE=NAME: stands by.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who says yes to the holding text now.")] = None,
    how: Annotated[
        Literal["self", "phone", "reply", "room", "terminal"], typer.Option("--how", help="How the yes was given.")
    ] = "self",
    tag: Annotated[str, typer.Option("--tag", help="The tag that was said or texted back.")] = "",
    detail: Annotated[str, typer.Option("--detail", help="Number and time, or the reply.")] = "",
    may_vary: Annotated[list[str] | None, typer.Option("--may-vary", help="Facts left open; default all.")] = None,
    no_approval: Annotated[bool, typer.Option("--no-approval", help="No yes ahead.")] = False,
    lead: Annotated[str | None, typer.Option("--lead", help="Who leads if it goes wrong.")] = None,
    code_name: Annotated[str | None, typer.Option("--code-name", help="Code name to use.")] = None,
    off: Annotated[bool, typer.Option("--off", help="It is over, nothing happened.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="With --off: a line for the record.")] = "",
    answers: Annotated[Path | None, typer.Option("--answers", help="Answers file instead of questions.")] = None,
) -> int:
    """Before a planned test or change: who stands by, and words approved ahead. T0 is not set.

    crisis arm full-outage --until "Sun 06:00" --standby it=Ewa
    crisis arm --by Ann --how phone --tag M1-B7K2
    crisis arm --off
    """
    outside.use_answers(answers)
    armed = _armed(outside, runbook)
    if off:
        return _disarm(outside, armed, reason)
    given = dict(parse_facts(standby or []))
    journal = outside.opened(armed.store, armed.code) if armed else _open(outside, runbook, until, lead, code_name)
    _until(outside, journal, until)
    desk = outside.desk(journal)
    from crisiscli.dispatch import Yes

    yes = Yes(by, how, (), tag, detail, tuple(may_vary or ())) if by else None
    return _ready(outside, desk, given, yes, no_approval)


def _armed(outside: Outside, named: str | None) -> Journal | None:
    """The armed incident that is meant; None to arm a new one. Raises UsageError when several could be meant."""
    from crisiscli.walk.arming import waiting

    found = waiting(outside.store, lambda: outside.clock)
    if named is None:
        if len(found) > 1:
            codes = ", ".join(one.code for one in found)
            raise UsageError(f"Several incidents are armed: {codes}.", then=f"crisis arm {found[0].code}")
        return found[0] if found else None
    return next((one for one in found if named in (one.code, one.incident.runbook.id)), None)


def _disarm(outside: Outside, armed: Journal | None, reason: str) -> int:
    from crisiscli.walk.arming import disarm

    if armed is None:
        raise NotFound("No such incident is armed.", public="", then="crisis status")
    disarm(outside.opened(armed.store, armed.code), reason)
    outside.print([f"{armed.code} is disarmed. Nothing was sent."])
    return 0


def _open(outside: Outside, runbook: str | None, until: str | None, lead: str | None, code_name: str | None) -> Journal:
    from crisiscli.cli.runbooks import find_runbook, load_runbook
    from crisiscli.walk.arming import read_until

    loaded = load_runbook(outside, find_runbook(outside, runbook, "arm"))
    assert loaded.runbook is not None  # noqa: S101
    again = _armed(outside, loaded.runbook.id)
    if again is not None:
        return outside.opened(again.store, again.code)
    now = outside.clock.now()

    def check(typed: str) -> str | None:
        try:
            read_until(typed, now, outside.zone)
        except UsageError as error:
            return error.what
        return None

    if until is None:
        if not outside.terminal.interactive:
            then = f'crisis arm {runbook} --until "Sun 06:00"'
            raise AnswerNeeded("Until when is it armed?", key="--until", snippet="", then=then)
        until = outside.terminal.ask("until", "Until when does the test last?", hint="Sun 06:00", check=check)
    asked = Asked(lead=lead, code_name=code_name, until=read_until(until, now, outside.zone))
    return open_new(outside, loaded, now, asked)


def _until(outside: Outside, journal: Journal, until: str | None) -> None:
    """An incident that is armed already keeps its time. Raises UsageError when another one was typed."""
    from crisiscli.walk.arming import armed_text, read_until

    kept = journal.incident.armed_until
    if until is not None and kept is not None and read_until(until, outside.clock.now(), outside.zone) != kept:
        then = f'crisis arm {journal.code} --off, then arm again with --until "{until}"'
        raise UsageError(f"{armed_text(journal, outside.zone)}.", then=then)


def _ready(outside: Outside, desk: Desk, given: dict[str, str], yes: Yes | None, no_approval: bool) -> int:
    from crisiscli.walk import arming

    terminal, code = outside.terminal, desk.journal.code
    message = desk.journal.incident.runbook.holding()
    arming.stand_by(desk, terminal, given)
    if message is not None and not no_approval:
        arming.show_ahead(desk, terminal, message)
        if yes is not None:
            arming.say_yes(desk, terminal, message, yes)
        elif terminal.interactive:
            arming.ask_ahead(desk, terminal, message)
    outside.print(["", f"Armed: {code}. T0 is not set. If it goes wrong: crisis start"])
    missing = arming.missing_yes(desk, message) if message is not None and not no_approval else []
    if message is None or not missing or terminal.interactive:
        return 0
    from crisiscli.dispatch.ahead import ahead_tag

    flags = f"--by NAME --how phone --tag {ahead_tag(desk, message)}"
    raise AnswerNeeded(
        f"{code} is armed. {message} still needs a yes ahead from {', '.join(missing)}.",
        key="--by",
        snippet="",
        then=f"crisis arm {code} {flags}   or   --no-approval",
    )
