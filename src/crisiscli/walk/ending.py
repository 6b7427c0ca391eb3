"""Ending: what is still up, frozen, undecided or unanswered, then why we stop; nothing is swept away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crisiscli.dispatch import Desk
from crisiscli.errors import AnswerNeeded, Refused, UsageError
from crisiscli.incident.agenda import Item, agenda
from crisiscli.incident.step_words import step_words
from crisiscli.screen import Line, Option, Terminal
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk.leftovers import (
    Endings,
    ask_frozen,
    ask_hands,
    ask_standing,
    ask_undecided,
    check_given,
    frozen,
    silent,
    standing_texts,
    undecided,
)
from crisiscli.walk.unknowns import ask_unknown

__all__ = ["Endings", "completeness", "end", "never_sent", "to_come"]


def end(desk: Desk, terminal: Terminal, given: Endings | None = None) -> bool:
    """Ends the incident once nothing is up without an owner, frozen or undecided; False when the person went back.

    An early exit ("this is not a crisis") is for an incident that said nothing in public: it needs a reason and no
    decisions. Without a person it raises AnswerNeeded naming every flag that is missing, and writes nothing then.
    Raises Refused for an incident that has ended, or for an early exit after something was said in public.
    """
    journal = desk.journal
    journal.refresh()
    given = given or _from_answers(terminal)
    _may_end(desk, given)
    if not terminal.interactive:
        _must_be_whole(desk, given)
    early = _is_early(desk, terminal, given)
    if early is None or not _settle(desk, terminal, given, early=early):
        terminal.say("It goes on.")
        return False
    how = completeness(desk, journal.name(journal.actor) if early else "")
    terminal.say("", Line(f"If it ends now: {how}.", "strong"), *_open_lines(desk), *_later_lines(desk))
    reason = given.reason or _reason(terminal, early=early)
    if not reason.strip():
        terminal.say("It goes on.")
        return False
    data: dict[str, Any] = {"reason": reason.strip(), "completeness": how}
    if journal.record_while(lambda incident: incident.ended is None, "ended", **data, early=early) is None:
        raise Refused(f"{journal.code} was ended by somebody else just now.", public="", then="crisis report")
    terminal.say(Line(f"{journal.code} has ended: {how}.", "good"), "Write the report with: crisis report")
    return True


def _may_end(desk: Desk, given: Endings) -> None:
    incident = desk.journal.incident
    if incident.ended is not None:
        raise Refused(f"{incident.code} has ended already.", public="", then="crisis report")
    check_given(incident, given)
    if given.early and not silent(incident):
        raise Refused(
            f"{incident.code} spoke in public, or may have: it ends in order, with its decisions.",
            public="What is out stands in: crisis status",
            then="crisis end --reason WHY",
        )


def _is_early(desk: Desk, terminal: Terminal, given: Endings) -> bool | None:
    """Whether this is no crisis after all; None when the person goes back."""
    if given.early or not terminal.interactive or given.reason or not silent(desk.journal.incident):
        return given.early
    options = [
        Option("d", "order", "it is over: end it in order"),
        Option("1", "early", "this is not a crisis: end it early, and say why"),
        Option("b", "back", "back: the incident goes on"),
    ]
    chosen = terminal.choose("end.early", "Nothing was said in public. How does it end?", options, record=False)
    return None if chosen == "back" else chosen == "early"


def _settle(desk: Desk, terminal: Terminal, given: Endings, *, early: bool) -> bool:
    """Asks for what is open, in order; False when the person goes back."""
    if not ask_standing(desk, terminal, given) or not ask_frozen(desk, terminal, given):
        return False
    if not early and not ask_undecided(desk, terminal, given):
        return False
    if terminal.interactive:
        ask_hands(desk, terminal)
        ask_unknown(desk, terminal)
    return True


def _must_be_whole(desk: Desk, given: Endings) -> None:
    """Raises AnswerNeeded with every flag, and every line of an answers file, that is missing."""
    incident = desk.journal.incident
    owned = {*given.taken_down, *given.owners}
    up = [channel for channel, _ in standing_texts(incident) if channel not in owned]
    held = [step for step in frozen(incident) if step.id not in given.released]
    open_ones = [] if given.early else [step for step in undecided(incident) if step.id not in given.decided]
    flags = ["--reason WHY"] if not given.reason else []
    flags += [f"--taken-down {channel} (or --owner {channel}=NAME)" for channel in dict.fromkeys(up)]
    flags += [f"--released {step.id}=done" for step in held]
    flags += [f"--decide {step.id}={'|'.join(step.options)}:WHY" for step in open_ones]
    what = [f"Still up: {', '.join(dict.fromkeys(up))}: taken down, or owned by a name."] if up else []
    what += [f"{step.release}: not done yet ({step.id})." for step in held]
    what += [f"Never decided: {step.id}: {step.decide}" for step in open_ones]
    if not flags:
        return
    raise AnswerNeeded(
        " ".join(what) or "Why does it end?",
        key="end.reason" if not what else "end",
        snippet=_snippet(
            given, up, [step.id for step in held], {step.id: "|".join(step.options) for step in open_ones}
        ),
        then=f"crisis end {' '.join(flags)}",
    )


def _snippet(given: Endings, up: list[str], held: list[str], open_ones: Mapping[str, str]) -> str:
    lines = ["end:", f"  reason: {given.reason or '...'}"]
    if up:
        lines.append(f"  taken_down: [{', '.join(dict.fromkeys(up))}]   # or  owners: {{{up[0]}: NAME}}")
    if held:
        lines += ["  released:", *(f"    {name}: done" for name in held)]
    if open_ones:
        lines.append("  decide:")
        for name, options in open_ones.items():
            lines += [f"    {name}:", f"      option: {options}", "      why: ..."]
    return "\n".join(lines)


def completeness(desk: Desk, early_by: str = "") -> str:
    """One of `Complete`, `Complete except 2 open steps`, `Ended early by NAME`.

    Follow-ups whose day has not come leave it complete; `to_come` lists them.
    """
    if early_by:
        return f"Ended early by {early_by}"
    incident = desk.journal.incident
    later = {item.step.id for item in to_come(desk)}
    left = [item for item in agenda(incident) if item.open and item.step.id not in later]
    counted = {
        "open step": len(left),
        "unknown outcome": sum(counts["unknown"] for counts in incident.counts.values()),
        "failed dispatch": sum(counts["failed"] for counts in incident.counts.values()),
        "hand-over without an answer": len(incident.hands),
        "approved text never sent": len(never_sent(desk)),
    }
    parts = [f"{number} {_many(what, number)}" for what, number in counted.items() if number]
    return f"Complete except {', '.join(parts)}" if parts else "Complete"


def _many(what: str, number: int) -> str:
    if number == 1:
        return what
    noun, _, rest = what.partition(" without")
    noun, never, _ = noun.partition(" never sent")
    ending = "es" if noun.endswith("h") else "s"
    return f"{noun}{ending}{never}" + (f" without{rest}" if rest else "")


def to_come(desk: Desk) -> list[Item]:
    """The open follow-ups whose day has not come, the earliest first."""
    now = desk.journal.now()
    later = [item for item in agenda(desk.journal.incident) if item.open and item.starts and item.starts > now]
    return sorted(later, key=lambda item: item.starts or now)


def never_sent(desk: Desk) -> list[str]:
    """The places whose words as they stand now are approved and were never sent or handed over."""
    texts = [text for message in desk.journal.incident.runbook.messages for text in desk.texts(message)]
    return [text.place for text in texts if text.state == "approved"]


def _open_lines(desk: Desk) -> list[Line | str]:
    never: list[Line | str] = [Line(f"  approved, never sent: {place}", "warn") for place in never_sent(desk)]
    later = {item.step.id for item in to_come(desk)}
    left = [item for item in agenda(desk.journal.incident) if item.open and item.step.id not in later]
    return never + [f"  open: {item.step.id}  {step_words(desk.journal.incident.runbook, item.step)}" for item in left]


def _later_lines(desk: Desk) -> list[Line | str]:
    found = to_come(desk)
    if not found:
        return []
    many = "follow-up" if len(found) == 1 else "follow-ups"
    lines: list[Line | str] = [f"{len(found)} {many} to come:"]
    lines += [f"  {_day(desk, item.starts)}  {item.step.id}  {item.step.text}" for item in found]
    if desk.journal.incident.mode == "DRILL":
        return lines
    return [*lines, Line("Nobody is reminded of them after the end. To be reminded: Enter, then q = pause.", "warn")]


def _day(desk: Desk, moment: datetime | None) -> str:
    return f"{moment.astimezone(desk.zone):%Y-%m-%d %H:%M}" if moment else ""


def _reason(terminal: Terminal, *, early: bool) -> str:
    question = "Why is it not a crisis?" if early else "Why does it end?"
    return terminal.ask("end.reason", question, hint="one line for the report, Enter = back")


def _from_answers(terminal: Terminal) -> Endings:
    """`end: {reason, taken_down, owners, released, decide: {step: {option, why}}, early}` of the answers file."""
    if not isinstance(terminal, Scripted) or not terminal.has("end"):
        return Endings()
    given = terminal.get("end")
    if not isinstance(given, Mapping):
        return Endings(str(given))
    down = given.get("taken_down", [])
    owners = _mapping(given, "owners", "{website: Ann}")
    released = _mapping(given, "released", "{freeze: done}")
    decided = _mapping(given, "decide", "{same-channel: {option: hold, why: ...}}")
    return Endings(
        reason=str(given.get("reason") or ""),
        taken_down=tuple(map(str, down)) if isinstance(down, list) else (str(down),),
        owners={name: str(value) for name, value in owners.items()},
        released={name: "done" if value is True else str(value) for name, value in released.items()},
        decided={name: _choice(value) for name, value in decided.items()},
        early=given.get("early") is True,
    )


def _choice(value: Any) -> tuple[str, str]:
    option = value.get("option", "") if isinstance(value, Mapping) else value
    why = value.get("why") or "" if isinstance(value, Mapping) else ""
    names = {True: "yes", False: "no"}
    return (names[option] if isinstance(option, bool) else str(option)), str(why)


def _mapping(given: Mapping[str, Any], key: str, like: str) -> dict[str, Any]:
    found = given.get(key) or {}
    if not isinstance(found, Mapping):
        raise UsageError(f"end.{key} must be keys and values.", public="", then=f"end: {{{key}: {like}}}")
    return {str(name): value for name, value in found.items()}
