"""Texts as their channels show them, the languages side by side."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from crisiscli.channels import CHANNELS
from crisiscli.screen import Line, Style
from crisiscli.terminal.viewer_page import CHANGED, TROUBLE
from crisiscli.walk.misfits import misfit
from crisiscli.walk.previewing import Preview
from crisiscli.walk.seen import Seen, look_of
from crisiscli.walk.seen.frames import folded, padded
from crisiscli.walk.words import meter

NARROW = 36
"""Columns below which a text has no room beside another one: the languages then stand one below the other."""
GAP = 3


@dataclass(frozen=True)
class Manner:
    """How the page is drawn: its width in cells, who the texts come from, whether lines can be drawn."""

    width: int
    company: str = ""
    draw: bool = True


def page(texts: Sequence[Preview], manner: Manner, changed: Collection[str] = ()) -> Iterator[Line]:
    """One block per message and channel; the places in `changed` are marked."""
    for (message, channel), group in itertools.groupby(texts, key=lambda one: (_message(one), one.channel)):
        yield from _block(message, channel, list(group), manner, changed)


def _message(one: Preview) -> str:
    return one.place.partition("/")[0]


def _language(one: Preview) -> str:
    return one.place.rpartition("/")[2]


def _changed(texts: Sequence[Preview], changed: Collection[str]) -> str:
    return f"  {CHANGED}" if any(one.place in changed for one in texts) else ""


def _block(
    message: str, channel: str, texts: Sequence[Preview], manner: Manner, changed: Collection[str]
) -> Iterator[Line]:
    wrong = ", ".join(_language(one) for one in texts if misfit(one))
    mark = (f"{TROUBLE}{wrong}" if wrong else "") + _changed(texts, changed)
    yield Line(f"{message} / {CHANNELS[channel].name}{mark}", "heading")
    per_row = max(1, min(len(texts), (manner.width + GAP) // (NARROW + GAP)))
    wide = (manner.width - GAP * (per_row - 1)) // per_row
    for start in range(0, len(texts), per_row):
        columns = [_column(one, wide, manner, one.place in changed) for one in texts[start : start + per_row]]
        for rows in itertools.zip_longest(*columns, fillvalue=Line("")):
            yield Line((" " * GAP).join(padded(row.text, wide) for row in rows).rstrip(), _style(rows))
        yield Line("")


def _style(rows: Sequence[Line]) -> Style:
    """A row that is a warning in one column is painted as one."""
    return next((row.style for row in rows if row.style), "")


def _column(one: Preview, wide: int, manner: Manner, changed: bool) -> list[Line]:
    language = _language(one)
    rows = [Line(f"{language}{' *' if changed else ''}")]
    if one.rendering is not None:
        text = one.rendering
        seen = Seen(text.title, text.body, language, manner.company, one.measures, manner.draw)
        rows += [Line(row) for row in look_of(one.channel)(seen, wide)]
        over = any(not measure.fits for measure in one.measures)
        rows += [Line(row, "warn" if over else "") for row in folded(meter(one.measures), wide)]
    for words, style in _notes(one):
        rows += [Line(row, style) for row in folded(words, wide)]
    return rows


def _notes(one: Preview) -> Iterator[tuple[str, Style]]:
    if one.missing:
        yield f"MISSING: {one.missing}", "late"
    if one.waits:
        yield f"waits: {'; '.join(one.waits)}", "warn"
    if one.left_out:
        yield f"left out now: {', '.join(one.left_out)}", "dim"
    if one.unsaid:
        yield f"does not say: {', '.join(one.unsaid)}", "warn"
