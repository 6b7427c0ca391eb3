"""`crisis verify`: walks the chain of the record from its first event."""

from __future__ import annotations

from crisiscli.cli.flags import Incident, Json
from crisiscli.cli.outside import Outside


def verify(outside: Outside, incident: Incident = None, as_json: Json = False) -> int:
    """Check that the record is whole: every event, every text, every approval. Exit 1 when it is not.

    crisis verify amber-heron
    """
    store, code = outside.meant(incident, writing=False, latest=True)
    found = store.verify(code)
    events = [] if found else store.events(code)
    head = events[-1].hash if events else ""
    if as_json:
        outside.print_json({"schema_version": 1, "code": code, "events": len(events), "head": head, "problems": found})
    else:
        outside.print(found or [f"{code}: {len(events)} events fit together. Head {head}."])
        outside.print(
            ["This proves that nothing was changed inside; only a copy of the head kept elsewhere proves the rest."]
        )
    return 1 if found else 0
