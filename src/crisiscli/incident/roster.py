"""Who holds what by name, and what nobody has taken yet."""

from __future__ import annotations

from crisiscli.incident.state import Incident


def unclaimed(incident: Incident) -> tuple[str, ...]:
    """The roles of the runbook that nobody holds or stands by for by name: the lead has them all on top."""
    return tuple(
        role
        for role in incident.runbook.roles
        if role != "lead" and role not in incident.roles and role not in incident.standby
    )
