"""Previews: the words of a runbook without an incident, with the facts one gives and brackets for the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from difflib import get_close_matches
from typing import Any

from crisiscli.channels import CHANNELS
from crisiscli.channels.base import Measure
from crisiscli.errors import NotFound, UsageError
from crisiscli.facts import sample
from crisiscli.message import Rendering
from crisiscli.rendering import Renderer
from crisiscli.runbook import Fact, Runbook
from crisiscli.screen import Line
from crisiscli.walk.ledger import fact_of, value_of
from crisiscli.walk.words import meter


@dataclass(frozen=True)
class Wanted:
    """Which texts to show; empty means all."""

    messages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """One text as it would look now, or why there is none."""

    place: str
    channel: str
    rendering: Rendering | None
    waits: tuple[str, ...]
    left_out: tuple[str, ...]
    missing: str
    unsaid: tuple[str, ...]
    measures: tuple[Measure, ...]


class Given:
    """The facts given on the command line, all confirmed; nothing was decided, sent or read."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.facts = facts

    def fact(self, name: str) -> Any:
        return self.facts.get(name)

    def decided(self, step: str) -> str | None:
        del step
        return None

    def was_sent(self, message: str, on: Any) -> bool:
        del message, on
        return False

    def signal(self, condition: dict[str, Any]) -> bool | None:
        del condition
        return None


def previews(
    runbook: Runbook,
    layouts: Mapping[str, str],
    company: Mapping[str, Any],
    zone: tzinfo,
    wanted: Wanted,
    facts: Sequence[tuple[str, str]],
    now: datetime,
    longest: bool = False,
) -> list[Preview]:
    """The texts asked for; `longest` gives facts that are not told their longest value.

    Raises NotFound for a message or fact the runbook has not, UsageError for a value.
    """
    renderer = Renderer(runbook, layouts, company, zone)
    known = {name: _longest(fact, zone) for name, fact in runbook.facts.items()} if longest else {}
    world = Given({**known, **{name: _value(runbook, name, value, now, zone) for name, value in facts}})
    _check(runbook, wanted)
    found = [
        _preview(renderer, message, channel, language, world)
        for message in wanted.messages or runbook.messages
        for channel in renderer.channels(message)
        for language in renderer.languages(message)
        if (not wanted.channels or channel in wanted.channels)
        and (not wanted.languages or language in wanted.languages)
        and channel in CHANNELS
    ]
    if not found and (wanted.messages or wanted.channels or wanted.languages):
        names = wanted.messages or tuple(runbook.messages)
        goes = dict.fromkeys(channel for name in names for channel in renderer.channels(name))
        said = f"{names[0]} goes" if len(names) == 1 else "these messages go"
        what = f"No text is meant by this: {said} to {', '.join(goes) or 'no channel'}."
        raise NotFound(what, public="", then="leave --channel or --lang out")
    return found


def _check(runbook: Runbook, wanted: Wanted) -> None:
    """Raises NotFound for a name that is not there, with what is near."""
    languages = (*runbook.languages.must, *runbook.languages.follow)
    for names, there, what in (
        (wanted.messages, tuple(runbook.messages), "message"),
        (wanted.channels, tuple(CHANNELS), "channel"),
        (wanted.languages, languages, "language"),
    ):
        for name in names:
            if name not in there:
                near = get_close_matches(name, there, n=1)
                meant = f" Did you mean {near[0]}?" if near else ""
                raise NotFound(f"There is no {what} {name}.{meant}", public="", then=f"one of: {', '.join(there)}")


def _value(runbook: Runbook, name: str, typed: str, now: datetime, zone: tzinfo) -> Any:
    """The value of a fact that was typed. Raises NotFound or UsageError, with what to type here."""
    try:
        return value_of(fact_of(runbook, name), name, typed, now, zone)
    except NotFound:
        near = get_close_matches(name, runbook.facts, n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        told = f"There is no fact {name} in this runbook.{meant}"
        raise NotFound(told, public="", then=f"one of: {', '.join(runbook.facts)}") from None
    except UsageError as error:
        raise UsageError(error.what, public="", then=f"--fact {name}=VALUE") from None


def _longest(fact: Fact, zone: tzinfo) -> Any:
    """The longest value; a time as the company's clock shows it."""
    value = sample(fact)
    return datetime.fromisoformat(str(value)).replace(tzinfo=zone).isoformat() if fact.type == "time" else value


def _preview(renderer: Renderer, message: str, channel: str, language: str, world: Given) -> Preview:
    found = renderer.render(message, channel, language, world, draft=True)
    text = found.rendering
    measures = tuple(CHANNELS[channel].measure(text.title, text.body, language)) if text else ()
    place = f"{message}/{channel}/{language}"
    return Preview(place, channel, text, found.waits, found.left_out, found.missing, found.unsaid, measures)


def lines(one: Preview) -> list[Line | str]:
    """A preview for a person."""
    shown: list[Line | str] = ["", Line(f"{one.place}   {CHANNELS[one.channel].name}", "heading")]
    if one.rendering is not None:
        shown += [Line(line, "quote") for line in one.rendering.text.split("\n")]
        shown.append(Line(meter(one.measures), "warn" if any(not m.fits for m in one.measures) else ""))
    if one.missing:
        shown.append(Line(f"MISSING: {one.missing}", "late"))
    if one.waits:
        shown.append(Line(f"waits: {'; '.join(one.waits)}", "warn"))
    if one.left_out:
        shown.append(Line(f"left out now: {', '.join(one.left_out)}", "dim"))
    if one.unsaid:
        shown.append(Line(f"does not say: {', '.join(one.unsaid)}", "warn"))
    return shown


def data(one: Preview) -> dict[str, Any]:
    """A preview as plain data."""
    return {
        "place": one.place,
        "title": one.rendering.title if one.rendering else None,
        "text": one.rendering.text if one.rendering else None,
        "sha256": one.rendering.sha256 if one.rendering and not one.waits else None,
        "measures": [
            {
                "part": m.part,
                "count": m.count,
                "limit": m.limit,
                "unit": m.unit,
                "parts": m.parts,
                "fits": m.fits,
                "detail": m.detail,
            }
            for m in one.measures
        ],
        "waits": list(one.waits),
        "left_out": list(one.left_out),
        "missing": one.missing,
        "unsaid": list(one.unsaid),
    }
