"""Reading YAML: positions, types, limits, and everything a file can do to a reader."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crisiscli.problem import Label, Span
from crisiscli.source import Document, frame, read
from crisiscli.source.characters import FORBIDDEN


def parse(text: str) -> Document:
    return read(text.encode(), "a.yaml")


def at(document: Document, span: Span) -> str:
    """The stretch of one line a span points at."""
    return document.lines()[span.line - 1][span.column - 1 : span.end_column - 1]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"), ("on", "on"), ("yes", "yes"), ("NO", "NO"), ("12:30", "12:30"), ("12:30:45", "12:30:45"),
        ("010", "010"), ("0777", "0777"), ("0612345678", "0612345678"), ("+48221234567", "+48221234567"),
        ("1e3", "1e3"), (".inf", ".inf"), ("0x1F", "0x1F"), ("2026-02-30", "2026-02-30"), ("1_000", "1_000"),
        ("7", 7), ("-3", -3), ("0", 0), ("1.5", 1.5), ("true", True), ("false", False), ("True", True),
        ("null", None), ("~", None), ("", None), ('"7"', "7"), ("'true'", "true"), ('"null"', "null"), ('""', ""),
        ("9" * 30, "9" * 30), ("T+9m", "T+9m"), ("4 700 000", "4 700 000"),
    ],
)  # fmt: skip
def test_types_are_those_of_yaml_1_2(written: str, value: object) -> None:
    document = parse(f"a: {written}\n")
    assert document.problems == []
    assert document.value == {"a": value}
    assert type(document.value["a"]) is type(value)


def test_keys_stay_text() -> None:
    assert parse("no: x\non: y\n1: z\n").value == {"no": "x", "on": "y", "1": "z"}


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: @x\n", 1, 4, "begins with @"),
        ("a: %x\n", 1, 4, "begins with %"),
        ("a: `x`\n", 1, 4, "begins with `"),
        ("a: {{ x }} b\n", 1, 4, "begins with {{"),
        ("ok: 1\na: {{ x }}\n", 2, 4, "begins with {{"),
        ("a:\n  - b: {{ x }} o\n", 2, 8, "begins with {{"),
        ("a: *bold* x\n", 1, 4, "begins with *"),
        ("a:\n\tb: 1\n", 2, 1, "tab"),
        ("a: b: c\n", 1, 5, "colon with a space"),
        ('a: "unf\nb: x\n', 1, 4, "never closed"),
        ('a: "unf\nb: "x"\n', 1, 4, "not closed on its line"),
        ("a: 'it's fine'\nb: c\n", 1, 8, "after its closing quote"),
        ("a: [1,2\nb: c\n", 1, 4, "bracket ["),
        ("a: |\n  x\nb\n", 3, 1, "no colon"),
        ("a:\n  - b: c\n   d: e\n", 3, 4, "line up"),
        ('a: "\\q"\n', 1, 5, "backslash"),
        ("a: - b\n", 1, 4, "list begins"),
        ("a: b\n c: d\n", 2, 3, "indented"),
        ("zażółć: 😀 \u202e\n", 1, 11, "reading direction"),
    ],
)  # fmt: skip
def test_mistakes_are_told_in_plain_words(text: str, line: int, column: int, words: str) -> None:
    [problem] = parse(text).problems
    assert (problem.span.line, problem.span.column) == (line, column)
    assert words in problem.what
    assert problem.cure


def test_reading_goes_on_after_a_mistake_where_it_can() -> None:
    document = parse("a: {{ x }}\nb: *no\nc: !t d\ne: 1\ne: 2\nf: \u202eg\n")
    assert document.whole
    assert document.value == {"a": "{{ x }}", "b": None, "c": "d", "e": 1, "f": "\ufffdg"}
    assert [problem.span.line for problem in document.problems] == [6, 1, 2, 3, 5]


def test_what_stands_before_a_mistake_is_kept() -> None:
    document = parse("a:\n  - do: Stop.\n  - do: Speak.\nb: 'it's'\nc: d\n")
    assert not document.whole
    assert document.value == {"a": [{"do": "Stop."}, {"do": "Speak."}], "b": "it"}


PLACES = """\
# żółw 😀
roles:
  lead:
    title: Ćma
    tags: [one, "two"]
steps:
  - id: first
    do: Go
  - plain text
empty:
"""


@pytest.mark.parametrize(
    ("place", "key", "line", "shown"),
    [
        (("roles", "lead", "title"), False, 4, "Ćma"),
        (("roles", "lead", "title"), True, 4, "title"),
        (("roles", "lead"), False, 3, "lead"),
        (("roles", "lead", "tags"), False, 5, '[one, "two"]'),
        (("roles", "lead", "tags", 1), False, 5, '"two"'),
        (("roles", "lead", "deputy"), False, 3, "lead"),
        (("roles", "boss", "deputy"), False, 2, "roles"),
        (("steps", 0), False, 7, "id: first"),
        (("steps", 0, "by"), True, 7, "id: first"),
        (("steps", 1), False, 9, "plain text"),
        (("steps", 7), False, 6, "steps"),
        (("steps", 1, "deeper", "still"), False, 9, "plain text"),
        (("empty",), False, 10, "empty"),
        ((), False, 2, "roles:"),
        (("nowhere",), False, 2, "roles:"),
    ],
)  # fmt: skip
def test_places(place: tuple[str | int, ...], key: bool, line: int, shown: str) -> None:
    document = parse(PLACES)
    span = document.span(place, key=key)
    assert (span.line, at(document, span)) == (line, shown)


WORDS = st.lists(
    st.sampled_from(["zażółć", "{{ eta }}", "it's", '"ok":', "x #y", "😀", "a\\b", "koniec.", "- x", "<b>"]),
    min_size=1,
    max_size=12,
)


def _plain(text: str) -> str:
    return f"a:\n  b: X{text.replace(': ', ':').replace(' #', '#').replace(':', '')}\n"


def _folded_quotes(text: str) -> str:
    quoted = text.replace("'", "''").replace(" ", "\n     ")
    return f"a:\n  b: '{quoted}'\n"


def _double(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False).replace(" ", "\\\n     \\ ")
    quoted = quoted.replace("😀", "\\U0001F600").replace("ż", "\\u017c").replace("ó", "\\xf3")
    return f"a:\n  b: {quoted}\n"


def _literal(text: str) -> str:
    return "a:\n  b: | # why\n" + "".join(f"      {line}\n" for line in text.split(" ")) + "c: 1\n"


def _folded(text: str) -> str:
    return "a:\n  b: >-\n" + "".join(f"    {line}\n" for line in ("X" + text).split(" ")) + "c: 1\n"


STYLES: dict[str, Callable[[str], str]] = {
    "plain": _plain, "single": _folded_quotes, "double": _double, "literal": _literal, "folded": _folded,
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
@given(words=WORDS)
@settings(max_examples=60, deadline=None)
def test_characters_of_a_text_are_found_in_the_file(style: str, words: list[str]) -> None:
    document = parse(STYLES[style](" ".join(words)))
    assert document.problems == []
    assert isinstance(document.value, dict)
    value: str = document.value["a"]["b"]
    lines = document.lines()
    for offset, character in enumerate(value):
        span = document.span(("a", "b"), offset=offset)
        if character.strip():
            found = lines[span.line - 1][span.column - 1]
            assert found == character or (found == "\\" and style == "double")


@given(st.text(max_size=200), st.sampled_from(['"', "'", "|", ">", ""]))
@settings(max_examples=150, deadline=None)
def test_what_pyyaml_writes_is_read_back(text: str, style: str) -> None:
    text = FORBIDDEN.sub("", text)
    written = yaml.safe_dump({"a": {"b": text}}, default_style=style or None, allow_unicode=True)
    document = parse(written)
    if document.problems == []:
        assert isinstance(document.value, dict)
        for offset in range(len(text)):
            span = document.span(("a", "b"), offset=offset)
            assert 1 <= span.line <= len(document.lines())
    if style == '"':
        assert [problem.rule for problem in document.problems if problem.rule != "hidden-character"] == []


def test_values_are_those_of_pyyaml_for_plain_text() -> None:
    entry = "  - id: c{0}\n    a: {{x: y{0}, z: [p, q]}}\n    t: 'it''s {0}'\n    m: |\n      l{0}\n      k\n"
    text = "list:\n" + "".join(entry.format(number) for number in range(50))
    assert parse(text).value == yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506


def test_hashtags() -> None:
    document = parse("a: Join us #today\nb: word # a comment\nc: 'kept #whole'\nd: no#tag\n")
    found = [(place, at(document, span), glued) for place, span, glued in document.hashtags()]
    assert found == [(("a",), "#today", True), (("b",), "# a comment", False)]


def test_frame_shows_two_places() -> None:
    document = parse("a: 1\nb: 2\nc: 3\nżż: 界x\n")
    other = Label(document.span(("a",), key=True), "first")
    lines = frame(document.lines(), document.span(("żż",)), "here", [other])
    assert lines == [" 1 | a: 1", "   | - first", " ...", " 4 | żż: 界x", "   |     ^^^ here"]


def test_frame_shows_what_cannot_be_seen_and_cuts_long_lines() -> None:
    document = parse(f"a: {'x' * 500}\u202e{'y' * 500}\n")
    lines = frame(document.lines(), document.problems[0].span)
    assert "<U+202E>" in lines[0]
    assert "\u202e" not in lines[0]
    assert len(lines[0]) < 130
    assert lines[1].index("^") == lines[0].index("<U+202E>")
