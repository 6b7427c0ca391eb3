"""`crisis preview`: every message as it will look, from a runbook that has no incident yet."""

from __future__ import annotations

from typing import Annotated

import typer

from crisiscli.cli.flags import Json
from crisiscli.cli.outside import Outside
from crisiscli.errors import UsageError


def preview(
    outside: Outside,
    runbook: Annotated[
        str | None,
        typer.Argument(help="Runbook id, or a YAML file; default: yours, when there is one.", show_default=False),
    ] = None,
    message: Annotated[
        list[str] | None, typer.Option("--message", help="Only these messages, as holding,status.")
    ] = None,
    channel: Annotated[list[str] | None, typer.Option("--channel", help="Only these channels, as x,sms.")] = None,
    lang: Annotated[list[str] | None, typer.Option("--lang", help="Only these languages, as pl,en.")] = None,
    fact: Annotated[list[str] | None, typer.Option("--fact", help="NAME=VALUE, taken as confirmed.")] = None,
    longest: Annotated[bool, typer.Option("--longest", help="The other facts at their longest value.")] = False,
    as_seen: Annotated[
        bool, typer.Option("--as-seen", help="As its channel shows it, languages side by side.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="The same, drawn again at every save.")] = False,
    diff: Annotated[
        str | None, typer.Option("--diff", help="Only what reads otherwise since this git revision.")
    ] = None,
    as_json: Json = False,
) -> int:
    """See every message as it will look on each channel, measured. Nothing can be sent from here.

    crisis preview erroneous-mass-message
    crisis preview erroneous-mass-message --message holding --fact next_update=14:30
    crisis preview runbooks/outage.yaml --watch
    crisis preview runbooks/outage.yaml --diff HEAD
    """
    from crisiscli.cli import previewing
    from crisiscli.cli.runbooks import find_runbook, load_runbook
    from crisiscli.cli.walking import parse_facts
    from crisiscli.loader.shipped import SETTINGS_FILES
    from crisiscli.walk.previewing import Wanted

    if (watch or as_seen) and (diff is not None or as_json):
        raise UsageError("--watch and --as-seen are for the eye.", public="", then="leave --diff and --json out")
    wanted = Wanted(_each(message), _each(channel), _each(lang))
    path = find_runbook(outside, runbook or _only(outside), "preview")
    if path.name in SETTINGS_FILES:
        raise UsageError(f"{path.name} is no runbook.", public="", then="crisis preview RUNBOOK")
    texts = previewing.Texts(outside, path, wanted, parse_facts(fact or []), longest)
    if watch:
        return previewing.watch(texts)
    loaded = load_runbook(outside, path)
    found = texts.of(loaded)
    previewing.warn(outside, loaded)
    if diff is not None:
        return previewing.tell_differences(texts, found, diff, as_json=as_json)
    if as_seen:
        return previewing.show_as_seen(texts, found)
    return previewing.show(texts, found, as_json=as_json)


def _only(outside: Outside) -> str | None:
    """The runbook of a company that has one."""
    from crisiscli.loader.shipped import find_runbooks

    found = find_runbooks(outside.config.runbooks)
    return next(iter(found)) if len(found) == 1 else None


def _each(typed: list[str] | None) -> tuple[str, ...]:
    """Names that were typed apart or with commas between them, each once."""
    return tuple(dict.fromkeys(name for words in typed or () for name in words.replace(",", " ").split()))
