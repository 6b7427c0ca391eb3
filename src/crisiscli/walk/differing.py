"""How the words of texts differ between two readings of a runbook: what the public would read otherwise."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from crisiscli.channels import CHANNELS
from crisiscli.channels.base import Measure
from crisiscli.screen import Line
from crisiscli.walk.previewing import Preview
from crisiscli.walk.reloading import words
from crisiscli.walk.words import meter

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Difference:
    """One text that reads otherwise; `before` or `after` is None for one that is new or gone."""

    place: str
    before: Preview | None
    after: Preview | None

    @property
    def kind(self) -> Literal["new", "gone", "changed"]:
        return "new" if self.before is None else "gone" if self.after is None else "changed"


def differences(before: Sequence[Preview], after: Sequence[Preview]) -> list[Difference]:
    """Every place that reads otherwise, in the order of the newer reading, those that are gone last."""
    old = {one.place: one for one in before}
    new = {one.place: one for one in after}
    found = [
        Difference(place, old.get(place), one)
        for place, one in new.items()
        if place not in old or words(old[place]) != words(one)
    ]
    return [*found, *(Difference(place, one, None) for place, one in old.items() if place not in new)]


def lines(one: Difference) -> Iterator[Line]:
    """A difference for a person: `[-taken out-]` and `{+put in+}`, word by word, and what the measures were."""
    shown = one.after or one.before
    assert shown is not None  # noqa: S101 - one of the two is always there
    yield Line(f"{one.place}   {CHANNELS[shown.channel].name}   {one.kind}", "heading")
    if _text(one.before) or _text(one.after):
        yield from (Line(text, "quote") for text in marked(_text(one.before), _text(one.after)).split("\n"))
    both = one.before is not None and one.after is not None
    if one.before is not None and both and one.before.measures and one.before.measures != shown.measures:
        yield Line(f"was {meter(one.before.measures)}", "dim")
    if one.after is not None and one.after.measures:
        over = any(not measure.fits for measure in one.after.measures)
        yield Line(f"now {meter(one.after.measures)}", "warn" if over else "")
    if one.after is not None and one.after.missing:
        yield Line(f"MISSING: {one.after.missing}", "late")
    yield Line("")


def marked(before: str, after: str) -> str:
    """Both texts in one, differences marked by word; what is only in one of them stands in its marks whole."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    found = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append("".join(old[a:b]))
            continue
        found.append(_in_marks("".join(old[a:b]), "[-", "-]") + _in_marks("".join(new[c:d]), "{+", "+}"))
    return "".join(found)


def data(one: Difference) -> dict[str, Any]:
    """A difference as plain data."""
    return {
        "place": one.place,
        "kind": one.kind,
        "before": _side(one.before),
        "after": _side(one.after),
    }


def _side(one: Preview | None) -> dict[str, Any] | None:
    if one is None:
        return None
    text = one.rendering
    return {
        "title": text.title if text else None,
        "text": text.text if text else None,
        "missing": one.missing,
        "measures": [_measure(measure) for measure in one.measures],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "part": measure.part,
        "count": measure.count,
        "limit": measure.limit,
        "unit": measure.unit,
        "fits": measure.fits,
    }


def _text(one: Preview | None) -> str:
    return "" if one is None or one.rendering is None else one.rendering.text


def _in_marks(text: str, opening: str, closing: str) -> str:
    """Each line in marks of its own, so that a mark never runs over a line end."""
    return "\n".join(f"{opening}{line}{closing}" if line.strip() else line for line in text.split("\n")) if text else ""
