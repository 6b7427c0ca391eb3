"""`crisis preview`: every message as it will look, from a runbook that has no incident yet."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from crisiscli.cli.flags import Json
from crisiscli.cli.outside import Outside


def preview(
    outside: Outside,
    runbook: Annotated[str, typer.Argument(help="Runbook id, or a YAML file.")],
    message: Annotated[list[str] | None, typer.Option("--message", help="Only these messages.")] = None,
    channel: Annotated[list[str] | None, typer.Option("--channel", help="Only these channels.")] = None,
    lang: Annotated[list[str] | None, typer.Option("--lang", help="Only these languages.")] = None,
    fact: Annotated[list[str] | None, typer.Option("--fact", help="NAME=VALUE, taken as confirmed.")] = None,
    as_json: Json = False,
) -> int:
    """See every message as it will look on each channel, measured. Nothing can be sent from here.

    crisis preview erroneous-mass-message
    crisis preview erroneous-mass-message --message holding --fact next_update=14:30
    """
    from crisiscli.cli.runbooks import find_runbook, load_runbook
    from crisiscli.cli.walking import parse_facts
    from crisiscli.loader.shipped import layouts
    from crisiscli.walk.previewing import Wanted, data, lines, previews

    loaded = load_runbook(outside, find_runbook(outside, runbook))
    assert loaded.runbook is not None  # noqa: S101
    wanted = Wanted(tuple(message or ()), tuple(channel or ()), tuple(lang or ()))
    company: dict[str, Any] = {
        "name": outside.config.company.name,
        "verify_route": outside.config.company.verify_route,
        "tone": dict(outside.config.company.tone),
    }
    found = previews(
        loaded.runbook,
        layouts(outside.template_folders()),
        company,
        outside.zone,
        wanted,
        parse_facts(fact or []),
        outside.clock.now(),
    )
    if as_json:
        outside.print_json({"schema_version": 1, "runbook": loaded.runbook.id, "texts": [data(one) for one in found]})
    else:
        outside.print([line for one in found for line in lines(one)])
    return 0
