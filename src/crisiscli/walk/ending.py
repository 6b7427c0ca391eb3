"""Ending: what is still up, what is still open, why we stop; nothing is swept away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crisiscli.dispatch import Desk
from crisiscli.errors import AnswerNeeded, UsageError
from crisiscli.incident.agenda import agenda
from crisiscli.screen import Line, Option, Terminal
from crisiscli.terminal.scripted import Scripted


@dataclass(frozen=True)
class Endings:
    """What was given on the command line: a reason, channels taken down, and owners for what stays up."""

    reason: str = ""
    taken_down: tuple[str, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)


def end(desk: Desk, terminal: Terminal, given: Endings | None = None) -> bool:
    """Ends the incident after each standing text is taken down or owned by a name; False when the person went back.

    Without a person it raises AnswerNeeded naming the flag that is missing.
    """
    journal = desk.journal
    given = given or _from_answers(terminal)
    _known(desk, given)
    if not _standing(desk, terminal, given):
        return False
    how = completeness(desk)
    terminal.say("", Line(f"If it ends now: {how}.", "strong"), *_open_lines(desk))
    reason = given.reason or _reason(terminal)
    if not reason.strip():
        terminal.say("It goes on.")
        return False
    journal.record("ended", reason=reason.strip(), completeness=how)
    terminal.say(Line(f"{journal.code} has ended: {how}.", "good"), "Write the report with: crisis report")
    return True


def _known(desk: Desk, given: Endings) -> None:
    up = {channel for channel, _ in desk.journal.incident.up}
    for channel in (*given.taken_down, *given.owners):
        if channel not in up:
            listed = ", ".join(sorted(up)) or "nothing"
            raise UsageError(f"Nothing of ours is up on {channel}.", public="", then=f"up right now: {listed}")


def completeness(desk: Desk) -> str:
    """`Complete`, `Complete except 2 open steps`, or what is unknown."""
    incident = desk.journal.incident
    left = [item for item in agenda(incident) if item.open]
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


def never_sent(desk: Desk) -> list[str]:
    """The places whose words as they stand now are approved and were never sent or handed over."""
    texts = [text for message in desk.journal.incident.runbook.messages for text in desk.texts(message)]
    return [text.place for text in texts if text.state == "approved"]


def _open_lines(desk: Desk) -> list[Line | str]:
    never: list[Line | str] = [Line(f"  approved, never sent: {place}", "warn") for place in never_sent(desk)]
    return never + [f"  open: {item.step.id}  {item.step.text}" for item in agenda(desk.journal.incident) if item.open]


def _standing(desk: Desk, terminal: Terminal, given: Endings) -> bool:
    journal = desk.journal
    for (channel, language), word in list(journal.incident.up.items()):
        if (channel, language) in journal.incident.owners:
            continue
        place = f"{channel}/{language}" if language else channel
        if channel in given.taken_down:
            journal.record("taken_down", channel=channel, language=language)
        elif channel in given.owners:
            journal.record("owned", channel=channel, language=language, owner=journal.person(given.owners[channel]))
        elif not _ask_standing(desk, terminal, channel, language, f"{word.message or 'said'} on {place}"):
            return False
    return True


def _ask_standing(desk: Desk, terminal: Terminal, channel: str, language: str, place: str) -> bool:
    if not terminal.interactive:
        raise AnswerNeeded(
            f"Still up: {place}. It is taken down, or it has an owner.",
            key=f"end.{channel}",
            snippet="",
            then=f"crisis end --reason WHY --taken-down {channel}   or   --owner {channel}=NAME",
        )
    options = [
        Option("d", "down", "it is taken down"),
        Option("w", "owner", "it stays up: somebody owns it"),
        Option("b", "back", "back: the incident goes on"),
    ]
    chosen = terminal.choose(f"end.{channel}", f"Still up: {place}.", options, record=False)
    if chosen == "down":
        desk.journal.record("taken_down", channel=channel, language=language)
    elif chosen == "owner":
        name = terminal.ask(
            "end.owner", "Who takes it down later?", check=lambda typed: None if typed.strip() else "A name."
        )
        desk.journal.record("owned", channel=channel, language=language, owner=desk.journal.person(name.strip()))
    return chosen != "back"


def _reason(terminal: Terminal) -> str:
    return terminal.ask(
        "end.reason", "Why does it end?", hint="one line for the report, Enter = back", snippet="end:\n  reason: ..."
    )


def _from_answers(terminal: Terminal) -> Endings:
    if not isinstance(terminal, Scripted) or not terminal.has("end"):
        return Endings()
    given = terminal.get("end")
    if not isinstance(given, Mapping):
        return Endings(str(given))
    owners = given.get("owners", {})
    if not isinstance(owners, Mapping):
        raise UsageError("end.owners must name a person for each channel.", then="end: {owners: {website: Ann}}")
    down = given.get("taken_down", [])
    return Endings(str(given.get("reason", "")), tuple(down if isinstance(down, list) else [str(down)]), dict(owners))
