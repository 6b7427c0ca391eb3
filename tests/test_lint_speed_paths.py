"""What is fast says the same as what is thorough: every short cut of lint is held against the long way round."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from crisiscli.loader import load_text, shipped
from crisiscli.loader.fitting import flaws
from crisiscli.runbook import Runbook
from crisiscli.source.builder import Builder
from crisiscli.source.characters import FORBIDDEN, HARMLESS
from crisiscli.source.composing import composed
from crisiscli.source.document import Node, Tree
from crisiscli.steps import STEPS
from examples import BASE

SHIPPED = sorted(shipped("runbooks").glob("*.yaml"))
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


# Reading


def outline(tree: Tree | None) -> Any:
    """Every place of a tree, whatever kind of objects it is made of."""
    if isinstance(tree, Node):
        entries = {name: (outline(key), outline(value)) for name, (key, value) in tree.entries.items()}
        return marks(tree.start, tree.end), tree.flow, entries, [outline(item) for item in tree.items]
    return None if tree is None else (marks(tree.start_mark, tree.end_mark), tree.value, tree.style or "")


def marks(*found: Any) -> list[tuple[int, int, int]]:
    return [(mark.index, mark.line, mark.column) for mark in found]


def same_or_odd(text: str) -> bool:
    """Holds the composed file against the one built event by event; False when composing left it alone."""
    quick = composed(text)
    builder = Builder("a.yaml", text, [])
    whole = builder.run()
    value = builder.finish()
    if quick is None:
        return False
    assert whole
    assert builder.problems == []
    assert json.dumps(quick.value) == json.dumps(value)
    assert outline(quick.tree()) == outline(builder.tree())
    assert quick.empties == builder.empties
    return True


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_runbook_is_read_alike(path: Path) -> None:
    assert same_or_odd(path.read_text(encoding="utf-8")), "nothing in it is odd"


WORDS = st.text("aAłż09 -_:.#'\"{}[],&*!|>%@?~\t\n", max_size=12)
VALUES = st.recursive(
    st.one_of(WORDS, st.booleans(), st.none(), st.integers(-99, 99), st.floats(-9, 9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=8,
)


@QUIET
@given(st.dictionaries(WORDS, VALUES, max_size=4), st.sampled_from([True, False, None]), st.data())
def test_any_yaml_is_read_alike(value: Any, flow: bool | None, data: st.DataObject) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    same_or_odd(text)
    cut, put = data.draw(st.integers(0, len(text))), data.draw(WORDS)
    same_or_odd(text[:cut] + put + text[cut:])


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x\n", "a: !!str 1\n", "<<: {a: 1}\n", "a: 1\na: 2\n", "a: 1\n---\nb: 2\n", "- a\n", "a\n", "",
        'a: "\\u202e"\n', "%YAML 1.1\n---\na: 1\n", "[a]: 1\n", "{{ x }}: 1\n", "null: 1\n", "~: 1\n", "a: {b\n",
        "a b: 1\n", "é: 1\n", "a: !\n", "a: [&x]\n", '"a\\u202e": 1\n',
    ],
)  # fmt: skip
def test_what_is_odd_is_left_to_the_builder(text: str) -> None:
    assert composed(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000, "a: " + "{a: " * 100_000, "a:\n" + "- " * 100_000, "? " * 100_000,
        "a:\n" + "? - " * 50_000, "a:\n" + "-\t" * 50_000, "[" * 999 + "]" * 999, "a: " + "[" * 999 + "]" * 999,
        "\n".join(" " * depth + "a:" for depth in range(3_000)), "\n".join(" " * depth + "-" for depth in range(3_000)),
        "\n".join(f"{' ' * depth}a:\n{' ' * depth}- b:" for depth in range(60)),
    ],
    ids=range(11),
)  # fmt: skip
def test_nothing_deep_reaches_the_composer(text: str) -> None:
    assert composed(text) is None


def test_a_file_with_too_many_values_is_left_to_the_builder() -> None:
    assert composed("a:\n" + "- b\n" * 15_000) is not None
    assert composed("a: [" + "b, " * 20_001 + "]\n") is None


def test_no_forbidden_character_begins_with_a_harmless_byte() -> None:
    first = {
        character.encode("utf-8", "surrogatepass")[0]
        for character in map(chr, range(0x110000))
        if FORBIDDEN.match(character)
    }
    assert not first & set(HARMLESS)


# Shapes


ADAPTERS = {cls: TypeAdapter(cls) for cls in (Runbook, *STEPS.values())}


def told(cls: type, value: Any) -> list[dict[str, Any]]:
    try:
        ADAPTERS[cls].validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        return [dict(found) for found in error.errors(include_url=False, include_input=False)]
    return []


PLAIN: dict[str, Any] = load_text(BASE.encode(), "base.yaml").plan
SKELETON = {**PLAIN, "phases": [{**phase, "steps": []} for phase in PLAIN["phases"]]}
STEP_DATA = [step for phase in PLAIN["phases"] for step in phase["steps"]]


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [place] if place else []
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return found + [inner for name, entry in entries for inner in places(entry, (*place, name))]


def compare(cls: type, value: Any) -> None:
    ours, theirs = flaws(cls, value), told(cls, value)
    assert bool(ours) == bool(theirs), (ours, theirs)
    for kind, name in (("missing", "missing"), ("unknown", "unexpected_keyword_argument")):
        assert {flaw.place for flaw in ours if flaw.kind == kind} == {
            tuple(one["loc"]) for one in theirs if one["type"] == name
        }


INSTEAD: list[Any] = [None, 1, 1.5, True, "word", "holding", [], ["a", 1], {}, {"id": 1}]


def changed(data: st.DataObject, value: Any) -> Any:
    value = copy.deepcopy(value)
    for _ in range(data.draw(st.integers(0, 3))):
        *way, last = data.draw(st.sampled_from(places(value)))
        parent = value
        for part in way:
            parent = parent[part]
        how = data.draw(st.sampled_from(["put", "drop", "add"]))
        if how == "put":
            parent[last] = data.draw(
                st.sampled_from([None, 1, 1.5, True, "word", "holding", [], ["a", 1], {}, {"id": 1}])
            )
        elif how == "drop":
            del parent[last]
        elif isinstance(parent, dict):
            parent["stranger"] = data.draw(st.sampled_from(["word", {}]))
    return value


@QUIET
@given(st.data())
def test_shapes_are_judged_as_pydantic_judges_them(data: st.DataObject) -> None:
    compare(Runbook, changed(data, SKELETON))
    step = data.draw(st.sampled_from(STEP_DATA))
    verb = next(key for key in step if key in STEPS)
    compare(STEPS[verb], changed(data, step))


def test_good_data_has_no_flaws() -> None:
    assert flaws(Runbook, PLAIN) == []
    assert told(Runbook, SKELETON) == []
