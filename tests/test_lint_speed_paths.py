"""What is fast says the same as what is thorough: every short cut of lint is held against the long way round."""

from __future__ import annotations

import copy
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import regex
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from crisiscli.channels import CHANNELS
from crisiscli.channels.measures import find_links, graphemes, unsayable
from crisiscli.channels.speech import seconds
from crisiscli.channels.x import weighted
from crisiscli.linter.packing import Checked
from crisiscli.linter.parallel import looked_at, processes
from crisiscli.loader import load_text, shipped
from crisiscli.loader.fitting import flaws
from crisiscli.loader.phrasing import phrases
from crisiscli.problem import Problem, Span
from crisiscli.rules import Book
from crisiscli.rules.book import Text
from crisiscli.rules.channels.branches import branches
from crisiscli.rules.channels.too_long import surely_fits, worst
from crisiscli.runbook import Fact, Languages, Role, Runbook
from crisiscli.sentences import read_leaf
from crisiscli.source.builder import Builder
from crisiscli.source.characters import FORBIDDEN, HARMLESS
from crisiscli.source.composing import composed
from crisiscli.source.document import Node, Tree
from crisiscli.steps import STEPS
from examples import AROUND, BASE

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


# Measures

LETTERS = st.text(
    st.sampled_from(
        "aąłșț Zé09.,:/-–…„”\u2019\n€£©®\u0301\u200d\ufe0f\u20e3#👍👩🇵🇱ก\u0e33ㅎ\u1112\u1161\u2028\u202e\u00ad"
    ),
    max_size=40,
)


@QUIET
@given(LETTERS)
@example("©\u0301")
@example("\r\n")
def test_what_the_eye_sees_is_counted_alike(text: str) -> None:
    assert graphemes(text) == len(regex.findall(r"\X", text))
    carried = [c for c in dict.fromkeys(text) if c not in "\n\t" and unsayable(c)]
    assert bool(unsayable(text)) == bool(carried)


@QUIET
@given(LETTERS)
@example("©\u0301")
def test_weight_is_counted_alike(text: str) -> None:
    import unicodedata

    text = unicodedata.normalize("NFC", text)
    if next(find_links(text), None):
        return
    light = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
    total = 0
    for cluster in regex.findall(r"\X", text):
        if len(cluster) > 1 and regex.match(r"\p{Extended_Pictographic}|\p{RI}{2}|[0-9#*]\uFE0F?\u20E3", cluster):
            total += 2
        else:
            total += sum(1 if any(low <= ord(c) <= high for low, high in light) else 2 for c in cluster)
    assert weighted(text) == total


@QUIET
@given(st.text(st.sampled_from("aą0٣² '’-_.,\n"), max_size=40))
def test_seconds_are_counted_alike(text: str) -> None:
    words = 0
    for match in re.finditer(r"\w+(?:['’-]\w+)*", text):
        words += sum(character.isdigit() for character in match.group()) or 1
    assert seconds(text, "pl") == -(-words * 60 // 110)


# Texts that surely fit


FACTS = st.builds(
    Fact,
    ask=st.just("?"),
    type=st.sampled_from(["yes_no", "choice", "text", "count", "percent", "time", "duration", "services"]),
    longest=st.sampled_from(
        [None, "23:59", "4 700 000", "999999999999", "99,9", "2d 23h", "a cut, see acme.pl", " ł ", "no"]
    ),
    options=st.sampled_from([{}, {"a": "prąd w sieci", "b": "a"}]),
    of=st.sampled_from([(), ("cards", "app")]),
)
FILTERS = (
    "", " | time", ' | time("long")', ' | time("HH:mm")', ' | date("long")', ' | date("EEEE, d MMMM")', " | count",
    ' | plural("osoba", "osoby", "osób")', " | percent", ' | duration("short")', " | down",
)  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(FILTERS).map(lambda words: f"{{{{ x{words} }}}}"),
    st.sampled_from([" ", ". ", " ok ", ".pl", "Ł", "acme.pl ", "(", ") ", "@", "1", " za ", "\n"]),
    st.sampled_from(["kot ", "ą ", "a", "👍 "]).flatmap(
        lambda word: st.integers(1, 70).map(lambda often: word * often)
    ),
)
SENTENCES = st.lists(st.lists(PIECES, min_size=1, max_size=6).map("".join), min_size=1, max_size=3)


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(
    SENTENCES,
    FACTS,
    st.sampled_from(["pl", "ro", "en", "uk"]),
    st.sampled_from(["", "Title", "T {{ x }}"]),
    st.booleans(),
)
def test_what_surely_fits_does_fit(sentences: list[str], fact: Fact, language: str, title: str, some: bool) -> None:
    body: list[dict[str, Any]] = [{f"s{number}": words} for number, words in enumerate(sentences)]
    if some:
        body[0]["when"] = {"x": "yes"}
    found: Any = {"title": title, "body": body} if title else body
    leaf = read_leaf(found, "post", ("post", language))
    runbook = Runbook(
        crisis=1, id="a", version=1, title="A", languages=Languages(must=("pl",)), phases=(), facts={"x": fact},
        roles={"lead": Role(title="L", duty="d")},
    )  # fmt: skip
    text = Text("holding", "post", language, leaf, ())
    for channel in CHANNELS.values():
        if surely_fits(channel, text, runbook):
            assert worst(channel, text, branches(leaf, runbook), runbook) is None, channel.id


def test_an_ordinary_text_needs_no_closer_look() -> None:
    book = Book((loaded := load_text(BASE.encode(), "base.yaml")).runbook, loaded, AROUND)  # type: ignore[arg-type]
    seen = [surely_fits(CHANNELS[name], text, book.runbook) for name, texts in book.carried.items() for text in texts]
    assert seen
    assert all(seen)


# Phrases


def test_lists_looked_through_at_once_find_what_each_finds_alone() -> None:
    listed = phrases()
    found = 0
    for path in SHIPPED:
        loaded = load_text(path.read_bytes(), str(path))
        assert loaded.runbook is not None
        for language, speech in Book(loaded.runbook, loaded, AROUND).speeches.items():
            for one in listed.get(language, {}).values():
                alone = list(one.within(speech.plain, speech.stems))
                assert list(speech.hits(one)) == alone
                found += len(alone)
    assert found


# Processes


def spoken(path: str) -> Checked:
    return Checked((Problem(path, Span(1, 2, 3, 4), "rule", "X1", "error", f"about {path} ą\ud800"),))


PATHS = [f"f{number}.yaml" for number in range(7)]
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


@needs_fork
@pytest.mark.parametrize("number", [1, 2, 3, 9])
def test_processes_find_the_same_in_the_same_order(number: int) -> None:
    found = looked_at(PATHS, spoken, number)
    assert list(found) == PATHS
    assert found == {path: spoken(path) for path in PATHS}


@needs_fork
@pytest.mark.parametrize("how", ["exit", "raise", "garbage"])
def test_a_process_that_dies_loses_nothing(how: str) -> None:
    here = os.getpid()

    def look(path: str) -> Checked:
        if os.getpid() != here and path == "f3.yaml":
            if how == "exit":
                os._exit(0)
            if how == "garbage":
                return Checked(({"not": "a problem"},))  # type: ignore[arg-type]
            raise ValueError(path)
        return spoken(path)

    assert looked_at(PATHS, look, 2) == {path: spoken(path) for path in PATHS}


@needs_fork
def test_what_stops_the_parent_ends_the_children() -> None:
    here = os.getpid()

    def look(path: str) -> Checked:
        if os.getpid() == here:
            raise KeyboardInterrupt
        return spoken(path)

    with pytest.raises(KeyboardInterrupt):
        looked_at(PATHS, look, 3)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_few_files_take_one_process() -> None:
    assert processes(3, None) == 1
    assert processes(1, 8) == 1
    assert processes(0, None) == 1
