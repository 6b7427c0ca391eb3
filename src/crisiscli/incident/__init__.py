"""What happened: events, and the incident they fold into."""

from crisiscli.incident.event import FIRST, Event, moment_of, seal, stamp
from crisiscli.incident.fold import apply, fold
from crisiscli.incident.state import Incident

__all__ = ["FIRST", "Event", "Incident", "apply", "fold", "moment_of", "seal", "stamp"]
