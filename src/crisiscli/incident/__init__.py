"""What happened: events, and the incident they fold into."""

from crisiscli.incident.event import FIRST, Event, seal, stamp
from crisiscli.incident.fold import Incident, fold

__all__ = ["FIRST", "Event", "Incident", "fold", "seal", "stamp"]
