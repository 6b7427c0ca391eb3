"""Every rule fires on a real mistake, planted in a copy of a shipped runbook, and only because of it."""

from __future__ import annotations

import dataclasses
import functools
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from crisiscli.config import Company, Config
from crisiscli.linter import lint_one
from crisiscli.loader import layouts, load_text, shipped
from crisiscli.loader.phrasing import phrases
from crisiscli.problem import Problem
from crisiscli.rules import ROOMS, Around, rules

FOLDER = Path(__file__).parent / "planted"
"""One file per room: a list of `rule`, `in` (a shipped runbook), and `find` and `put`, or a list of `changes` of them.

`find` must stand there; its first place is changed, or every place with `everywhere: true`. `line` is a piece of the
line that must be marked. `around` sets what lies around: `today`, `people` (as in people.yaml), `takes` (how long a
hand-over takes, by channel), `runbooks` (the ids that can be found), or `base: true` for a comparison with the
unchanged file; a list of changes there makes the file that is compared with.
"""
PLANTED: list[dict[str, Any]] = [
    one
    for room in ROOMS
    if (FOLDER / f"{room}.yaml").exists()
    for one in yaml.safe_load((FOLDER / f"{room}.yaml").read_text(encoding="utf-8")) or ()
]
NOT_PLANTED = ("not-utf8", "never-rehearsed")
"""A mistake that is no text, and one that no shipped runbook is without: nobody has rehearsed them yet."""


@functools.cache
def source(name: str) -> str:
    return (shipped("runbooks") / f"{name}.yaml").read_text(encoding="utf-8")


@functools.cache
def usual() -> Around:
    return Around(
        layouts=layouts([shipped("templates")]),
        config=Config(company=Company(name="Acme", verify_route="the number on your card")),
        today=date(2026, 11, 22),
        phrases=phrases(),
    )


def around(one: dict[str, Any]) -> Around:
    from crisiscli.config import Binding, Person

    more = dict(one.get("around") or {})
    found = usual()
    if "today" in more:
        found = dataclasses.replace(found, today=date.fromisoformat(str(more.pop("today"))))
    base = more.pop("base", False)
    if base:
        written = changed({"in": one["in"], "changes": base}) if isinstance(base, list) else source(one["in"])
        before = load_text(written.encode(), f"{one['in']}.yaml")
        found = dataclasses.replace(found, base=lambda path: before)
    if "people" in more:
        people = {
            name: Person(name, entry["name"], roles=tuple(entry["roles"]), hours=entry.get("hours", ""))
            for name, entry in more.pop("people").items()
        }
        assert found.config is not None
        found = dataclasses.replace(found, config=dataclasses.replace(found.config, people=people))
    if "takes" in more:
        channels = {name: Binding(name, takes={"day": long, "night": long}) for name, long in more.pop("takes").items()}
        assert found.config is not None
        found = dataclasses.replace(found, config=dataclasses.replace(found.config, channels=channels))
    if "runbooks" in more:
        found = dataclasses.replace(found, runbooks={name: f"{name}.yaml" for name in more.pop("runbooks")})
    assert not more, f"nobody knows {more}"
    return found


def changed(one: dict[str, Any]) -> str:
    text = source(one["in"])
    for change in one.get("changes") or [one]:
        assert change["find"] in text, f"{change['find']!r} is not in {one['in']}"
        text = text.replace(change["find"], change["put"], -1 if change.get("everywhere") else 1)
    return text


def found_by(rule: str, text: str, one: dict[str, Any]) -> list[Problem]:
    loaded = load_text(text.encode("utf-8"), f"{one['in']}.yaml")
    return [problem for problem in lint_one(loaded, around(one)) if problem.rule == rule]


@pytest.mark.parametrize("one", PLANTED, ids=lambda one: one["rule"])
def test_a_planted_mistake_is_found(one: dict[str, Any]) -> None:
    text = changed(one)
    found = found_by(one["rule"], text, one)
    assert found
    assert found_by(one["rule"], source(one["in"]), one) == []
    if "line" in one:
        lines = text.splitlines()
        spans = [problem.span for problem in found] + [label.span for problem in found for label in problem.others]
        assert any(one["line"] in lines[span.line - 1] for span in spans), [lines[span.line - 1] for span in spans]


def test_every_rule_has_one() -> None:
    missing = {rule.NAME for rule in rules()} - {one["rule"] for one in PLANTED} - set(NOT_PLANTED)
    assert not missing, f"plant a mistake in tests/planted/ for {sorted(missing)}"
