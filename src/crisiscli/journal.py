"""Journal: one incident, the store that keeps it, and who is at the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from crisiscli.clock import Clock
from crisiscli.errors import NotFound
from crisiscli.incident import Event, moment_of
from crisiscli.incident.fold import apply, fold
from crisiscli.incident.state import Incident
from crisiscli.stores.base import Entry, Store


class Journal:
    """Records what happens and keeps the folded incident up to date, with what other terminals wrote too.

    `actor` is the person id of whoever types. Raises NotFound for an incident the store does not know.
    """

    def __init__(self, store: Store, code: str, clock: Clock, actor: str) -> None:
        events = store.events(code)
        if not events:
            raise NotFound(f"There is no incident {code}.", then="crisis status")
        self.store = store
        self.code = code
        self.clock = clock
        self.actor = actor
        self.incident: Incident = fold(events)
        self.names = store.names()

    def now(self) -> datetime:
        """The present moment of this incident, never before its last event."""
        return self.incident.moment(self.clock.now())

    def entry(self, kind: str, /, **data: Any) -> Entry:
        """An event about to be written, by this actor, now."""
        return Entry(kind, data, self.actor, self.clock.now())

    def record(self, kind: str, /, **data: Any) -> Event:
        """Writes one event, and takes in what others wrote before it."""
        event = self.store.append(self.code, self.entry(kind, **data))
        assert event is not None  # noqa: S101 - only a guarded append can be refused
        self.refresh()
        return event

    def record_while(self, holds: Callable[[Incident], bool], kind: str, /, **data: Any) -> Event | None:
        """Writes one event if `holds` is true of everything written before it, by any terminal; else None.

        Two people answering the same question at once cannot both win.
        """
        while True:
            self.refresh()
            if not holds(self.incident):
                return None
            event = self.store.append(self.code, self.entry(kind, **data), after=self.incident.seq)
            if event is not None:
                self.refresh()
                return event

    def refresh(self) -> Sequence[Event]:
        """Takes in the events written since, by this terminal or another; returns them."""
        events = self.store.events(self.code, after=self.incident.seq)
        for event in events:
            apply(self.incident, event)
        return events

    def person(self, name: str) -> str:
        """The id of a person, made when the name is new."""
        found = self.store.person(name)
        if found not in self.names:
            self.names = self.store.names()
        return found

    def name(self, person: str) -> str:
        """The name behind a person id; the id itself when it is not known here."""
        if person and person not in self.names:
            self.names = self.store.names()
        return self.names.get(person, person)

    def give(self, role: str, name: str) -> None:
        """Gives a role to a person."""
        self.record("role_taken", role=role, person=self.person(name))

    @staticmethod
    def moment(text: str) -> datetime:
        """A time from the record or the ledger."""
        return moment_of(text)
