"""Calls: who is on the call, who did not answer, who holds which role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crisiscli.dispatch import Desk
from crisiscli.errors import AnswerNeeded, UsageError
from crisiscli.screen import Line, Option, Terminal, letter
from crisiscli.terminal.scripted import Scripted


def call(desk: Desk, terminal: Terminal, step: str, roles: Sequence[str]) -> list[str] | None:
    """One tick list for the whole call; those who are missing stay visible. None when nobody was ticked."""
    items = [Option(str(number), role, _label(desk, role)) for number, role in enumerate(roles, start=1)]
    if isinstance(terminal, Scripted):
        present = _from_answers(terminal, step, roles)
    else:
        present = terminal.tick(f"steps.{step}", "Who is on the call?", items)
    if not present:
        terminal.say("Nobody ticked: the step stays open.")
        return None
    missing = [role for role in roles if role not in present]
    for role in missing:
        desk.journal.record("tried", role=role, person=desk.journal.incident.holder(role), result="not on the call")
    if missing:
        terminal.say(Line(f"Not on the call: {', '.join(missing)}", "warn"), *_deputies(desk, missing))
    return present


def _from_answers(terminal: Scripted, step: str, roles: Sequence[str]) -> list[str]:
    given = terminal.get(f"steps.{step}")
    present = [str(role) for role in given] if isinstance(given, list) else [str(given)]
    if present in (["all"], ["done"]):
        return list(roles)
    wrong = [role for role in present if role not in roles]
    if wrong:
        raise AnswerNeeded(
            f"Step {step}: {', '.join(wrong)} is not among the roles to call.",
            key=f"steps.{step}",
            snippet=f"steps:\n  {step}: [{', '.join(roles)}]",
        )
    return present


def _label(desk: Desk, role: str) -> str:
    incident = desk.journal.incident
    noun = incident.runbook.roles.get(role)
    title = noun.title if noun else role
    given = incident.roles.get(role)
    listed = [person for person in desk.config.people.values() if role in person.roles]
    name = desk.journal.name(given) if given else " or ".join(person.name for person in listed)
    phone = desk.config.phone(name) or next((person.phone for person in listed if person.phone), "")
    return "  ".join(part for part in (title, name, phone) if part)


def _deputies(desk: Desk, roles: Sequence[str]) -> list[str]:
    lines = []
    for role in roles:
        noun = desk.journal.incident.runbook.roles.get(role)
        if noun and noun.deputy:
            lines.append(f"  {role}: next is {_label(desk, noun.deputy)}")
    return lines


def give_role(desk: Desk, terminal: Terminal) -> None:
    """Gives a role to a named person."""
    roles = list(desk.journal.incident.runbook.roles)
    options = [Option(letter(number), role, _label(desk, role)) for number, role in enumerate(roles)]
    options.append(Option("0", "back", "back"))
    role = terminal.choose("pick.role", "Which role?", options, record=False)
    if role == "back":
        return
    name = terminal.ask(f"roles.{role}", f"Who takes {role}?", hint="a name, Enter = back")
    if name.strip():
        desk.journal.give(role, name.strip())
        terminal.say(Line(f"{role}: {name.strip()} holds it now.", "good"))


def take_roles(desk: Desk, terminal: Terminal) -> None:
    """Roles from the answers file: `roles: {it: Ewa}`. Raises UsageError for a role the runbook has not."""
    if not isinstance(terminal, Scripted) or not terminal.has("roles"):
        return
    given = terminal.get("roles")
    if not isinstance(given, Mapping):
        raise UsageError("roles must name a person for each role.", then="roles: {it: Ewa}")
    for role, name in given.items():
        if role not in desk.journal.incident.runbook.roles:
            known = ", ".join(desk.journal.incident.runbook.roles)
            raise UsageError(f"roles.{role}: this runbook has no such role.", then=f"one of: {known}")
        if desk.journal.name(desk.journal.incident.holder(role)) != str(name):
            desk.journal.give(role, str(name))
