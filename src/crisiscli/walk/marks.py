"""The marks of a step in a list: six different things look different, and each mark has its word."""

from __future__ import annotations

from textwrap import shorten

from crisiscli.clocks import lasting, since
from crisiscli.incident.agenda import Item
from crisiscli.incident.step_words import step_words
from crisiscli.journal import Journal
from crisiscli.screen import Line, Style

GLYPHS: dict[str, str] = {
    "sensed": "+",
    "confirmed": "c",
    "skipped": "s",
    "told": "t",
    "parked": "p",
    "unknown": "?",
    "does not apply": "-",
    "open": ".",
}
SHOWN = 38
"""Characters of what an open step says in a list: the list is for finding it, the step says all of it."""
LEGEND = "   ".join(f"{glyph} {word}" for word, glyph in GLYPHS.items())


def item_line(journal: Journal, item: Item) -> Line:
    """One step in a list: its mark, name, state in words, and whose it is."""
    words = [f"{GLYPHS[item.mark]} {item.number:>2}  {item.step.id}", item.mark, _detail(item)]
    if item.open and item.starts is None and not _detail(item):
        words.append(shorten(step_words(journal.incident.runbook, item.step), SHOWN, placeholder=" ..."))
    if item.state == "told":
        words[1] = f"told {journal.name(item.record.person)}"
    now = journal.now()
    late = item.late(now)
    if late:
        words.append(f"OVERDUE {lasting(late)}")
    elif item.state in ("told", "parked") and item.record.back:
        words.append(f"again {since(journal.incident.t0, item.record.back)}")
    elif item.open and (item.starts or item.due):
        words.append(f"due {since(journal.incident.t0, item.starts or item.due or now)}")
    style: Style = "late" if late or item.mark == "unknown" else "good" if item.state == "answered" else ""
    if item.mark == "does not apply":
        style = "dim"
    return Line("  ".join(word for word in words if word), style)


def _detail(item: Item) -> str:
    if item.mark == "does not apply":
        return f"because {'; '.join(item.because)}" if item.because else ""
    value = item.record.value
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value) if value is not None else ""
    return item.record.reason or shown
