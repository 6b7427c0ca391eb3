"""`crisis channel`: which channels carry words now, who carries them, and what is up there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from crisiscli.cli.flags import ForIncident, Json
from crisiscli.cli.outside import Outside
from crisiscli.errors import UsageError

if TYPE_CHECKING:
    from crisiscli.dispatch import Desk

HEALTH = ("up", "degraded", "down")


def channel(
    outside: Outside,
    name: Annotated[str | None, typer.Argument(metavar="CHANNEL", help="None: list them.", show_default=False)] = None,
    health: Annotated[str | None, typer.Argument(help="up, degraded or down.", show_default=False)] = None,
    why: Annotated[str, typer.Option("--why", help="What is wrong with it, or who says so.")] = "",
    incident: ForIncident = None,
    as_json: Json = False,
) -> int:
    """See or change which channels carry words now. A channel that is down has reached nobody.

    crisis channel
    crisis channel website down --why "data centre dead"
    crisis channel website up
    """
    from crisiscli.walk import channels

    if health is not None and health not in HEALTH:
        raise UsageError(f"{health!r} is no state of a channel.", public="", then=f"one of: {', '.join(HEALTH)}")
    desk = outside.desk(outside.journal(incident, writing=health is not None, latest=health is None))
    known = channels.names(desk)
    if name is not None and name not in known:
        from crisiscli.providers.settings import nearest

        raise UsageError(f"There is no channel {name}{nearest(name, known)}.", public="", then="crisis channel")
    if name is not None and health is not None:
        channels.set_health(desk.journal, name, health, why)
    elif why:
        raise UsageError(
            "--why belongs to a state.", public="", then=f"crisis channel {name or 'website'} down --why ..."
        )
    _print(outside, desk, [name] if name else known, changed=health is not None, as_json=as_json)
    return 0


def _print(outside: Outside, desk: Desk, names: list[str], *, changed: bool, as_json: bool) -> None:
    from crisiscli.walk import channels

    found: list[dict[str, Any]] = [channels.data(desk, one) for one in names]
    if as_json:
        outside.print_json({"schema_version": 1, "code": desk.journal.code, "channels": found})
        return
    outside.print([line for one in found for line in channels.lines(desk, one)])
    if changed:
        outside.print(channels.consequences(desk, names[0]))
