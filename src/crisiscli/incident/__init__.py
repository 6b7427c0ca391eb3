"""What happened: events here, and in `fold` the incident they fold into.

Only events are imported with the package: adding one must not cost building a runbook.
"""

from crisiscli.incident.event import FIRST, Event, moment_of, seal, stamp

__all__ = ["FIRST", "Event", "moment_of", "seal", "stamp"]
