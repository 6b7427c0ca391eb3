"""What conditions may look at in a running incident."""

from __future__ import annotations

from typing import Any

from crisiscli.incident.state import Incident


class IncidentWorld:
    """An incident as conditions see it."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident

    def fact(self, name: str) -> Any:
        """The usable value of a fact, or None while its `use` status is not reached or it is disputed."""
        noun = self.incident.runbook.facts.get(name)
        return self.incident.fact(name).usable(noun.use if noun else "reported")

    def decided(self, step: str) -> str | None:
        """The option chosen in a `decide` step, or None."""
        found = self.incident.decisions.get(step)
        return str(found["option"]) if found else None

    def was_sent(self, message: str, on: Any) -> bool:
        """True when the message is out on all, any, or the named channels."""
        noun = self.incident.runbook.messages.get(message)
        carried = {word.channel for word in self.incident.words if word.message == message}
        if on == "any" or noun is None:
            return bool(carried)
        wanted = set(noun.to) if on == "all" else set(on if isinstance(on, list) else [on])
        return bool(wanted) and wanted <= carried

    def signal(self, condition: dict[str, Any]) -> bool | None:
        """Readings of the outside are not kept by this version: always undecided."""
        return None
