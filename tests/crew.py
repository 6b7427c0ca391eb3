"""A crew at night: a runbook with four roles in a line, the people who may hold them, and a desk to sit at."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crisiscli.config import load as load_config
from crisiscli.config import unpinned
from crisiscli.dispatch import Desk, Text
from crisiscli.incident import stamp
from crisiscli.journal import Journal
from crisiscli.loader import load
from crisiscli.loader.shipped import layouts, shipped
from crisiscli.stores import open_store
from crisiscli.terminal.plain import Plain
from crisiscli.walk.opening import Opening, open_incident
from journeys import SMALL

CODE = "amber-heron"
T0 = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""Sunday, 03:00 in Warsaw."""

ROLES = """\
  legal:
    title: Legal
    duty: Says yes.
    deputy: press
  press:
    title: Press desk
    duty: Stands in.
    deputy: it
  it:
    title: IT
    duty: Knows.
    deputy: legal
"""
PEOPLE = """\
ann: {name: Ann Nowak, phone: "+48 555 000 101", roles: [lead]}
dana: {name: Dana Ionescu, phone: "+40 721 000 111", roles: [legal], hours: "22:00-06:00"}
radu: {name: Radu Marin, phone: "+40 721 000 112", roles: [legal], hours: "Mon-Fri 08:00-18:00"}
ewa: {name: Ewa Kos, phone: "+48 555 000 103", roles: [press], hours: 24/7}
jan: {name: Jan Lis, roles: [it], hours: "Sat-Sun 00:00-24:00"}
"""
BOOK = (
    SMALL.replace("  press:\n    title: Press desk\n    duty: Stands in.\n", ROLES)
    .replace("    approve:\n      - lead\n", "    approve:\n      - legal\n")
    .replace(
        "      - id: ask-cause\n",
        "      - id: call\n        by: T+3m\n        call: [lead, legal, press, it]\n      - id: ask-cause\n",
    )
)


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def on(self, **span: int) -> None:
        """Time passes."""
        self.at += timedelta(**span)


class Crew:
    """One incident in a folder, with the desk of whoever types."""

    def __init__(self, folder: Path, book: str = BOOK, people: str = PEOPLE, **company: object) -> None:
        self.folder = folder
        (folder / "book.yaml").write_text(book, encoding="utf-8")
        (folder / "people.yaml").write_text(people, encoding="utf-8")
        lines = ["timezone: Europe/Warsaw", "people: people.yaml", "me: Ann Nowak"]
        lines += [f"{key}: {value}" for key, value in company.items()]
        (folder / "crisis.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.config = load_config(folder)
        self.watch = Watch(T0 + timedelta(minutes=8))
        self.store = open_store(folder / "state", "LIVE")

    def open(self, **more: Any) -> Desk:
        """Opens the incident at T+8, led and typed by Ann, with both facts known."""
        loaded = load(self.folder / "book.yaml")
        assert not loaded.problems, loaded.problems
        opening = Opening(
            loaded=loaded,
            layouts=layouts([shipped("templates")]),
            lead="Ann Nowak",
            operator="",
            t0=T0,
            learned=T0,
            code=CODE,
            **more,
        )
        open_incident(self.store, opening, self.config, self.watch)
        return self.desk()

    def desk(self, who: str = "Ann Nowak") -> Desk:
        """The desk of somebody at a terminal of their own."""
        journal = Journal(self.store, CODE, self.watch, self.store.person(who))
        return Desk(journal, unpinned(journal.incident.company, self.config))

    def know(self, desk: Desk, **facts: str) -> None:
        """Facts, confirmed."""
        for name, value in facts.items():
            desk.journal.record("fact_set", name=name, value=value, status="confirmed", source="")


def known(crew: Crew, desk: Desk) -> list[Text]:
    """The words of `holding`, with both facts known."""
    crew.know(desk, cause="pomyłka w teście", next_update=stamp(T0 + timedelta(hours=2)))
    return words(desk)


def words(desk: Desk) -> list[Text]:
    return [text for text in desk.texts("holding") if text.rendering]


def person(*lines: str) -> tuple[Plain, io.StringIO]:
    """Somebody who types these lines, and the paper their screen is."""
    out = io.StringIO()
    return Plain(io.StringIO("".join(line + "\n" for line in lines)), out), out


def kinds(desk: Desk) -> list[str]:
    """The kinds of all events, in order."""
    return [event.kind for event in desk.journal.store.events(desk.journal.code)]


@contextmanager
def nothing_recorded(desk: Desk) -> Iterator[None]:
    """Fails when an event was written in between; a refusal that is itself on record is no yes and no edit."""
    before = len(kinds(desk))
    yield
    assert [kind for kind in kinds(desk)[before:] if kind != "approval_void"] == []
