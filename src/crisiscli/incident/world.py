"""What conditions may look at in a running incident."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from crisiscli.conditions import Verdict
from crisiscli.incident.signals import judge
from crisiscli.incident.state import Incident


class IncidentWorld:
    """An incident as conditions see it at `now`; without it, at its last event."""

    def __init__(self, incident: Incident, now: datetime | None = None) -> None:
        self.incident = incident
        self.now = now

    def fact(self, name: str) -> Any:
        """The usable value of a fact, or None while its `use` status is not reached or it is disputed."""
        noun = self.incident.runbook.facts.get(name)
        return self.incident.fact(name).usable(noun.use if noun else "reported")

    def decided(self, step: str) -> str | None:
        """The option chosen in a `decide` step, or None."""
        found = self.incident.decisions.get(step)
        return str(found["option"]) if found else None

    def was_sent(self, message: str, on: Any) -> Verdict:
        """Whether the message is out on all, any, or the named channels, and which of them it is not out on yet.

        Words that left while their channel was down are not out: they reached nobody.
        """
        noun = self.incident.runbook.messages.get(message)
        words = [word for word in self.incident.words if word.message == message]
        carried = {word.channel for word in words if not self.incident.unheard(word)}
        if on == "any" or noun is None:
            return Verdict(bool(carried), () if carried else (f"{message} is not out on any channel",))
        wanted = noun.to if on == "all" else tuple(str(name) for name in (on if isinstance(on, list) else [on]))
        missing = [name for name in wanted if name not in carried]
        if not wanted:
            return Verdict(False, (f"{message} names no channel",))
        shown = ", ".join(f"{name} (down)" if self.incident.channel_down(name) else name for name in missing)
        return Verdict(not missing, (f"{message} is not out on {shown}",) if missing else ())

    def signal(self, condition: dict[str, Any]) -> Verdict:
        """Whether the readings satisfy a signal condition; undecided without enough of them, and why."""
        return judge(condition, self.incident, self.now)
