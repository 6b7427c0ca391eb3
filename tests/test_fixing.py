"""The engine of --fix: what it changes, and that everything else stays as it is, byte for byte."""

from __future__ import annotations

import dataclasses
import functools
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crisiscli.errors import FilesUnusable
from crisiscli.linter import lint_one
from crisiscli.linter.fixing import Fixed, applied, diff, fixed, write
from crisiscli.loader import load_text, shipped
from crisiscli.problem import Edit, Fix, Problem, Span
from crisiscli.rules import Around, Book, rules
from crisiscli.source import read
from examples import AROUND, BASE

SHIPPED = sorted(path.stem for path in shipped("runbooks").glob("*.yaml"))
MARK = "\ufeff".encode()
HELD = "          - checking: We do not know the cause yet. We are looking into it.\n"
"""A sentence of the base as a line of its own."""


def found(raw: bytes, around: Around = AROUND) -> list[Problem]:
    return lint_one(load_text(raw, "a.yaml"), around)


def mended(text: str, around: Around = AROUND) -> Fixed:
    return fixed(text.encode(), "a.yaml", lambda raw: found(raw, around))


def said(words: str, base: str = BASE) -> str:
    assert HELD in base
    return base.replace(HELD, f"          - checking: {words}\n", 1)


def names(done: Fixed) -> list[str]:
    return [problem.rule for problem in done.applied]


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("{{ next_update }} is when we speak.", '"{{ next_update }} is when we speak."', "yaml-syntax"),
        ("{{ next_update }}", '"{{ next_update }}"', "yaml-syntax"),
        ("@acme looks into it.", '"@acme looks into it."', "yaml-syntax"),
        ("%20 of us look into it.", '"%20 of us look into it."', "yaml-syntax"),
        ("`We` look into it.", '"`We` look into it."', "yaml-syntax"),
        ("@acme's \"desk\" looks into it.", '"@acme\'s \\"desk\\" looks into it."', "yaml-syntax"),
        ('@acme said "we look into it".', "'@acme said \"we look into it\".'", "yaml-syntax"),
        ("no", '"no"', "ambiguous-scalar"),
        ("12:30   # why", '"12:30"   # why', "ambiguous-scalar"),
        ("4700000", '"4700000"', "text-shape"),
        ("true", '"true"', "text-shape"),
        ("We look into it #acme", ">-\n              We look into it #acme", "lost-hashtag"),
        ("We  look:into it #acme, #now  ", ">-\n              We  look:into it #acme, #now", "lost-hashtag"),
        ("#acme looks into it", ">-\n              #acme looks into it", "lost-hashtag"),
        ("We look\n              into it\n\n              #not a comment", None, ""),
        ("We\n              look #acme", ">-\n              We\n              look #acme", "lost-hashtag"),
        ("We\u200b look into\ufeff it.", "We look into it.", "hidden-character"),
        ('"We\\u200B look into it."', '"We look into it."', "hidden-character"),
    ],
)  # fmt: skip
def test_a_safe_fix_changes_its_words_and_nothing_else(before: str, after: str | None, rule: str) -> None:
    done = mended(said(before))
    if after is None:
        assert done == Fixed(said(before).encode())
        return
    tail = before[len(before.rstrip()) :] if rule == "lost-hashtag" else ""
    assert done.raw.decode() == said(after + tail)
    assert set(names(done)) == {rule}
    assert all(problem.rule != rule for problem in found(done.raw))


@pytest.mark.parametrize(
    "before",
    [
        "*We* look into it.",  # markup, an alias, or text: nobody knows
        "Note: we look into it.",
        "{We} look into it.",
        "@acme looks into it #now",  # a hashtag or a comment
        "@acme: we look into it.",
        "@acme looks\n              into it.",
        "'We're looking into it.'",
        "We look into it # ask Ann",
        "We look into it #NB",
        "We look into it. # crisis: ignore[T701] the name is written so",
        "We\u202e look into it.",  # what a direction mark hides, a person must see
        "We look into it \U0001f469\u200d\U0001f692.",
        "\u0e44\u0e17\u0e22\u200b\u0e44\u0e17\u0e22",  # Thai shows with it where a line may end
        '"\\\\u200B"',
    ],
)  # fmt: skip
def test_what_is_not_certain_is_left_to_a_person(before: str) -> None:
    raw = said(before).encode()
    assert fixed(raw, "a.yaml", looked) == Fixed(raw)


def test_words_of_a_block_are_those_that_were_written() -> None:
    done = mended(said("We look   into it #acme"))
    words = yaml.safe_load(done.raw)["messages"]["holding"]["text"]["page"]["en"][2]["checking"]
    assert words == "We look   into it #acme"


def test_a_hashtag_inside_braces_is_left_to_a_person() -> None:
    text = BASE.replace("    needs: {is_attack: no}", "    needs: {is_attack: no #acme\n      }")
    assert mended(text) == Fixed(text.encode())


@pytest.mark.parametrize("mark", [b"", MARK])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_marks_line_ends_comments_and_order_stay(mark: bytes, end: str, last: bool) -> None:
    text = "# żółw 😀\n" + said("We look into it #acme") + "# the end"
    text = text.replace("title: Outage", "title:   'Outage'   # kept") + ("\n" if last else "")
    raw = mark + text.replace("\n", end).encode()
    done = fixed(raw, "a.yaml", found)
    block = f">-{end}              We look into it #acme"
    assert done.raw == raw.replace(b"We look into it #acme", block.encode())
    assert names(done) == ["lost-hashtag"]


def test_the_last_line_needs_no_end() -> None:
    text = BASE + "t0: When did the first customer of @acme feel it #acme"
    assert mended(text).raw.decode() == BASE + "t0: >-\n  When did the first customer of @acme feel it #acme"


def test_a_key_that_says_the_same_twice_goes_once() -> None:
    lead = "  lead:\n    title: Crisis lead\n    duty: The call and the decisions\n    deputy: press\n"
    twice = BASE.replace(lead, lead + lead.replace("    deputy", "    deputy"), 1)
    assert mended(twice).raw.decode() == BASE
    inside = BASE.replace("    deputy: press\n", "    deputy: press\n    deputy: press\n", 1)
    assert mended(inside).raw.decode() == BASE
    other = BASE.replace("    deputy: press\n", "    deputy: press\n    deputy: it\n", 1)
    assert mended(other) == Fixed(other.encode())
    in_braces = BASE.replace("needs: {is_attack: no}", "needs: {is_attack: no, is_attack: no}")
    assert mended(in_braces) == Fixed(in_braces.encode())
    end = BASE + "owner: Communications"
    assert mended(end).raw.decode() == BASE.removesuffix("\n")


def test_tabs_become_spaces_where_one_reading_is_possible() -> None:
    lines = "  lead:\n    title: Crisis lead\n    duty: The call and the decisions\n    deputy: press\n"
    tabbed = "  lead:\n\t\ttitle: Crisis lead\n\t\tduty: The call and the decisions\n\t\tdeputy: press\n"
    assert mended(BASE.replace(lines, tabbed)).raw.decode() == BASE
    either = BASE.replace("    duty: The call and", "   \tduty: The call and", 1)
    assert mended(either).raw.decode() in (BASE, either)


def test_the_version_is_raised_above_the_base() -> None:
    before = load_text(BASE.replace("version: 1", "version: 7").encode(), "a.yaml")
    around = dataclasses.replace(AROUND, base=lambda path: before)
    changed = BASE.replace("version: 1", "version:  5  # old").replace("owner: Communications", "owner: Press desk")
    done = mended(changed, around)
    assert done.raw.decode() == changed.replace("5  # old", "8  # old")
    assert names(done) == ["version-not-raised"]
    assert mended(done.raw.decode(), around) == Fixed(done.raw)


def edits(*wanted: tuple[int, int, str], what: str = "it") -> Problem:
    fix = Fix("mend it", tuple(Edit(*one) for one in wanted))
    return Problem("a.yaml", Span(1, 1, 1, 2), "some-rule", "X999", "warning", f"{what} is wrong.", fix=fix)


def look_at(*problems: Problem) -> Callable[[bytes], Sequence[Problem]]:
    """Finds these problems in the first state it sees, and nothing in any other."""
    seen: list[bytes] = []

    def look(raw: bytes) -> Sequence[Problem]:
        seen.append(raw)
        return problems if raw == seen[0] else ()

    return look


def test_the_first_of_two_overlapping_edits_wins() -> None:
    done = fixed(b"a: one two\n", "a.yaml", look_at(edits((3, 10, "first")), edits((7, 10, "second"))))
    assert done.raw == b"a: first\n"
    assert len(done.applied) == 1


def test_the_next_round_takes_what_overlapped() -> None:
    text = said("We\u200b\u200b\u200b look #acme")
    done = mended(text)
    assert done.raw.decode() == said(">-\n              We look #acme")


def test_a_fix_that_would_change_another_value_is_refused() -> None:
    raw = b"a: one\nb: two\n"
    # the quote of the second one would swallow the next line
    for bad in ((3, 6, '"one'), (3, 6, "x\nb: y"), (7, 14, ""), (0, 1, "b"), (3, 6, "{")):
        assert fixed(raw, "a.yaml", look_at(edits(bad))) == Fixed(raw), bad
    done = fixed(raw, "a.yaml", look_at(edits((3, 6, "[")), edits((10, 13, "three"), what="that")))
    assert done.raw == b"a: one\nb: three\n"
    assert [problem.what for problem in done.applied] == ["that is wrong."]


def test_a_fix_that_brings_an_error_is_refused() -> None:
    worse = Problem("a.yaml", Span(1, 1, 1, 2), "other", "X998", "error", "It is worse now.")
    problem = edits((3, 6, "two"))
    look = lambda raw: (problem,) if raw == b"a: one\n" else (worse,)  # noqa: E731
    assert fixed(b"a: one\n", "a.yaml", look) == Fixed(b"a: one\n")


def test_unsafe_fixes_edits_outside_and_files_that_are_no_text_change_nothing() -> None:
    unsafe = dataclasses.replace(edits((3, 6, "two")), fix=Fix("guess", (Edit(3, 6, "two"),), safe=False))
    assert fixed(b"a: one\n", "a.yaml", look_at(unsafe)) == Fixed(b"a: one\n")
    assert fixed(b"a: one\n", "a.yaml", look_at(edits((3, 99, "two")))) == Fixed(b"a: one\n")
    assert fixed(b"a: \xff\n", "a.yaml", look_at(edits((3, 4, "two")))) == Fixed(b"a: \xff\n")
    with pytest.raises(ValueError, match="no place of its own"):
        applied(b"a: one\n", [Fix("", (Edit(0, 3, ""), Edit(2, 4, "")))])


def test_it_ends_when_a_fix_never_mends() -> None:
    rounds: list[bytes] = []

    def look(raw: bytes) -> Sequence[Problem]:
        rounds.append(raw)
        return (edits((3, 3, "x")),)

    assert len(fixed(b"a: one\n", "a.yaml", look).applied) == 10
    assert len(rounds) < 30


def test_the_diff_can_be_read_by_patch() -> None:
    before, after = b"a: 1\nb: 2", b"a: 1\nb: 3"
    assert diff(before, before, "a.yaml") == ""
    assert diff(before, after, "x/a.yaml") == (
        "--- a/x/a.yaml\n+++ b/x/a.yaml\n@@ -1,2 +1,2 @@\n a: 1\n"
        "-b: 2\n\\ No newline at end of file\n+b: 3\n\\ No newline at end of file\n"
    )
    assert "-b: 2\r\n+b: 3\r\n" in diff(MARK + b"a: 1\r\nb: 2\r\n", MARK + b"a: 1\r\nb: 3\r\n", "a.yaml")


def test_writing_keeps_the_mode_and_the_link(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    target = folder / "a.yaml"
    target.write_bytes(b"a: 1\n")
    target.chmod(0o640)
    link = tmp_path / "a.yaml"
    link.symlink_to(target)
    write(link, b"a: 1\n", b"a: 2\n")
    assert link.is_symlink()
    assert target.read_bytes() == b"a: 2\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [one.name for one in folder.iterdir()] == ["a.yaml"]


def test_a_file_that_changed_or_is_gone_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: somebody else\n")
    with pytest.raises(FilesUnusable, match="changed by somebody else"):
        write(path, b"a: 1\n", b"a: 2\n")
    assert path.read_bytes() == b"a: somebody else\n"
    with pytest.raises(FilesUnusable, match="cannot be written"):
        write(tmp_path / "gone.yaml", b"", b"a: 2\n")
    assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]


@functools.cache
def source(name: str) -> str:
    return (shipped("runbooks") / f"{name}.yaml").read_text(encoding="utf-8")


BREAKS = (
    "{{ next_update }} is when",
    "@acme is",
    "no",
    "12:30",
    "010",
    "4700000",
    "We look #acme",
    "We\u200b look",
    "#acme",
)
"""Ways to break a sentence that --fix can mend."""


@functools.cache
def sentences(name: str) -> list[int]:
    """The numbers of the lines of a shipped runbook that hold a whole sentence."""
    lines = source(name).split("\n")
    return [
        number
        for number, line in enumerate(lines[:-1])
        if line.lstrip().startswith("- ") and ": " in line and lines[number + 1].lstrip().startswith("- ")
    ]


def broken(name: str, wanted: dict[int, str]) -> tuple[list[str], set[int]]:
    """The lines of a shipped runbook, some sentences put in other words, and the numbers of those lines."""
    lines, numbers = source(name).split("\n"), set()
    for index, words in wanted.items():
        number = sentences(name)[index % len(sentences(name))]
        lines[number] = f"{lines[number].partition(': ')[0]}: {words}"
        numbers.add(number)
    return lines, numbers


@given(
    st.sampled_from(SHIPPED),
    st.dictionaries(st.integers(0, 400), st.sampled_from(BREAKS), min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=12, deadline=None)
def test_outside_the_edits_every_byte_stays(
    name: str, wanted: dict[int, str], end: str, marked: bool, last: bool
) -> None:
    lines, numbers = broken(name, wanted)
    text = end.join(lines) if last else end.join(lines).rstrip()
    raw = (MARK if marked else b"") + text.encode()
    done = fixed(raw, "a.yaml", looked)
    assert done.applied
    kept = [line for number, line in enumerate(text.split(end)) if number not in numbers]
    after = iter(done.raw.removeprefix(MARK).decode().split(end))
    assert all(line in after for line in kept)
    assert done.raw.startswith(MARK) == marked
    assert fixed(done.raw, "a.yaml", looked) == Fixed(done.raw)
    assert read(done.raw, "a.yaml").whole
    assert not [problem for problem in looked(done.raw) if problem.fix and problem.fix.safe]


def looked(raw: bytes) -> list[Problem]:
    """What the format's own rules find: the only ones with safe fixes here, and fast."""
    loaded = load_text(raw, "a.yaml")
    if loaded.runbook is None or not loaded.document.whole:
        return loaded.problems
    book = Book(loaded.runbook, loaded, Around())
    return [problem for rule in rules("format") for problem in rule.check(book)]


def test_a_fix_that_changes_the_size_of_another_mistake_brings_no_new_one() -> None:
    text = (shipped("runbooks") / "erroneous-mass-message.yaml").read_text(encoding="utf-8")
    words = "- empathy: An odd message in our name? We know it is worrying."
    assert words in text
    text = text.replace(words, words + " We are very sorry for it, an\u200bd we mean it." * 3, 1)

    def look(raw: bytes) -> list[Problem]:
        return lint_one(load_text(raw, "a.yaml"))

    assert any(one.rule == "too-long" for one in look(text.encode()))
    assert fixed(text.encode(), "a.yaml", look).raw.decode() == text.replace("\u200b", "")


def test_no_stand_in_for_an_invisible_character_is_ever_written() -> None:
    for sign in ("\u200b", "\u00ad", "\u202e"):
        text = BASE.replace("verify: The same words", f"verify: {{{{ next_update }}}} sa{sign}me words", 1)
        after = fixed(text.encode(), "a.yaml", lambda raw: lint_one(load_text(raw, "a.yaml"))).raw.decode()
        assert "\ufffd" not in after
        assert 'verify: "{{ next_update }} sa' in after
