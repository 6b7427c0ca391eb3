"""The format's rules: cures a person can follow, near misses that stay silent, and what each fix would do."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from crisiscli.linter import lint_one
from crisiscli.linter.fixing import applied
from crisiscli.loader import load_text, shipped
from crisiscli.loader.keys import hint_at, hints, noun, verbs
from crisiscli.problem import Problem
from crisiscli.rules import Around, rules
from crisiscli.runbook import Runbook
from crisiscli.source.quoting import Offsets
from crisiscli.steps import STEPS
from examples import BASE

SHIPPED = sorted(path.stem for path in shipped("runbooks").glob("*.yaml"))
ROOM = {rule.NAME for rule in rules("format")}
BRIEF = "      page:\n" + BASE.partition("      page:\n")[2].partition("  holding:\n")[0]
SENTENCE = "          - checking: Sprawdzamy, jak do tego doszło.\n"


def source(name: str = "erroneous-mass-message") -> str:
    return (shipped("runbooks") / f"{name}.yaml").read_text(encoding="utf-8")


def found(text: str, around: Around | None = None) -> list[Problem]:
    return [one for one in lint_one(load_text(text.encode(), "a.yaml"), around) if one.rule in ROOM]


def said(words: str) -> str:
    assert SENTENCE in source()
    return source().replace(SENTENCE, f"          - checking: {words}\n", 1)


def marked(text: str, problem: Problem) -> str:
    start, end = Offsets(text).of(problem.span)
    return text[start:end]


@pytest.mark.parametrize(
    ("words", "mark", "what", "cure"),
    [
        ("{{ next_update }} is it", "{{", "begins with {{", '`"{{ next_update }} is it"`'),
        ("{{ next_update }}", "{{", "begins with {{", '`"{{ next_update }}"`'),
        ("@acme knows", "@", "begins with @", '`"@acme knows"`'),
        ("%20 know", "%", "begins with %", '`"%20 know"`'),
        ("`We` know", "`", "begins with `", '"`We` know"'),
        ("*We* know", "*", "begins with *", '`"*We* know"`'),
        ("*know", "*", "begins with *", '`"*know"`'),
        ("&know it", "&", "begins with &", '`"&know it"`'),
        ("!know it", "!", "begins with !", '`"!know it"`'),
        ("!Listen, please", "!", "begins with !", '`"!Listen, please"`'),
        ("| We know", "|", "begins with |", '`"| We know"`'),
        ("> We know", ">", "begins with >", "on the next line"),
        ("[We] know", "[", "begins with [", '`"[We] know"`'),
        ("{We} know", "{", "begins with {", '`"{We} know"`'),
        ("- We know", "-", "A list begins on a line of its own", '`"- We know"`'),
        ("Note: we know", ":", "a colon with a space", '`"Note: we know"`'),
        ('He said: "no"', ":", "a colon with a space", "`'He said: \"no\"'`"),
        ('"never closed', '"never closed', "not closed on its line", '`"never closed"`'),
        ("'it's fine'", "s", "the apostrophe before it", '`"it\'s fine"`'),
        ('"We said "no" to it"', "n", "goes on after its closing quote", "`'We said \"no\" to it'`"),
        ('"We" know', "k", "goes on after its closing quote", "`'\"We\" know'`"),
        ("'We' know", "k", "goes on after its closing quote", "`\"'We' know\"`"),
        ("[a, b", "[", "is not closed", "Close it with ]"),
        ('"a\\qb"', "\\q", "backslash", "two backslashes"),
        ("We know #acme", "#acme", "your hashtag would vanish", '`"We know #acme"`'),
        ("We know # now", "# now", "ends before the #", "a line of its own"),
        ("#acme knows", "#acme knows", "your hashtag would vanish", '`"#acme knows"`'),
        ("4700000", "4700000", "must be text", "Put quotes around it."),
        ("We know {{ next_update }", "{{ next_update }", "never closed", "`{{ next_update }}`"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_once_and_with_the_line_as_it_should_stand(
    words: str, mark: str, what: str, cure: str
) -> None:
    text = said(words)
    [problem] = found(text)
    assert problem.span.line == text[: text.index(f"checking: {words}")].count("\n") + 1
    assert marked(text, problem) == mark
    assert what in problem.what
    assert cure in problem.cure
    assert problem.effect


@pytest.mark.parametrize(
    ("line", "mark", "what", "cure"),
    [
        ("          - {checking: We, and you}", "and you", "The comma ends the text", '"We, and you"'),
        ("          - {checking: A, b, c}", "b", "The comma ends the text", '`"A, b, c"`'),
        ("          - {checking: {{ next_update }} is it}", "{{", "inside braces", '`"{{ next_update }} is it"`'),
        ("          - {checking: At {{ next_update }}}", "{{", "inside braces", '"At {{ next_update }}"'),
        ("          - {checking: {{ next_update }}}", "{{", "inside braces", '`"{{ next_update }}"`'),
        ("          - {checking: [a, b}", "[", "is not closed", "Close it with ]"),
        ("          - {checking: We know", "{", "is not closed", "Close it with }"),
        ("          - checking:We know", "checking:We know", "no space after `checking:`", "`- checking: We know`"),
        ("          -checking: We know", "-", "no space after the dash", "Write `- `"),
        ("          checking: We know", "c", "no `- ` before it", "Begin it with `- `"),
        ("           - checking: We know", "-", "does not line up", "same number of spaces"),
        ("\t- checking: We know", "\t", "a tab here", "two spaces"),
    ],
)  # fmt: skip
def test_each_broken_line_is_told_once(line: str, mark: str, what: str, cure: str) -> None:
    text = source().replace(SENTENCE, f"{line}\n", 1)
    problems = found(text)
    assert len(problems) == 1 or "[a, b}" in line
    assert marked(text, problems[0]) == mark
    assert what in problems[0].what
    assert cure in problems[0].cure


def test_a_comma_in_braces_is_told_in_any_block() -> None:
    text = source().replace("owner: Communications\n", "owner: Communications\nt0: {a: one, two, three}\n", 1)
    text = text.replace("t0: When did the first wrong message leave?\n", "", 1)
    assert ['"one, two, three"' in one.cure for one in found(text) if "comma" in one.what] == [True]
    for fine in ("needs: {is_attack: no}", "needs: {fact: is_attack, is: no}"):
        assert found(BASE.replace("needs: {is_attack: no}", fine)) == []
    quoted = BASE.replace("needs: {is_attack: no}", 'needs: {is_attack: "no", maybe}')
    assert "comma" not in found(quoted)[0].what


def test_a_line_without_a_space_after_its_colon() -> None:
    text = source().replace("    title: Crisis lead", "    title:Crisis lead", 1)
    [problem] = found(text)
    assert "no space after the colon" in problem.what
    assert "`title: Crisis lead`" in problem.cure
    assert problem.fix is not None
    assert not problem.fix.safe
    assert found(applied(text.encode(), [problem.fix]).decode()) == []


def test_every_misspelt_key_of_every_noun_is_told_once_with_the_key_that_was_meant() -> None:
    tried: set[tuple[str, str]] = set()
    for text in sorted(map(source, SHIPPED), key=len):
        document = load_text(text.encode(), "a.yaml").document
        offsets = Offsets(document.text)
        for place, kind, key in keys(document.value):
            if (kind, key) in tried:
                continue
            tried.add((kind, key))
            start, end = offsets.of(document.span((*place, key), key=True))
            problems = load_text(f"{text[:start]}{key}{key[-1]}{text[end:]}".encode(), "a.yaml").problems
            assert [f"`{key}`" in problem.cure for problem in problems] == [True], (kind, key)
            fix = problems[0].fix
            assert fix is not None
            assert not fix.safe
            assert fix.edits[0].text == key
    assert len(tried) > 60


def keys(whole: object) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every key of every noun: the place of the noun, its kind, the key."""
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), whole)]
    while waiting:
        place, value = waiting.pop()
        entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        waiting += [((*place, key), child) for key, child in entries]
        cls = noun(hint_at(place, whole)) or (Runbook if not place else None)
        if cls is not None and isinstance(value, dict):
            kind = STEPS[verbs(value)[0]] if place[:1] == ("phases",) and verbs(value) else cls
            yield from ((place, kind.__name__, key) for key in value if key in hints(kind))


AMBIGUOUS = {
    "no": "the answer no", "Yes": "the answer yes", "ON": "the answer yes", "off": "the answer no",
    "12:30": "the number 750", "1:02:03": "the number 3723", "010": "the number 8", "0899": "the number 899",
    "1_000": "the number 1000", "0x1F": "the number 31", "0b11": "the number 3", "1e3": "a number", ".5": "a number",
    "+48221234567": "the number 48221234567", "2026-01-01": "a date", "2026-01-01 12:30:00": "a date",
    ".inf": "a number", "-07": "the number 7", "9" * 20: f"the number {'9' * 20}", "1.": "a number",
}  # fmt: skip


@pytest.mark.parametrize("words", AMBIGUOUS)
@pytest.mark.parametrize(
    ("old", "key"),
    [
        ("    longest: a power cut in our data centre\n", "    longest: "),
        ("    title: Crisis lead\n", "    title: "),
        ("        answer: What stands still now\n", "        answer: "),
        ("          now: There, now\n", "          now: "),
        ("          - checking: We do not know the cause yet. We are looking into it.\n", "          - checking: "),
        ("          - next_update: More at {{ next_update }}.\n", "          - next_update: "),
        ("    who: Customers\n", "    who: "),
        ("owner: Communications\n", "owner: "),
    ],
)
def test_a_text_that_others_read_as_something_else(words: str, old: str, key: str) -> None:
    assert old in BASE
    text = BASE.replace(old, f"{key}{words}\n", 1)
    [problem] = found(text)
    assert (problem.rule, problem.level, marked(text, problem)) == ("ambiguous-scalar", "warning", words)
    assert AMBIGUOUS[words] in problem.what
    assert problem.fix is not None
    assert found(applied(text.encode(), [problem.fix]).decode()) == []


@pytest.mark.parametrize(
    "words",
    ["None yet", "no one", "30m", "T+9m", "4 700 000", "12:30 CET", "24/7", "on call", "1.2.3", "2026", "12:75",
     "20%", "08:00-16:00", "+48 22 123 45 67", "-", "e3", "0x", "1-2"],
)  # fmt: skip
def test_texts_that_nobody_reads_otherwise(words: str) -> None:
    text = BASE.replace("    longest: a power cut in our data centre\n", f"    longest: {words}\n", 1)
    assert [one for one in found(text) if one.rule == "ambiguous-scalar"] == []


@pytest.mark.parametrize("written", ['"12:30"', "'no'", ">-\n      12:30"])
def test_quotes_and_blocks_leave_no_doubt(written: str) -> None:
    assert found(BASE.replace("longest: a power cut in our data centre", f"longest: {written}", 1)) == []


def test_conditions_names_keys_and_times_are_plain_on_purpose() -> None:
    text = BASE.replace(
        "        do: Stop the sending.\n", "        do: Stop the sending.\n        when: {is_attack: no}\n", 1
    )
    text = text.replace("          now: There, now\n", "          no: Not there\n          on: There, now\n", 1)
    text += "gates:\n  light:\n    opens_when:\n      - {fact: is_attack, is: no}\n      - is_attack: no\n"
    assert found(text) == []
    for name in SHIPPED:
        assert found(source(name)) == []


def test_a_plain_number_where_a_text_is_wanted_is_one_finding() -> None:
    text = BASE.replace("longest: a power cut in our data centre", "longest: 4700000", 1)
    [problem] = found(text)
    assert problem.rule == "wrong-value"
    assert problem.fix is not None
    assert problem.fix.safe
    assert problem.fix.edits[0].text == '"4700000"'


def against(before: str) -> Around:
    loaded = load_text(before.encode(), "a.yaml")
    return Around(base=lambda path: loaded)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("We are looking into it.", "We look into it."), "We do not know"),
        (("deputy: press", "deputy: it"), "it"),
        (("    reached_by: [intranet]\n", "    reached_by: [intranet, branch]\n"), "branch"),
        (("        by: T+2m\n", ""), "id: stop"),
        (("  first_word: 15m\n", ""), "targets"),
        (("targets:\n  call_open: 15m\n  first_word: 15m\n", ""), ""),
    ],
)
def test_a_changed_value_needs_a_higher_version(change: tuple[str, str], place: str) -> None:
    assert change[0] in BASE
    text = BASE.replace(*change)
    [problem] = found(text, against(BASE))
    assert problem.rule == "version-not-raised"
    assert marked(text, problem) == "1"
    assert "`version` is still 1" in problem.what
    assert "`version: 2`" in problem.cure
    if place:
        start, end = Offsets(text).of(problem.others[0].span)
        assert text[start:end].startswith(place)
    assert found(text.replace("version: 1", "version: 2", 1), against(BASE)) == []


def test_a_version_below_the_base_is_told() -> None:
    before = BASE.replace("version: 1", "version: 4")
    [problem] = found(BASE.replace("deputy: press", "deputy: it"), against(before))
    assert problem.what == "The content changed since version 4, and `version` is only 1."
    assert problem.fix is not None
    assert problem.fix.edits[0].text == "5"


def test_comments_layout_and_seals_are_no_content() -> None:
    for text in (
        "# more\n" + BASE.replace("title: Outage", "title:   'Outage'  # why"),
        BASE.replace("on: 2026-11-20\n  by: ann", "on: 2026-11-22\n  by: bob"),
        BASE.replace("\n", "\r\n"),
        BASE,
    ):
        assert found(text, against(BASE)) == []


def test_what_cannot_be_compared_says_nothing() -> None:
    text = BASE.replace("deputy: press", "deputy: it")
    new = dataclasses.replace(against(BASE), base=lambda path: None)
    assert found(text, new) == []
    assert found(text, against("crisis: [1\n")) == []
    assert found(text, against(BASE.replace("version: 1\n", ""))) == []


def test_what_a_joiner_or_a_direction_mark_does_is_left_to_a_person() -> None:
    for words, fixable in (("We\u200b know", True), ("We know\ufeff", True), ("We\u202e know", False)):
        [problem] = found(said(words))
        assert problem.rule == "hidden-character"
        assert (problem.fix is not None) == fixable
    assert found(said("\U0001f469\u200d\U0001f692 knows")) == []


def test_every_fix_a_rule_promises_is_in_its_page() -> None:
    by_name = {rule.NAME: rule for rule in rules("format")}
    for name in ("yaml-syntax", "lost-hashtag", "hidden-character", "duplicate-key", "wrong-value", "text-shape"):
        assert by_name[name].FIXES
    assert all(rule.SINCE == "draft" for rule in by_name.values())


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("title: Outage #1\n", "#1"),
        ("summary: See #7\n", "#7"),
    ],
)
def test_a_hashtag_is_lost_from_a_short_heading_too(line: str, mark: str) -> None:
    key = line.partition(":")[0]
    old = next(one for one in BASE.splitlines(keepends=True) if one.startswith(f"{key}:"))
    text = BASE.replace(old, line, 1)
    [one] = found(text)
    assert (one.rule, marked(text, one)) == ("lost-hashtag", mark)


@pytest.mark.parametrize(
    ("after", "lost"),
    [
        (".   # keep this one", False),
        (".  # keep this one", False),
        (". # keep this one", True),
        (".   #acme", True),
        ("   # keep this one", True),
        (" # 4 on the board.", True),
    ],
)
def test_a_comment_after_a_finished_sentence_is_no_lost_text(after: str, lost: bool) -> None:
    old = "verify: The same words stand on our website.\n"
    text = BASE.replace(old, f"verify: The same words stand on our website{after}\n", 1)
    assert [one.rule for one in found(text)] == ["lost-hashtag"] * lost


def test_an_unknown_key_in_a_full_block_is_to_be_deleted() -> None:
    old = "    duty: What works and what does not\n"
    [one] = found(BASE.replace(old, f"{old}    color: red\n", 1))
    assert one.cure == "Delete it."


@pytest.mark.parametrize(
    ("old", "new", "rule", "mark", "cure"),
    [
        ("version: 1\n", "", "missing-key", None, "Add `version: 1`."),
        ("id: outage\n", "", "missing-key", None, "Add `id: outage`."),
        ("id: outage\n", "id: Wielka Ława\n", "wrong-name", "Wielka Ława", "digits and dashes: `wielka-lawa`."),
        ("  is_attack:\n", "  is attack?:\n", "wrong-name", "is attack?", "underscores: `is_attack`."),
        ("  must: [en]\n", " en\n", "wrong-value", "en", "Write `languages: {must: [en]}`."),
        (BRIEF, "      en: Our app does not work.\n", "wrong-value", "Our app does not work.",
         "`page:`, below it `en:`, then `- known: ...`."),
        ("{is_attack: no}", "{fact: is_attack is: no}", "yaml-syntax", "is",
         "Write `{fact: is_attack, is: no}`."),
        ("More at {{ next_update }}", "More at { next_update }", "sentence-grammar", "{ next_update }",
         "Write `{{ next_update }}`."),
        ("More at {{ next_update }}", "More at {{ next-update }}", "sentence-grammar", "{{ next-update }}",
         "Did you mean `{{ next_update }}`?"),
        ("More at {{ next_update }}", "More at {{ next_update, time }}", "sentence-grammar", "{{ next_update, time }}",
         "Did you mean `{{ next_update | time }}`?"),
    ],
)  # fmt: skip
def test_cures_that_say_what_to_type(old: str, new: str, rule: str, mark: str | None, cure: str) -> None:
    assert old in BASE
    new = f"languages:{new}" if old.startswith("  must") else new
    text = BASE.replace(f"languages:\n{old}" if old.startswith("  must") else old, new, 1)
    ones = [one for one in found(text) if one.rule == rule]
    assert len(ones) == 1
    assert ones[0].cure.endswith(cure)
    assert mark in (None, marked(text, ones[0]))


def test_a_fact_between_single_braces_is_mended_and_other_braces_are_left() -> None:
    text = BASE.replace("More at {{ next_update }}", "More at {next_update}", 1)
    [one] = found(text)
    assert one.fix is not None
    assert one.fix.safe
    assert applied(text.encode(), [one.fix]).decode() == BASE
    assert found(BASE.replace("More at {{", "More {soon} at {{", 1)) == []


def test_a_comment_that_ignores_is_no_lost_text_however_it_is_written() -> None:
    old = "verify: The same words stand on our website.\n"
    for comment in ("# Crisis: Ignore[T707] agreed", "#  crisis:ignore[T707] agreed", "# crisis: ignore[T707] agreed"):
        text = BASE.replace(old, f"verify: The same words {comment}\n", 1)
        assert [one.rule for one in found(text)] == []


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_a_file_in_another_encoding_is_told_once(coding: str) -> None:
    [one] = lint_one(load_text(BASE.encode(coding), "a.yaml"))
    assert (one.rule, one.what) == ("not-utf8", "The file is saved as UTF-16.")


@pytest.mark.parametrize(
    ("text", "mark"), [("x: [", 4), ("a: [", 4), ("x: {a: 1,\n", 4), ("x: [a, [b, c], {\n\n", 16), ("x: [y, [a,", 8)]
)
def test_a_bracket_that_opens_at_the_end_of_a_file_and_is_not_closed(text: str, mark: int) -> None:
    [one] = lint_one(load_text(text.encode(), "a.yaml"))
    assert (one.what, one.span.line, one.span.column) == (
        f"The bracket {text[mark - 1]} that opens here is not closed.", 1, mark,
    )  # fmt: skip


def test_what_ended_the_reading_stands_above_what_was_found_before_it() -> None:
    text = BASE.replace("owner: ", "ownr: ", 1) + 'more: "never closed\n'
    assert [one.rule for one in found(text)][:2] == ["yaml-syntax", "unknown-key"]


def test_zeros_are_no_text() -> None:
    [one] = lint_one(load_text(bytes(4_000), "a.yaml"))
    assert one.what == "This is not a text file."
    told = {one.rule for one in lint_one(load_text(bytes(600_000), "a.yaml"))}
    assert told == {"file-limit"}


def test_an_example_to_copy_holds_nothing_invisible() -> None:
    [one] = [
        one for one in found(BASE.replace("title: Outage", "title: Out\u200bage: now")) if one.rule == "yaml-syntax"
    ]
    assert '`"Outage: now"`' in one.cure
