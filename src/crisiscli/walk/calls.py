"""Calls: the whole call as one tick list, who takes which role by being there, and one key for everybody missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crisiscli.dispatch import Desk
from crisiscli.dispatch.ladder import LATER, REACHED
from crisiscli.errors import AnswerNeeded, UsageError
from crisiscli.screen import Line, Option, Terminal, letter
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk import missing
from crisiscli.walk.ladder import first_rung, held_by, holder_text, ladder, rung_text, title_of, tries_text

__all__ = ["call", "give_role", "sentence", "take_roles"]


def call(desk: Desk, terminal: Terminal, step: str, roles: Sequence[str]) -> list[str] | None:
    """One tick list for the whole call; returns the roles that are on it, None when nobody is.

    Who is ticked holds the role from now on, when people.yaml knows a name for it. Everybody missing is asked about
    with one key each; they stay visible until somebody has the role.
    """
    terminal.say(*_opening(desk, step))
    items = [Option(letter(number), role, _label(desk, role)) for number, role in enumerate(roles)]
    if isinstance(terminal, Scripted):
        present = _from_answers(terminal, step, roles)
    else:
        present = terminal.tick(f"steps.{step}", "Who is on the call?", items, _on_it(desk, roles))
    for role in present:
        _takes(desk, terminal, role)
    absent = [role for role in roles if role not in present]
    if absent:
        terminal.say(Line(f"Not on the call: {', '.join(absent)}", "warn"))
        came = missing.ask(desk, terminal, absent)
        present = [role for role in roles if role in present or role in came]
    if not present:
        terminal.say("Nobody is on the call yet: the step stays open.")
        return None
    return present


def _on_it(desk: Desk, roles: Sequence[str]) -> list[str]:
    """Who was on the call of the runbook before this one: they are ticked already."""
    incident = desk.journal.incident
    before = {role for one in incident.walked if one.verb == "call" for role in _listed(incident.step(one.id).value)}
    return [role for role in roles if role in before]


def _listed(value: object) -> list[str]:
    return [str(role) for role in value] if isinstance(value, list) else []


def sentence(desk: Desk, to: str = "") -> str:
    """What to say on the phone when the runbook has no sentence of its own."""
    incident = desk.journal.incident
    start = f"{to}, this is" if to else "This is"
    return (
        f"{start} {desk.journal.name(incident.lead)}. {incident.runbook.title}, code name {incident.code}. "
        "Join the call now. Do you take your role?"
    )


def _opening(desk: Desk, step: str) -> list[Line | str]:
    noun = desk.journal.incident.runbook.step(step)
    if noun is not None and noun.say:
        return []
    return ["", Line(f'Say   "{sentence(desk)}"', "strong")]


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
    """Title, name on now, number, hours, and what came of the tries so far."""
    rung = first_rung(desk, role)
    tries = [one for one in desk.journal.incident.tries.get(role, ()) if one.result != LATER]
    who = ", ".join(part for part in (rung.name, rung.reach) if part) if rung else "nobody is named"
    return "  ".join(part for part in (title_of(desk, role), who, tries_text(tries, desk.zone)) if part)


def _takes(desk: Desk, terminal: Terminal, role: str) -> None:
    """Somebody is on the call for a role: from now on a name holds it, when there is one."""
    journal = desk.journal
    if not held_by(desk, role):
        name = _who_came(desk, terminal, role)
        if name:
            journal.give(role, name)
            terminal.say(Line(f"{role}: {name} holds it now.", "good"))
    tries = journal.incident.tries.get(role, ())
    if tries and tries[-1].back is not None:
        journal.record("tried", role=role, person=journal.incident.holder(role), result=REACHED)


def _who_came(desk: Desk, terminal: Terminal, role: str) -> str:
    """The name behind a tick: the only one on now, the only one at all, or the answer to a question."""
    now = desk.journal.now()
    people = desk.config.on_now(role, now) or desk.config.holds(role)
    if len(people) < 2:
        return people[0].name if people else ""
    if isinstance(terminal, Scripted):
        return ""
    options = [
        Option(letter(number), person.name, f"{person.name}  {desk.config.reach(person.id, now)}")
        for number, person in enumerate(people)
    ]
    options.append(Option("u", "", "unknown: it stays open who holds it"))
    return terminal.choose(f"roles.{role}", f"Who is on the call for {title_of(desk, role)}?", options, record=False)


def give_role(desk: Desk, terminal: Terminal) -> None:
    """Shows who holds what, and gives a role to a named person."""
    roles = list(desk.journal.incident.runbook.roles)
    options = [
        Option(letter(number), role, f"{title_of(desk, role)}  {holder_text(desk, role)}")
        for number, role in enumerate(roles)
    ]
    options.append(Option("b", "back", "back"))
    role = terminal.choose("pick.role", "Which role?", options, record=False)
    if role == "back":
        return
    name = _taker(desk, terminal, role)
    if name:
        desk.journal.give(role, name)
        terminal.say(Line(f"{role}: {name} holds it now.", "good"))


def _taker(desk: Desk, terminal: Terminal, role: str) -> str:
    """Who takes a role: one of those who may, or a name that is typed; "" goes back."""
    rungs = [rung for rung in ladder(desk, role) if not (rung.holder and rung.role == role)]
    question = f"Who takes {role}?"
    if rungs:
        options = [
            Option(letter(number), rung.name, rung_text(desk, rung, role)) for number, rung in enumerate(rungs[:8])
        ]
        options += [Option("w", "", "somebody else: type a name"), Option("b", "back", "back")]
        chosen = terminal.choose("pick.taker", question, options, record=False)
        if chosen:
            return "" if chosen == "back" else chosen
    return terminal.ask(f"roles.{role}", question, hint="a name, Enter = back").strip()


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
