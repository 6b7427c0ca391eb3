"""After a fact changed: which yeses no longer cover the words, what is out with the old value, and putting it right."""

from __future__ import annotations

from collections.abc import Sequence

from crisiscli.dispatch import Desk
from crisiscli.dispatch.correcting import corrections_batch
from crisiscli.dispatch.corrections import Change, Outdated, lapsed, leave, open_corrections
from crisiscli.errors import NotFound
from crisiscli.screen import Line, Option, Terminal
from crisiscli.walk import carrying, yes
from crisiscli.walk.ledger import shown
from crisiscli.walk.words import show_texts

MANY = 6
"""More texts with an old value than this are told by message, not by place."""


def change_words(desk: Desk, change: Change) -> str:
    """`cause "a test" -> "a slip"`: what was said of a fact then and now."""
    fact = desk.journal.incident.runbook.facts.get(change.name)
    now = "in doubt" if change.disputed else "unknown" if change.now is None else ""
    if fact is None:
        return f"{change.name} {change.then} -> {now or change.now}"
    if fact.type == "services" and not now:
        return f"{change.name} {_services(change)}"
    then = "unknown" if change.then is None else shown(fact, change.then, desk.zone)
    return f"{change.name} {then} -> {now or shown(fact, change.now, desk.zone)}"


def _services(change: Change) -> str:
    """What became of each service that changed, nothing about the others: `cards down -> works`."""
    then = {one["service"]: one for one in change.then or ()}
    moved = []
    for one in change.now:
        was = then.get(one["service"], {})
        if was.get("state") != one["state"]:
            moved.append(f"{one['service']} {was.get('state', 'unknown')} -> {one['state']}")
        elif was != one:
            moved.append(f"{one['service']} {one['state']}, other details")
    return ", ".join(moved) or "other details"


def lapsed_lines(desk: Desk, names: Sequence[str]) -> list[Line | str]:
    """The yeses that do not cover the words any more, whose they are, and what changed under them."""
    places: dict[str, list[str]] = {}
    found = lapsed(desk, names)
    for one in found:
        who = " and ".join(desk.journal.name(person) for person in one.people)
        changed = ", ".join(change_words(desk, change) for change in one.changes)
        why = f"the yes of {who} ({one.tag}) does not cover the new words: {changed}."
        places.setdefault(why if len(found) > MANY else f"{why}{one.place}", []).append(one.place)
    told = [(why.removesuffix(mine[0]), mine) for why, mine in places.items()]
    return [Line(f"{', '.join(mine)}: {why}", "warn") for why, mine in told]


def outdated_lines(desk: Desk, found: Sequence[Outdated]) -> list[Line | str]:
    """What is out with an old value: where, to whom, since when, and whether it is up right now."""
    if not found:
        return []
    lines: list[Line | str] = [Line("These went out with an old value:", "late")]
    if len(found) > MANY:
        return lines + _by_message(desk, found)
    for number, one in enumerate(found):
        at = f"{one.at.astimezone(desk.zone):%H:%M}" if one.at else ""
        rows = f"{one.rows} people" if one.rows > 1 else ""
        doubt = "may be out: nobody knows yet" if one.doubtful else ""
        parts = (at, one.place, ", ".join(one.audiences), rows, "up right now" if one.up else "", doubt)
        lines.append(Line("  " + "  ".join(part for part in parts if part), "late"))
        if number + 1 == len(found) or found[number + 1].changes != one.changes:
            lines.append(f"      {', '.join(change_words(desk, change) for change in one.changes)}")
    return lines


def _by_message(desk: Desk, found: Sequence[Outdated]) -> list[Line | str]:
    """A message per line, when many places are wrong at once: a list that fills the screen hides what changed."""
    lines: list[Line | str] = []
    for message in dict.fromkeys(one.message for one in found):
        mine = [one for one in found if one.message == message]
        channels = dict.fromkeys(one.place.split("/")[1] for one in mine)
        up = sum(one.up for one in mine)
        standing = f", {up} of them up right now" if up else ""
        lines.append(Line(f"  {message}: {len(mine)} texts{standing}, on {', '.join(channels)}", "late"))
    changes = dict.fromkeys(change_words(desk, change) for one in found for change in one.changes)
    return [*lines, *(f"      {change}" for change in changes)]


def after_change(desk: Desk, terminal: Terminal, names: Sequence[str]) -> None:
    """Says what a changed fact means for words that were approved or are out, and offers to correct those."""
    terminal.say(*lapsed_lines(desk, names))
    found = [one for one in open_corrections(desk) if {change.name for change in one.changes} & set(names)]
    if not found:
        return
    terminal.say(*outdated_lines(desk, found))
    messages = list(dict.fromkeys(one.message for one in found))
    options = [
        Option("d", "now", f"correct them now: {', '.join(messages)}"),
        Option("l", "later", f"later: crisis send --correct {messages[0]}"),
        Option("s", "stay", "they need no correction: say why"),
    ]
    if not terminal.interactive:
        return
    chosen = terminal.choose("correct.after", "Correct what is out?", options, record=False)
    if chosen == "now":
        for message in messages:
            correct(desk, terminal, message)
    elif chosen == "stay":
        reason = terminal.ask("correct.stay", "Why do they stay?", hint="goes into the report, Enter = back").strip()
        for one in found if reason else ():
            leave(desk, one, reason)


def correct(desk: Desk, terminal: Terminal, message: str) -> bool:
    """Shows the new words, gets the yes they need, and sends them to whoever had the old ones. True when none is left.

    Raises NotFound when nothing of the message is out with an old value.
    """
    ready = corrections_batch(desk, message)
    unready = [text for text, _ in ready.held if text.wants_yes]
    if unready:
        terminal.say(Line("The new words:", "heading"), *show_texts(desk, unready))
    while unready and yes.ask_for(desk, terminal, unready):
        ready = corrections_batch(desk, message)
        unready = [text for text, _ in ready.held if text.wants_yes]
    for text, why in ready.held:
        terminal.say(Line(f"{text.place} is not corrected yet: {why}", "warn"))
    if ready.parcels:
        carrying.carry(desk, terminal, ready)
    left = [one for one in open_corrections(desk) if one.message == message]
    if left:
        terminal.say(Line(f"Still to correct: {', '.join(one.place for one in left)}", "warn"))
    return not left


def correct_if_any(desk: Desk, terminal: Terminal, message: str) -> None:
    """The same from the message's own screen, where somebody else may have been quicker."""
    try:
        correct(desk, terminal, message)
    except NotFound as error:
        terminal.say(*error.lines())
