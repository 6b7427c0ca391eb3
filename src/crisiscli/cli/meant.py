"""Which incident is meant: the named one, or the one a person must mean who names none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from crisiscli.errors import NotFound, UsageError

if TYPE_CHECKING:
    from crisiscli.stores.base import Heading, Store


class Meant(NamedTuple):
    """An incident and the file that keeps it."""

    store: Store
    heading: Heading


def meant(files: Sequence[Store], incident: str | None, *, latest: bool = False) -> Meant:
    """The incident of that code name; without one the only open one, with `latest` else the newest.

    `files` holds the LIVE store before the DRILL one. Without a name a running LIVE incident counts before an armed
    one, and that before a drill. Raises NotFound when there is none, UsageError when several could be meant.
    """
    every = [Meant(store, heading) for store in files for heading in store.headings()]
    if incident is not None:
        return _named(every, incident)
    opened = _open(every)
    if len(opened) == 1:
        return opened[0]
    if latest and every:
        return (opened if opened and opened[0].heading.mode == "LIVE" else every)[0]
    if not opened:
        raise NotFound("No incident is open.", public="", then="crisis start")
    names = ", ".join(one.heading.code for one in opened)
    what = "Several incidents are open" if opened[0].heading.mode == "LIVE" else "Several drills are open"
    raise UsageError(f"{what}: {names}.", public="", then="name the one you mean")


def _named(every: Sequence[Meant], incident: str) -> Meant:
    found = next((one for one in every if one.heading.code == incident), None)
    if found is None:
        known = ", ".join(one.heading.code for one in every[:5]) or "none"
        raise NotFound(f"There is no incident {incident}. Known: {known}.", public="", then="crisis status")
    return found


def _open(every: Sequence[Meant]) -> list[Meant]:
    """The open ones of the first kind that has any: running, drills beside an armed one, armed."""
    live = [one for one in every if one.heading.mode == "LIVE" and not one.heading.ended]
    drills = [one for one in every if one.heading.mode == "DRILL" and not one.heading.ended]
    if len(live) + len(drills) > 1:
        live = [one for one in live if not is_armed(one)] or ([] if drills else live)
    return live or drills


def is_armed(one: Meant) -> bool:
    """True while nothing happened yet: T0 of the incident is not set."""
    events = one.store.events(one.heading.code)
    return bool(events and events[0].data.get("armed")) and all(event.kind != "begun" for event in events)
