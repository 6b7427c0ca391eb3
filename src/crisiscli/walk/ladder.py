"""The ladder on the screen: who holds a role, who is on now, who was called in vain, and whom to call next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from crisiscli.dispatch import Desk
from crisiscli.dispatch.ladder import LATER, REACHED, Rung, holder_id, ladder, next_rung, reached
from crisiscli.incident import stamp
from crisiscli.incident.records import Try
from crisiscli.incident.roster import unclaimed
from crisiscli.incident.state import Incident
from crisiscli.screen import Line, Style, Terminal

__all__ = [
    "CHECK_BACK",
    "CheckBack",
    "Rung",
    "check_back_lines",
    "check_backs",
    "first_rung",
    "held_by",
    "holder_text",
    "ladder",
    "ladder_lines",
    "next_rung",
    "no_answer",
    "reached",
    "rung_text",
    "title_of",
    "to_call",
    "tried",
    "tries_text",
    "unclaimed",
    "unclaimed_data",
    "unclaimed_lines",
]

STALE = timedelta(hours=12)
"""A call nobody made for so long is not called out any more; who holds nothing yet still stands in status."""
CHECK_BACK = timedelta(minutes=5)
"""When somebody who did not answer is called again."""

SHOWN = 4
"""Rungs shown at once: at night a list is read from its top."""


class CheckBack(NamedTuple):
    """A call to make again: the role it was for, the person id, what came of the last try, since when it is due."""

    role: str
    person: str
    result: str
    back: datetime


def title_of(desk: Desk, role: str) -> str:
    """How a role is called on the phone."""
    noun = desk.journal.incident.runbook.roles.get(role)
    return noun.title if noun else role


def first_rung(desk: Desk, role: str) -> Rung | None:
    """Who is called for the role itself: its holder, else whoever may hold it, those on now first."""
    own = [rung for rung in ladder(desk, role) if rung.role == role]
    return next((rung for rung in own if rung.holder), own[0] if own else None)


def holder_text(desk: Desk, role: str) -> str:
    """Who holds a role, with number and hours: `Dana Ionescu, +40 721 000 111, on until 08:00`.

    While nobody holds it by name it says so, and who may: `nobody yet (Dana Ionescu, ...)`, else that the lead has it.
    """
    rung = first_rung(desk, role)
    if rung is None:
        lead = desk.journal.name(desk.journal.incident.lead)
        return f"nobody yet, so {'you' if lead == _me(desk) else lead} as lead"
    if rung.name == _me(desk):
        return f"you, {rung.name}" if rung.holder else f"nobody yet, so you, {rung.name}"
    words = ", ".join(part for part in (rung.name, rung.reach) if part)
    return words if rung.holder else f"nobody yet ({words})"


def to_call(desk: Desk, role: str) -> Rung | None:
    """The next one to call for a role: as `next_rung`, but whoever types does not call themselves."""
    return next((rung for rung in ladder(desk, role) if not rung.tried and rung.name != _me(desk)), None)


def _me(desk: Desk) -> str:
    return desk.journal.name(desk.journal.actor)


def tries_text(tries: Sequence[Try], zone: tzinfo) -> str:
    """`2 tries, last 03:08 no answer`; "" when nobody tried."""
    if not tries:
        return ""
    many = "1 try" if len(tries) == 1 else f"{len(tries)} tries"
    return f"{many}, last {tries[-1].at.astimezone(zone):%H:%M} {tries[-1].result}"


def rung_text(desk: Desk, rung: Rung, role: str = "") -> str:
    """One rung in words; `role` is the asked one, so that a deputy is called one."""
    deputy = f" ({title_of(desk, rung.role)})" if role and rung.role != role else ""
    return ", ".join(p for p in (f"{rung.name}{deputy}", rung.reach, tries_text(rung.tries, desk.zone)) if p)


_STYLES: dict[str, Style] = {">": "strong", "z": "warn", " ": "dim"}


def ladder_lines(desk: Desk, role: str) -> list[Line | str]:
    """The ladder of a role: who was called in vain, `>` before the one to call now, who comes after."""
    rungs = ladder(desk, role)
    now = next_rung(desk, role)
    at = rungs.index(now) if now else len(rungs)
    shown = rungs[max(0, at - 2) : max(0, at - 2) + SHOWN]
    lines: list[Line | str] = []
    for rung in shown:
        mark = ">" if rung == now else "z" if rung.tried else " "
        lines.append(Line(f"{mark} {rung_text(desk, rung, role)}", _STYLES[mark]))
    return lines


def tried(desk: Desk, role: str, name: str, result: str = "no answer") -> str:
    """Records a try to reach somebody, to be made again in five minutes; returns when, on the wall clock."""
    back = desk.journal.now() + CHECK_BACK
    desk.journal.record("tried", role=role, person=desk.journal.person(name), result=result, back=stamp(back))
    return f"{back.astimezone(desk.zone):%H:%M}"


def no_answer(
    desk: Desk,
    terminal: Terminal,
    role: str,
    name: str = "",
    following_of: Callable[[Desk, str], Rung | None] = next_rung,
) -> Rung | None:
    """Notes that somebody did not answer and says who is next; returns them, None when nobody is left.

    `name` is who was called; without it, the one whose turn it is. `following_of` says whose turn it is.
    """
    rung = following_of(desk, role) or first_rung(desk, role)
    who = name or (rung.name if rung else title_of(desk, role))
    back = tried(desk, role, who)
    now = desk.journal.now().astimezone(desk.zone)
    terminal.say(Line(f"z {now:%H:%M}  {who} did not answer for {role} (noted). Try again at {back}.", "warn"))
    following = following_of(desk, role)
    if following is None:
        terminal.say(Line(f"Nobody is left on the ladder of {role}.", "late"))
    else:
        as_deputy = "" if following.role == role else " Their yes counts as the deputy's."
        terminal.say(Line(f"Call next: {rung_text(desk, following, role)}.{as_deputy}", "strong"))
    return following


def check_backs(incident: Incident, now: datetime) -> list[CheckBack]:
    """The calls to make again whose time has come, the oldest first; none for a role somebody has taken since."""
    found: list[CheckBack] = []
    for role, tries in incident.tries.items():
        since = [at for at, one in enumerate(tries) if one.result == REACHED]
        last = {one.person: one for one in tries[since[-1] + 1 if since else 0 :]}
        for one in last.values():
            taken = incident.roles.get(role, one.person) != one.person
            if one.back is not None and one.back <= now <= one.back + STALE and not taken:
                found.append(CheckBack(role, one.person, one.result, one.back))
    return sorted(found, key=lambda one: one.back)


def check_back_lines(desk: Desk, due: Sequence[CheckBack]) -> list[Line]:
    """The same for the screen, a line per person: one call may fill several roles."""
    titles: dict[tuple[str, str], list[str]] = {}
    for one in due:
        titles.setdefault((one.person, one.result), []).append(title_of(desk, one.role))
    lines = []
    for (person, result), roles in titles.items():
        name = desk.journal.name(person)
        who = ", ".join(part for part in (name, desk.config.reach(name, desk.journal.now())) if part)
        what = "call" if result == LATER else "try again"
        lines.append(Line(f"! {what}: {who} for {', '.join(roles)} ({result}; r = roles)", "warn"))
    return lines


def unclaimed_data(desk: Desk) -> list[dict[str, Any]]:
    """The unclaimed roles as plain data: role, title, who may be called (name, reach), how often it was tried."""
    found = []
    for role in unclaimed(desk.journal.incident):
        rung = to_call(desk, role)
        tries = [one for one in desk.journal.incident.tries.get(role, ()) if one.result != LATER]
        found.append(
            {
                "role": role,
                "title": title_of(desk, role),
                "call": rung.name if rung else "",
                "reach": rung.reach if rung else "",
                "tries": len(tries),
                "last": tries_text(tries, desk.zone),
            }
        )
    return found


def unclaimed_lines(desk: Desk) -> list[Line]:
    """The unclaimed roles for the screen; nothing when every role has a name."""
    found = unclaimed_data(desk)
    if not found:
        return []
    lines = [Line(f"Nobody yet for {len(found)} roles; the lead holds them (r = give one away)", "warn")]
    for one in found:
        who = ", ".join(part for part in (one["call"], one["reach"]) if part) or "nobody is named in people.yaml"
        lines.append(Line("  " + "  ".join(part for part in (one["title"], who, one["last"]) if part), "warn"))
    return lines


def held_by(desk: Desk, role: str) -> str:
    """The name of whoever holds a role by name, or ""."""
    found = holder_id(desk, role)
    return desk.journal.name(found) if found else ""
