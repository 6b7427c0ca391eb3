"""Showing words: the exact text of each place, measured, with what it still needs."""

from __future__ import annotations

from collections.abc import Sequence

from crisiscli.channels.base import Measure
from crisiscli.dispatch import Desk, Text
from crisiscli.dispatch.handing import whose
from crisiscli.dispatch.stale import Stale, stale
from crisiscli.screen import Line

_BAR = 24


def meter(measures: Sequence[Measure]) -> str:
    """`[######------]  125 of 280 weighted characters  fits`, title and body in one line."""
    return "   ".join(_one(measure) for measure in measures)


def stale_words(desk: Desk, language: str, mark: Stale) -> str:
    """`pl changed at 03:12 by Ann, en may say something else`."""
    at = mark.at.astimezone(desk.zone)
    return (
        f"{mark.language} changed at {at:%H:%M} by {desk.journal.name(mark.actor)}, {language} may say something else"
    )


def _one(measure: Measure) -> str:
    name = "title " if measure.part == "title" else ""
    if measure.trouble:
        return f"{name}CANNOT GO: {measure.trouble}"
    detail = f"  ({measure.detail})" if measure.detail else ""
    if measure.limit is None:
        return f"{name}{measure.count} {measure.unit}{detail}"
    filled = min(_BAR, round(_BAR * measure.count / measure.limit)) if measure.limit else _BAR
    verdict = f"OVER by {measure.over}" if measure.over else "fits"
    drawn = "" if measure.part == "title" else f"[{'#' * filled}{'-' * (_BAR - filled)}] "
    return f"{drawn}{name}{measure.count} of {measure.limit} {measure.unit}  {verdict}{detail}"


def state_text(desk: Desk, text: Text) -> str:
    """Where a text stands, in words."""
    if text.missing:
        return f"MISSING: {text.missing}" + (" (it follows)" if text.follows else "")
    if text.rendering is None or text.waits:
        return f"WAITS: {'; '.join(text.waits)}"
    hand = next((h for h in desk.journal.incident.hands.values() if h.rendering == text.rendering.id), None)
    if hand is not None:
        return f"handed to {whose(desk, hand.to)} through {hand.through}, not confirmed"
    counts = {state: number for state, number in text.counts.items() if number}
    if counts:
        again = "; what failed goes again after a new yes" if counts.get("failed") else ""
        return ", ".join(f"{state} {number}" if number > 1 else state for state, number in counts.items()) + again
    if text.ready:
        return "approved, not sent"
    return f"needs a yes from {', '.join(role for role in text.needed if role not in text.approved)}"


def show_text(desk: Desk, text: Text) -> list[Line | str]:
    """One text as a person sees it before saying yes: where it goes, the exact words, the meter, its state."""
    carrier = text.binding.provider or "by hand"
    audience = ", ".join(text.audiences)
    recall = f"   {text.channel.recall}" if text.channel.recall else ""
    lines: list[Line | str] = [
        "",
        Line(f"{text.place}   {text.channel.name}, {carrier}{recall}", "heading"),
    ]
    if audience:
        lines.append(f"for {audience}")
    if text.rendering is not None:
        lines += [Line(line, "quote") for line in text.rendering.text.split("\n")]
        lines.append(Line(meter(text.measures), "warn" if any(not m.fits for m in text.measures) else ""))
        if text.edited:
            lines.append(Line("edited by hand: facts that change later do not change it", "warn"))
        mark = stale(desk.journal, text.place)
        if mark is not None:
            lines.append(Line(stale_words(desk, text.language, mark), "warn"))
        if text.unsaid:
            lines.append(Line(f"does not say: {', '.join(text.unsaid)}", "warn"))
    state = state_text(desk, text)
    lines.append(Line(state, "good" if state.startswith(("sent", "approved")) else "warn"))
    return lines


def show_texts(desk: Desk, texts: Sequence[Text]) -> list[Line | str]:
    """Every text of a message; identical words are shown once with all their places."""
    lines: list[Line | str] = []
    shown: dict[str, list[Text]] = {}
    for text in texts:
        key = text.rendering.text if text.rendering else text.place
        shown.setdefault(key, []).append(text)
    for same in shown.values():
        lines += show_text(desk, same[0])
        for other in same[1:]:
            lines.append(f"the same words on {other.place}: {meter(other.measures)}; {state_text(desk, other)}")
            mark = stale(desk.journal, other.place)
            if mark is not None:
                lines.append(Line(f"{other.place}: {stale_words(desk, other.language, mark)}", "warn"))
    return lines


def states(desk: Desk, texts: Sequence[Text]) -> list[Line | str]:
    """Where each text stands, a line each: for when the words themselves were just on the screen."""
    found: list[Line | str] = [""]
    for text in texts:
        state = state_text(desk, text)
        found.append(Line(f"{text.place}: {state}", "good" if state.startswith(("sent", "approved")) else "warn"))
    return found
