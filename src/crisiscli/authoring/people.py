"""`people.yaml` with made-up people, and the copy of it that is committed."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.authoring.quoting import filled, modeline
from crisiscli.authoring.setup import Setup
from crisiscli.authoring.writing import Wanted

MADE_UP = ("ann", "ben", "cleo", "dan")
"""Four people: each role is held by one of them, and by the next one as well."""

EXAMPLE = "people.example.yaml"


def people(setup: Setup) -> Iterator[Wanted]:
    """The file that git ignores, and its example."""
    if setup.people is None:
        return
    entries = "\n".join(_person(number, name, setup.roles or ("lead",)) for number, name in enumerate(MADE_UP))
    line = modeline(setup.seen_from(setup.people.parent), "people")
    mine = filled("people.yaml", modeline=line, about=_PRIVATE, people=entries)
    yield Wanted(setup.people, mine, "who is called: edit this first")
    line = modeline(setup.seen_from(setup.folder), "people")
    example = filled("people.yaml", modeline=line, about=_COMMITTED, people=entries)
    yield Wanted(setup.folder / EXAMPLE, example, "its form; this one is committed")


_PRIVATE = """\
# Who may be called, and for which role. The first name that holds a role is called first.
# These four are made up. Put your own people in their place before you count on this file.
# It holds private numbers: git ignores it (.gitignore). Keep a copy where the on-call lead finds it without network."""
_COMMITTED = """\
# How people.yaml is written. Everybody here is made up: copy it to people.yaml and put your own people in.
# Never write a real name or number into this file: it is committed."""


def _person(number: int, name: str, roles: tuple[str, ...]) -> str:
    held = [role for at, role in enumerate(roles) if number in (at % len(MADE_UP), (at + 1) % len(MADE_UP))]
    # Ofcom keeps 020 7946 0000 to 0999 for drama: these numbers reach nobody.
    lines = [
        f"{name}:",
        f"  name: {name.capitalize()} (made up)",
        f'  phone: "+44 20 7946 000{number + 1}"',
        f"  email: {name}@example.com",
        "  roles:",
        *(f"    - {role}" for role in held or roles[:1]),
        f'  hours: "{_HOURS[number]}"',
    ]
    return "\n".join(lines)


_HOURS = ("24/7", "Mon-Fri 08:00-18:00", "24/7", "06:00-22:00")
"""Whoever has hours stands beside somebody who is always on."""
