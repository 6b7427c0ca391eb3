"""Sensing: a step that sends is done once its words are out, wherever they were sent from."""

from __future__ import annotations

from collections.abc import Sequence

from crisiscli.dispatch import Desk
from crisiscli.incident.agenda import agenda
from crisiscli.incident.records import How
from crisiscli.journal import Journal
from crisiscli.screen import Line
from crisiscli.steps.send import Send
from crisiscli.walk import speaking
from crisiscli.walk.marks import GLYPHS
from crisiscli.walk.recording import still_open


def sensed(desk: Desk, message: str) -> list[Line]:
    """Answers the steps whose messages, this one among them, are all out now; a line for each.

    Words in somebody's hands are not counted yet. A follow-up whose day has not come is left open: it asks again.
    """
    journal = desk.journal
    journal.refresh()
    now = journal.now()
    lines = []
    for item in agenda(journal.incident):
        step = item.step
        if not isinstance(step, Send) or message not in step.send or not item.open or (item.starts or now) > now:
            continue
        if all(_arrived(desk, name) for name in step.send):
            how = how_out(journal, step.send)
            data = {"step": step.id, "value": list(step.send), "how": how}
            if journal.record_while(still_open(step.id), "step_answered", **data) is None:
                continue
            words = f"{GLYPHS[how]} {step.id}: {', '.join(step.send)}  ({now.astimezone(desk.zone):%H:%M})"
            lines.append(Line(words, "good"))
    return lines


def how_out(journal: Journal, messages: Sequence[str]) -> How:
    """`sensed` when providers accepted every word of these messages; `confirmed` when a person's word is among it."""
    incident = journal.incident
    words = [word for word in incident.words if word.message in messages]
    by_hand = any(hand.rendering.partition("/")[0] in messages for hand in incident.hands.values())
    return "confirmed" if by_hand or any(word.how != "sensed" for word in words) else "sensed"


def _arrived(desk: Desk, message: str) -> bool:
    """True when all of it is known to be out: words in somebody's hands may still come back."""
    return speaking.settled(desk, message) and not any(text.counts.get("sending") for text in desk.texts(message))
