"""Asides: notes, the overview, the holding text, help; what is there on every step."""

from __future__ import annotations

from textwrap import shorten

from crisiscli.dispatch import Desk
from crisiscli.incident.agenda import Item, agenda
from crisiscli.incident.step_words import step_words
from crisiscli.screen import Line, Option, Terminal, letter
from crisiscli.walk import speaking
from crisiscli.walk.marks import LEGEND, SHOWN, item_line
from crisiscli.walk.sensing import sensed
from crisiscli.walk.words import show_texts

DIGITS = "1234567890cdefghijklmnopqrstuvwxyz"


def note(desk: Desk, terminal: Terminal) -> None:
    """Adds a line to the timeline."""
    text = terminal.ask("note", "Note:", hint="Enter = back")
    if text.strip():
        desk.journal.record("noted", text=text)
        terminal.say("Noted.")


def holding(desk: Desk, terminal: Terminal) -> None:
    """Shows the holding text as it stands, with what is not known yet in brackets, and offers to copy it."""
    message = desk.journal.incident.runbook.holding()
    if message is None:
        terminal.say("This runbook has no holding text.")
        return
    terminal.say(*holding_lines(desk))
    words = [text for text in desk.drafts(message) if text.rendering]
    options = [Option(DIGITS[n], text.place, f"copy {text.place}") for n, text in enumerate(words[: len(DIGITS)])]
    options += [Option("g", "speak", "get the yes and send it now"), Option("b", "back", "back")]
    chosen = terminal.choose("pick.holding", "Copy one, or get it out now?", options, record=False)
    if chosen == "speak":
        speaking.speak(desk, terminal, message)
        terminal.say(*sensed(desk, message))
    for text in words:
        if text.place == chosen and text.rendering is not None:
            terminal.say(terminal.copy(text.rendering.text))


def holding_lines(desk: Desk) -> list[Line | str]:
    """The holding text on every channel, unknown facts in brackets; not a word of it is approved by being shown."""
    message = desk.journal.incident.runbook.holding()
    if message is None:
        return []
    return show_texts(desk, desk.drafts(message))


def speak(desk: Desk, terminal: Terminal) -> None:
    """Picks any message of the runbook and walks it."""
    messages = list(desk.journal.incident.runbook.messages)
    options = [Option(letter(n), name, _message_label(desk, name)) for n, name in enumerate(messages)]
    options.append(Option("0", "back", "back"))
    chosen = terminal.choose("pick.message", "Which message?", options, record=False)
    if chosen != "back":
        speaking.speak(desk, terminal, chosen)
        terminal.say(*sensed(desk, chosen))


def _message_label(desk: Desk, message: str) -> str:
    """A message with what is known of it: said, handed over and not confirmed, unknown."""
    incident = desk.journal.incident
    counts = [found for name, found in incident.counts.items() if name.split("/")[0] == message]
    sent, unknown = (sum(found[state] for found in counts) for state in ("sent", "unknown"))
    hands = sum(hand.rendering.split("/")[0] == message for hand in incident.hands.values())
    parts = [
        f"{sent} out" if sent else "",
        f"{hands} handed over" if hands else "",
        f"{unknown} UNKNOWN" if unknown else "",
    ]
    return "  ".join([message, ", ".join(part for part in parts if part)]).rstrip()


def overview(desk: Desk, terminal: Terminal) -> str:
    """Every step with its mark; returns the id of the one picked, or ""."""
    journal = desk.journal
    items = agenda(journal.incident)
    terminal.say("", *(item_line(journal, item) for item in items), Line(LEGEND, "dim"))
    book = journal.incident.runbook
    words = [shorten(step_words(book, item.step), SHOWN, placeholder=" ...") for item in items]
    options = [
        Option(letter(n), item.step.id, f"{item.number} {item.step.id}  {words[n]}") for n, item in enumerate(items)
    ]
    options.append(Option("0", "back", "back"))
    chosen = terminal.choose("pick.step", "Go to which step?", options, record=False)
    if chosen == "back":
        return ""
    item = next(found for found in items if found.step.id == chosen)
    if not item.open:
        journal.record("step_reopened", step=chosen, reason="picked from the overview")
    elif item.state in ("told", "parked"):
        journal.record("step_reopened", step=chosen, reason="its answer came")
    return chosen


def explain(terminal: Terminal, item: Item | None) -> None:
    """What the keys do, in a few lines."""
    step = item.step if item else None
    terminal.say(
        "",
        Line(f"This step: {step.text}" if step else "All steps are walked.", "strong"),
        "Every answer is saved before the next question; leaving with q, Ctrl-C or a dead battery loses nothing.",
        "told: somebody else does it, you are asked again. park: you are asked again in 5 minutes.",
        "unknown is an answer: texts that need the fact wait, the others do not.",
        "Nothing goes out before the words are approved and you type the code name.",
    )
