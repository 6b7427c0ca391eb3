"""Says in words what of a runbook's data does not fit the nouns."""

from __future__ import annotations

import typing
from typing import Any

from crisiscli.loader.details import is_time
from crisiscli.loader.findings import Findings, Place, listed, meant, nearest
from crisiscli.loader.fitting import Flaw, fits, flaws
from crisiscli.loader.keys import choices, hint_at, hints, noun, verbs
from crisiscli.runbook import FORMAT, Runbook
from crisiscli.steps import STEPS, Step

MAY_BE_EMPTY = ("reviewed", "rehearsed")
"""Seals that wait for somebody: a key without a value is an honest answer there."""

SURE = 0.75
"""How alike a key and the one it may stand for are (difflib's ratio) for the one to be read as the other."""


def check_shapes(value: dict[str, Any], found: Findings) -> None:
    """Finds unknown and missing keys, wrong types and values, steps without exactly one verb."""
    phases = value.get("phases")
    _tell(value, flaws(Runbook, value), found)
    steps = [
        (("phases", number, "steps", index), step)
        for number, phase in enumerate(phases if isinstance(phases, list) else ())
        if isinstance(phase, dict) and isinstance(phase.get("steps"), list)
        for index, step in enumerate(phase["steps"])
    ]
    for place, step in steps:
        _check_step(value, place, step, found)
    if value.get("crisis", FORMAT) != FORMAT and isinstance(value.get("crisis"), int):
        what = f"This file is written for format {value['crisis']}; this program reads format {FORMAT}."
        found.add("wrong-value", ("crisis",), what, f"Write `crisis: {FORMAT}`, or use the program it was written for.")
    if isinstance(phases, list) and not steps and all("steps" in phase for phase in phases if isinstance(phase, dict)):
        cure = "Give a phase `steps:` with one `- id: ...`."
        found.add("wrong-value", ("phases",), "There is no step to walk.", cure)
    if found.document.empties:
        _check_empty(value, found)


def _check_step(value: dict[str, Any], place: Place, step: Any, found: Findings) -> None:
    named = verbs(step)
    if len(named) == 1:
        _tell(value, flaws(STEPS[named[0]], step, place), found)
    elif not isinstance(step, dict):
        found.add("step-verb", place, "This step is not a block of keys.", "Write `- id: ...` and below it `do: ...`.")
    elif named:
        others = (found.label((*place, named[0]), "the first verb"),)
        what = f"This step has two verbs: {' and '.join(named)}."
        found.add("step-verb", (*place, named[1]), what, "Make it two steps.", key=True, others=others)
    else:
        known = {key for cls in STEPS.values() for key in hints(cls)}
        guess = next(((key, nearest(key, STEPS)) for key in step if key not in known and nearest(key, STEPS)), None)
        if guess:
            what = f"This step has no verb; `{guess[0]}` is none."
            found.add("step-verb", (*place, guess[0]), what, f"Did you mean `{guess[1]}`?", key=True)
            if fits(hints(STEPS[guess[1]])[guess[1]], step[guess[0]]):
                found.misspelt[*place, guess[0]] = guess[1]
        else:
            found.add("step-verb", place, "This step has no verb.", f"Give it one of {listed(list(STEPS))}.")


def _tell(value: dict[str, Any], told: list[Flaw], found: Findings) -> None:
    missing = {flaw.place for flaw in told if flaw.kind == "missing"}
    for flaw in told:
        if flaw.kind == "unknown":
            _unknown_key(value, flaw.place, missing, found)
    for place in sorted(missing, key=str):
        what = f"`{place[-1]}` is missing" + (f" in `{_name(place[:-1])}`." if place[:-1] else ".")
        found.add("missing-key", place, what, f"Add `{place[-1]}: {_first(value, place)}`.", key=True)
    for flaw in told:
        if flaw.kind == "wrong":
            _wrong(value, flaw.place, found)


def _first(value: dict[str, Any], place: Place) -> str:
    """What to write for a missing key at the head of the file, where that is known."""
    if place == ("id",) and isinstance(value.get("title"), str):
        from crisiscli.authoring.choosing import slug

        return slug(value["title"]) or "..."
    known = {"crisis": str(FORMAT), "version": "1"}
    return known.get(str(place[0]), "...") if len(place) == 1 else "..."


def _unknown_key(value: dict[str, Any], place: Place, missing: set[Place], found: Findings) -> None:
    parent = _get(value, place[:-1])
    cls = noun(hint_at(place[:-1], value))
    cls = STEPS[verbs(parent)[0]] if cls is Step and verbs(parent) else cls
    known = [key for key in (hints(cls) if cls else ()) if key not in parent]
    lacking = [str(other[-1]) for other in missing if other[:-1] == place[:-1]]
    guess = nearest(place[-1], lacking) or nearest(place[-1], known)
    missing.discard((*place[:-1], guess))
    otherwise = f"Delete it; known here: {listed(sorted(known))}." if known else "Delete it."
    cure = f"Did you mean `{guess}`?" if guess else otherwise
    found.add("unknown-key", place, f"`{place[-1]}` is not a key of the format here.", cure, key=True)
    sure = guess in lacking or nearest(place[-1], [guess], cutoff=SURE)
    if guess and sure and cls and parent[place[-1]] is not None and fits(hints(cls)[guess], parent[place[-1]]):
        found.misspelt[place] = guess


def _wrong(value: dict[str, Any], place: Place, found: Findings) -> None:
    got, hint = _get(value, place), hint_at(place, value)
    if got is None or is_time(place):
        return
    options, name = choices(hint), _name(place)
    origins = [typing.get_origin(choice) for choice in options]
    if typing.Literal in origins:
        words = [str(word) for choice in options for word in typing.get_args(choice) if isinstance(word, str)]
        cure = meant(got, words) if isinstance(got, str) else f"It may be {listed(words)}."
        if len(options) > 1:
            cure += " A condition is also possible: `{fact: data_exposed, is: yes}`."
        found.add("wrong-value", place, f"`{name}` cannot be {_shown(got)}.", cure)
        if isinstance(got, str) and nearest(got, words):
            found.misworded[place] = nearest(got, words)
    elif dict in origins and list in origins:
        found.add("condition-shape", place, f"`{name}` is not a condition.", "Write it like `when: {is_attack: no}`.")
    else:
        what, cure = _wanted(options[0], got)
        cure = _example(value, place, got) or cure
        found.add("wrong-value", place, f"`{name}` must be {what}, not {_shown(got)}.", cure)


def _example(value: dict[str, Any], place: Place, got: Any) -> str:
    """How a block is written that people shorten as one would say it; "" for any other."""
    if place == ("languages",) and isinstance(got, str):
        return f"Write `languages: {{must: [{got}]}}`."
    if len(place) == 4 and place[0] == "messages" and place[2] == "text" and place[3] in _languages(value):
        return f"A channel or a family stands above the language: `page:`, below it `{place[3]}:`, then `- known: ...`."
    return ""


def _languages(value: dict[str, Any]) -> list[Any]:
    written = value.get("languages")
    if not isinstance(written, dict):
        return written if isinstance(written, list) else [written]
    lists = [written.get("must") or (), written.get("follow") or ()]
    return [one for several in lists for one in several]


def _wanted(hint: Any, got: Any) -> tuple[str, str]:
    origin = typing.get_origin(hint)
    if hint is str:
        return "text", "Put quotes around it." if not isinstance(got, dict | list) else "Write one text."
    if hint is bool:
        return "true or false", "Write true or false, without quotes."
    if hint is int:
        return "a whole number", "Write a number, without quotes."
    if origin in (tuple, list):
        return "a list", "Write one `- item` per line, or [a, b]."
    return "a block of `key: value` lines", "Write `key: value` lines below it, indented by two spaces."


def _shown(got: Any) -> str:
    if isinstance(got, dict):
        return "a block of keys"
    if isinstance(got, list):
        return "a list"
    if isinstance(got, str):
        return f"the text `{got if len(got) < 40 else got[:37] + '...'}`"
    return f"the number {got}" if not isinstance(got, bool) else str(got).lower()


def _check_empty(value: dict[str, Any], found: Findings) -> None:
    """A key without a value is nearly always an unfinished line."""
    waiting: list[tuple[Place, Any]] = [((), value)]
    while waiting:
        place, here = waiting.pop()
        if isinstance(here, dict):
            waiting += [((*place, key), item) for key, item in here.items() if not isinstance(item, str)]
        elif isinstance(here, list):
            waiting += [((*place, index), item) for index, item in enumerate(here) if not isinstance(item, str)]
        elif here is None and not (len(place) == 1 and place[0] in MAY_BE_EMPTY):
            found.add("wrong-value", place, f"`{_name(place)}` is empty.", "Fill it, or delete the line.", key=True)


def _name(place: Place) -> str:
    """How a person would name the place: its last key, and the list it stands in."""
    if not place:
        return "the file"
    if isinstance(place[-1], int):
        return f"{place[-2]}, entry {place[-1] + 1}"
    return str(place[-1])


def _get(value: Any, place: Place) -> Any:
    for part in place:
        value = value[part]
    return value
