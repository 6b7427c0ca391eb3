"""The outside world of a command: flags, configuration, clock, store and terminal, each made when first needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from crisiscli.clock import Clock, PacedClock, open_clock
from crisiscli.errors import FilesUnusable, NotFound
from crisiscli.screen import Line, Terminal

if TYPE_CHECKING:
    from crisiscli.cli.meant import Meant
    from crisiscli.config import Config
    from crisiscli.dispatch import Desk
    from crisiscli.journal import Journal
    from crisiscli.stores.base import Mode, Store


class Flags(NamedTuple):
    """The flags every command has."""

    plain: bool = False
    no_input: bool = False
    color: Literal["auto", "always", "never"] = "auto"
    dir: Path | None = None


class Outside:
    """Everything a command needs from outside, lazily: a command that needs no network imports none."""

    def __init__(self, flags: Flags) -> None:
        self.flags = flags
        self._answers: Mapping[str, Any] | None = None

    @cached_property
    def clock(self) -> Clock:
        """What time it is; once a drill is meant, what time it is in that drill."""
        return open_clock()

    @cached_property
    def config(self) -> Config:
        from crisiscli.config import load

        return load(self.flags.dir)

    @cached_property
    def zone(self) -> tzinfo:
        return self.config.zone()

    @cached_property
    def state(self) -> Path:
        """Where incidents are kept: `CRISIS_STATE`, or the user's state folder."""
        chosen = os.environ.get("CRISIS_STATE")
        if chosen:
            return Path(chosen)
        from platformdirs import user_state_path

        return user_state_path("crisis", appauthor=False)

    @cached_property
    def store(self) -> Store:
        """The LIVE store, for writing. Raises FilesUnusable when the state folder cannot be used."""
        from crisiscli.stores import open_store

        return open_store(self.state, "LIVE")

    @cached_property
    def drills(self) -> Store:
        """The DRILL store, for writing: another file. Raises FilesUnusable when the state folder cannot be used."""
        from crisiscli.stores import open_store

        return open_store(self.state, "DRILL")

    @cached_property
    def reading(self) -> Store:
        """The LIVE store for reading only: works on a read-only disk. Raises NotFound when nothing was ever opened."""
        return self._reading("LIVE")

    def _reading(self, mode: Mode) -> Store:
        from crisiscli.stores import open_readonly

        if not self._kept(mode):
            raise NotFound("No incident was ever opened here.", public="", then="crisis start")
        return open_readonly(self.state, mode)

    def _kept(self, mode: Mode) -> bool:
        return (self.state / f"{mode.lower()}.db").exists()

    def files(self, *, writing: bool) -> list[Store]:
        """The LIVE record and the one of drills, those that were ever begun. Raises NotFound for none.

        A file of drills that cannot be used is left out while there is a LIVE one: practice never blocks a crisis.
        """
        found: list[Store] = []
        if self._kept("LIVE") or not self._kept("DRILL"):
            found.append(self.store if writing else self.reading)
        try:
            if self._kept("DRILL"):
                drills = self.drills if writing else self._reading("DRILL")
                drills.headings()
                found.append(drills)
        except FilesUnusable:
            if not found:
                raise
        return found

    @cached_property
    def terminal(self) -> Terminal:
        from crisiscli.terminal import open_terminal

        return open_terminal(
            plain=self.flags.plain, no_input=self.flags.no_input, answers=self._answers, color=self.flags.color
        )

    def use_answers(self, path: Path | None) -> None:
        """Answers come from a file, not from a person. Raises FilesUnusable for a file that cannot be read."""
        if path is None:
            return
        from crisiscli.source import read_file

        document = read_file(path)
        if not any(line.strip() and not line.lstrip().startswith("#") for line in document.text.splitlines()):
            self._answers = {}
            return
        if not document.ok or not isinstance(document.value, dict):
            first = document.problems[0] if document.problems else None
            where = f"{path}:{first.span.line}:{first.span.column}" if first else str(path)
            raise FilesUnusable(first.what if first else "this is no answers file", where=where, then="mend the file")
        self._answers = document.value

    def print(self, lines: Iterable[Line | str]) -> None:
        """Data, on stdout."""
        from crisiscli.terminal.lines import printer

        printer("never" if self.flags.plain else self.flags.color)(lines)

    def print_json(self, value: Any) -> None:
        """One JSON document, on stdout."""
        import json

        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def meant(self, incident: str | None = None, *, writing: bool = True, latest: bool = False) -> tuple[Store, str]:
        """The file and the code name of the incident that is meant; one that is a drill says so first, on stderr.

        `latest` takes the newest when not exactly one is open. Raises NotFound when there is none, UsageError when
        several could be meant.
        """
        found = self._meant(incident, writing=writing, latest=latest)
        return found.store, found.heading.code

    def _meant(self, incident: str | None, *, writing: bool, latest: bool) -> Meant:
        from crisiscli.cli.meant import meant

        found = meant(self.files(writing=writing), incident, latest=latest)
        if found.heading.mode == "DRILL" and incident is None:
            sys.stderr.write(f"DRILL  {found.heading.code}: no LIVE incident is open.\n")
        return found

    def runbook_folders(self) -> list[Path]:
        """Where runbooks lie: the company's folders first, the shipped ones after."""
        return self.config.runbook_folders()

    def template_folders(self) -> list[Path]:
        """Where layouts lie: the company's folder first, the shipped one after."""
        return self.config.template_folders()

    def operator(self) -> str:
        """The name of whoever types, when the environment or `crisis.yaml` says it; else ""."""
        return os.environ.get("CRISIS_USER", "") or self.config.named_me

    def lead(self, named: str | None) -> str:
        """The name of the lead of a new incident: the named one, whoever types, or the machine's user."""
        return named or self.operator() or self.config.me

    def journal(self, incident: str | None = None, *, writing: bool = True, latest: bool = False) -> Journal:
        """The journal of an incident, typed into by `CRISIS_USER`, or by whoever opened or took it over.

        That of a drill keeps the drill's own time, and so does `clock` from then on.
        """
        store, code = self.meant(incident, writing=writing, latest=latest)
        return self.opened(store, code, writing=writing)

    def opened(self, store: Store, code: str, *, writing: bool = True) -> Journal:
        """The same for an incident that was found already."""
        from crisiscli.journal import Journal

        clock = self.clock.inner if isinstance(self.clock, PacedClock) else self.clock
        journal = Journal(store, code, clock, "")
        if journal.incident.mode == "DRILL":
            self.clock = journal.clock = PacedClock(clock, lambda: journal.incident.pace)
        name = os.environ.get("CRISIS_USER", "")
        journal.actor = store.person(name) if name and writing else journal.incident.operator
        return journal

    def pinned_zone(self, journal: Journal) -> tzinfo:
        """The company's time zone as it was pinned; the machine's when none was."""
        from datetime import datetime
        from zoneinfo import ZoneInfo

        name = journal.incident.company.get("timezone")
        return ZoneInfo(str(name)) if name else datetime.now().astimezone().tzinfo or UTC

    def append(self, incident: str | None) -> tuple[Callable[[str, dict[str, Any]], None], str]:
        """A way to add one event without reading the others: what `note` needs in an incident of any length."""
        from crisiscli.stores.base import Entry

        store, heading = self._meant(incident, writing=True, latest=False)
        code = heading.code
        if heading.mode == "DRILL":
            journal = self.opened(store, code)

            def record(kind: str, data: dict[str, Any]) -> None:
                journal.record(kind, **data)

            return record, code
        name = os.environ.get("CRISIS_USER", "")
        actor = store.person(name) if name else store.operator(code)

        def write(kind: str, data: dict[str, Any]) -> None:
            store.append(code, Entry(kind, data, actor, self.clock.now()))

        return write, code

    def desk(self, journal: Journal) -> Desk:
        """The desk of an incident, with the rules that were pinned when it began."""
        from crisiscli.config import unpinned
        from crisiscli.dispatch import Desk

        return Desk(journal, unpinned(journal.incident.company, self.config))
