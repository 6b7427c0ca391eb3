"""What happened: events, and the incident they fold into."""

from crisiscli.incident.event import FIRST, Event, seal, stamp

__all__ = ["FIRST", "Event", "seal", "stamp"]
