"""From `crisis.yaml` and `people.yaml` to a Config. Nothing in them can stop a crisis: what is wrong is left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from crisiscli.channels import CHANNELS
from crisiscli.config.bindings import read_binding
from crisiscli.config.company import Binding, Company, Config, Linting, Person, machine_zone, system_user, zone_known
from crisiscli.config.hours import read_hours
from crisiscli.config.sheet import Place, Sheet
from crisiscli.errors import FilesUnusable
from crisiscli.problem import Problem, Span
from crisiscli.providers.settings import is_reference, nearest
from crisiscli.source import read_file

KEYS = (
    "company", "languages", "timezone", "four_eyes", "mass_send", "channels", "recipients",
    "people", "me", "store", "runbooks", "templates", "lint", "region",
)  # fmt: skip
PERSON_KEYS = ("name", "phone", "email", "roles", "hours")


def read(path: Path) -> Config:
    """The Config of one file. Never raises; what could not be used stands in `problems`."""
    try:
        document = read_file(path)
    except FilesUnusable as error:
        return Config(path=path, problems=(_unreadable(path, error),))
    sheet = Sheet(document, path.parent)
    value = document.value if isinstance(document.value, dict) else {}
    given = sheet.mapping((), value, KEYS)
    people, found = _people(sheet, given.get("people"))
    me = sheet.text(("me",), given.get("me")) or system_user()
    return Config(
        path=path,
        company=_company(sheet, given.get("company")),
        languages=sheet.texts(("languages",), given.get("languages")),
        timezone=_timezone(sheet, given.get("timezone")),
        four_eyes=sheet.yes_no(("four_eyes",), given.get("four_eyes")),
        mass_send=_mass_send(sheet, given.get("mass_send")),
        channels=_channels(sheet, given.get("channels")),
        recipients=_recipients(sheet, given.get("recipients")),
        people=people,
        me=people[me].name if me in people else me,
        store=_store(sheet, given.get("store")),
        runbooks=_runbooks(sheet, given.get("runbooks")),
        templates=_templates(sheet, given.get("templates")),
        region=_region(sheet, given.get("region")),
        lint=_lint(sheet, given.get("lint")),
        problems=(*sheet.problems, *found),
    )


def _lint(sheet: Sheet, value: Any) -> Linting:
    given = sheet.mapping(("lint",), value, ("profile", "fail_on"))
    profile = sheet.one_of(("lint", "profile"), given.get("profile"), ("draft", "ready", "strict"))
    fail_on = sheet.one_of(("lint", "fail_on"), given.get("fail_on"), ("error", "warning", "note", "never"))
    return Linting(profile, fail_on)


def _unreadable(path: Path, error: FilesUnusable) -> Problem:
    return Problem(
        str(path), Span(1, 1, 1, 2), "missing-file", "C108", "error", f"The file {error.what}", cure=error.then
    )


def _company(sheet: Sheet, value: Any) -> Company:
    given = sheet.mapping(("company",), value, ("name", "verify_route", "tone"))
    tone = sheet.mapping(("company", "tone"), given.get("tone"))
    return Company(
        sheet.text(("company", "name"), given.get("name")),
        sheet.text(("company", "verify_route"), given.get("verify_route")),
        {language: sheet.text(("company", "tone", language), said) for language, said in tone.items()},
    )


def _timezone(sheet: Sheet, value: Any) -> str:
    name = sheet.text(("timezone",), value)
    if not name or zone_known(name):
        return name or machine_zone()
    sheet.find(("timezone",), "wrong-value", f"There is no time zone {name}.", "Write it like Europe/Warsaw.")
    return machine_zone()


def _mass_send(sheet: Sheet, value: Any) -> int | Literal["forbidden"] | None:
    if value is None:
        return None
    if value == "forbidden":
        return "forbidden"
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    sheet.find(("mass_send",), "wrong-value", "`mass_send` must be forbidden or a number of recipients.")
    return "forbidden"


def _channels(sheet: Sheet, value: Any) -> dict[str, Binding]:
    found = {}
    for name, given in sheet.mapping(("channels",), value).items():
        place: Place = ("channels", name)
        _known_channel(sheet, place, name)
        found[name] = read_binding(sheet, place, name, given)
        for index, other in enumerate(found[name].fallback):
            _known_channel(sheet, (*place, "fallback", index), other)
    return found


def _known_channel(sheet: Sheet, place: Place, name: str) -> None:
    if name not in CHANNELS:
        what = f"There is no channel `{name}`{nearest(name, CHANNELS) or '.'}"
        sheet.find(place, "unknown-channel", what, "Correct its name.", level="warning", key=place[-1] == name)


def _recipients(sheet: Sheet, value: Any) -> dict[str, dict[str, Path]]:
    found: dict[str, dict[str, Path]] = {}
    for audience, lists in sheet.mapping(("recipients",), value).items():
        for channel, given in sheet.mapping(("recipients", audience), lists).items():
            place: Place = ("recipients", audience, channel)
            _known_channel(sheet, place, channel)
            path = sheet.path(place, given)
            if path is not None:
                found.setdefault(audience, {})[channel] = path
    return found


def _people(sheet: Sheet, value: Any) -> tuple[dict[str, Person], list[Problem]]:
    path = sheet.path(("people",), value)
    if path is None or not path.exists():
        return {}, []
    try:
        document = read_file(path)
    except FilesUnusable as error:
        return {}, [_unreadable(path, error)]
    other = Sheet(document, path.parent)
    people = {}
    for name, given in document.value.items() if isinstance(document.value, dict) else ():
        person = other.mapping((name,), given, PERSON_KEYS)
        texts = {key: other.text((name, key), person.get(key)) for key in ("name", "phone", "email", "hours")}
        texts["name"] = texts["name"] or name
        texts["hours"] = _hours(other, (name, "hours"), texts["hours"])
        people[name] = Person(name, roles=other.texts((name, "roles"), person.get("roles")), **texts)
    return people, other.problems


def _hours(sheet: Sheet, place: Place, text: str) -> str:
    try:
        read_hours(text)
    except ValueError as error:
        sheet.find(place, "wrong-value", f"{error}.", "Until then this person counts as on at any time.")
        return ""
    return text


def _store(sheet: Sheet, value: Any) -> str:
    text = sheet.text(("store",), value, "sqlite")
    if text == "sqlite" or is_reference(text):
        return text
    try:
        parts = urlsplit(text)
        good, password = parts.scheme in ("postgresql", "postgres"), parts.password
    except ValueError:
        good, password = False, None
    if not good:
        sheet.find(("store",), "wrong-value", "`store` must be sqlite or begin with postgresql://.")
        return "sqlite"
    if password:
        what = "The password of the store stands in the file in the open."
        sheet.find(("store",), "open-secret", what, "Write env:NAME instead, and change the password.")
    return text


def _runbooks(sheet: Sheet, value: Any) -> tuple[Path, ...]:
    if value is None:
        usual = sheet.folder / "runbooks"
        return (usual,) if usual.is_dir() else ()
    items = value if isinstance(value, list) else [value]
    single = not isinstance(value, list)
    paths = (sheet.path(("runbooks",) if single else ("runbooks", index), item) for index, item in enumerate(items))
    return tuple(path for path in paths if path is not None)


def _templates(sheet: Sheet, value: Any) -> Path | None:
    usual = sheet.folder / "templates"
    return sheet.path(("templates",), value) or (usual if usual.is_dir() else None)


def _region(sheet: Sheet, value: Any) -> str:
    text = sheet.text(("region",), value).upper()
    if text and not re.fullmatch(r"[A-Z]{2}", text):
        sheet.find(("region",), "wrong-value", "`region` must be a country of two letters, such as PL.")
        return ""
    return text
