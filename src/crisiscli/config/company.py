"""What `crisis.yaml` says, as frozen nouns. A fresh install binds nothing, and that is a good Config."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from crisiscli.config.hours import Span, duty_text, on_now, uncovered
from crisiscli.problem import Problem

if TYPE_CHECKING:
    from crisiscli.providers.base import Settings


def system_user() -> str:
    """The full name of whoever is logged in, or the login name."""
    try:
        import pwd

        entry = pwd.getpwuid(os.getuid())
        return entry.pw_gecos.partition(",")[0].strip() or entry.pw_name
    except (ImportError, KeyError):
        pass
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "operator"


def machine_zone() -> str:
    """The machine's IANA time zone, or "" where the system does not name it."""
    named = os.environ.get("TZ", "").removeprefix(":")
    for text in (named, os.path.realpath("/etc/localtime")):
        name = text.rpartition("zoneinfo/")[2] if "zoneinfo/" in text else text
        if name and not name.startswith("/") and zone_known(name):
            return name
    return ""


def zone_known(name: str) -> bool:
    """True for a time zone of the IANA database."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return False
    return True


@dataclass(frozen=True)
class Company:
    """How the company speaks."""

    name: str = ""
    verify_route: str = ""
    """Where a customer can check that it is really us: the number on the card."""
    tone: Mapping[str, str] = field(default_factory=dict)
    """How people are addressed, by language: `{pl: Ty}`."""


@dataclass(frozen=True)
class Linting:
    """What the company asks of `crisis lint` where the command does not say; "" leaves it to lint."""

    profile: str = ""
    """`draft`, `ready` or `strict`."""
    fail_on: str = ""
    """`error`, `warning`, `note` or `never`."""


@dataclass(frozen=True)
class Recording:
    """A prompt that was recorded before the crisis: which message it says, its number, and its exact words."""

    message: str
    language: str
    prompt: str
    words: str


@dataclass(frozen=True)
class Binding:
    """Who carries a channel.

    `provider` is a name of PROVIDERS; `manual` means a person, named by `who`, working `through` something.
    `takes` holds how long that takes by `day` and by `night`, as durations (`20m`). `settings` is the
    provider's part, paths absolute, secrets still references (`env:HOOK`). `trouble` says why a channel that
    has a provider in the file is manual all the same.
    """

    channel: str
    provider: str = "manual"
    who: str = ""
    through: str = ""
    takes: Mapping[str, str] = field(default_factory=dict)
    proof: str = ""
    open: str = ""
    place: str = ""
    fallback: tuple[str, ...] = ()
    prerecorded: tuple[Recording, ...] = ()
    """Prompts of a spoken channel that only have to be switched on."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody who may be called."""

    id: str
    name: str
    phone: str = ""
    email: str = ""
    roles: tuple[str, ...] = ()
    """The roles this person may hold."""
    hours: str = ""
    """When they are on, as `hours.read_hours` reads it; "" for somebody who may be called at any time."""


@dataclass(frozen=True)
class Config:
    """Everything the company has settled before the crisis. `path` is None when there is no file.

    `mass_send` is the number of recipients above which a send counts as mass, `forbidden`, or None.
    `recipients` leads from audience and channel to a CSV file.
    """

    path: Path | None = None
    company: Company = Company()
    languages: tuple[str, ...] = ()
    timezone: str = field(default_factory=machine_zone)
    four_eyes: bool = False
    mass_send: int | Literal["forbidden"] | None = None
    channels: Mapping[str, Binding] = field(default_factory=dict)
    recipients: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    me: str = field(default_factory=system_user)
    store: str = field(default="sqlite", repr=False)
    runbooks: tuple[Path, ...] = ()
    templates: Path | None = None
    region: str = ""
    """The country whose phone numbers may be written without `+`: `PL`."""
    lint: Linting = Linting()
    problems: tuple[Problem, ...] = ()

    def runbook_folders(self) -> list[Path]:
        """Where runbooks lie: the company's folders first, the shipped ones after."""
        from crisiscli.loader.shipped import shipped

        own = self.runbooks or ((Path("runbooks"),) if Path("runbooks").is_dir() else ())
        return [*own, shipped("runbooks")]

    def template_folders(self) -> list[Path]:
        """Where layouts lie: the company's folder first, the shipped one after."""
        from crisiscli.loader.shipped import shipped

        return [*((self.templates,) if self.templates else ()), shipped("templates")]

    def binding(self, channel: str) -> Binding:
        """Who carries a channel; a person, when the file does not say."""
        return self.channels.get(channel) or Binding(channel)

    def resolve(self, binding: Binding) -> Settings:
        """The provider's settings with paths and secrets resolved. Raises Refused or FilesUnusable with the cure."""
        from crisiscli.config.secrets import resolve

        return resolve(binding)

    def zone(self) -> tzinfo:
        """The company's time zone; the machine's when none is named."""
        if self.timezone:
            from zoneinfo import ZoneInfo

            return ZoneInfo(self.timezone)
        from babel.localtime import get_localzone

        return get_localzone()

    @property
    def named_me(self) -> str:
        """The name the file gives for whoever types on this machine, or ""."""
        return self.me if self.me != system_user() else ""

    def person(self, who: str) -> Person | None:
        """The person of people.yaml by id or by name, whatever its case and spacing."""
        if who in self.people:
            return self.people[who]
        return next((found for found in self.people.values() if _spoken(found.name) == _spoken(who)), None)

    def phone(self, who: str) -> str:
        """The number of a person by name or id, or ""."""
        found = self.person(who)
        return found.phone if found else ""

    def holds(self, role: str) -> tuple[Person, ...]:
        """The people who may hold a role, in the file's order."""
        return tuple(person for person in self.people.values() if role in person.roles)

    def on_first(self, role: str, moment: datetime) -> tuple[Person, ...]:
        """The people who may hold a role, those who are on at a moment first."""
        zone = self.zone()
        return tuple(sorted(self.holds(role), key=lambda person: not on_now(person, moment, zone)))

    def on_now(self, role: str, moment: datetime) -> tuple[Person, ...]:
        """The people who may hold a role and are on at a moment."""
        zone = self.zone()
        return tuple(person for person in self.holds(role) if on_now(person, moment, zone))

    def gaps(self, role: str) -> tuple[Span, ...]:
        """The stretches of a week in which nobody who may hold a role is on; the whole week when nobody may.

        `str()` of a Span says it on the wall clock: `Sat 13:00 to Mon 08:00`.
        """
        return uncovered(self.holds(role))

    def reach(self, who: str, moment: datetime) -> str:
        """How somebody is reached, by name or id: `+48 600 000 001, on until 08:00`; "" for one not in the file."""
        found = self.person(who)
        if found is None:
            return ""
        return ", ".join(part for part in (found.phone, duty_text(found, moment, self.zone())) if part)


def _spoken(name: str) -> str:
    return " ".join(name.split()).casefold()
