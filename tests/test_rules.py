"""Every rule finds its own Bad example, alone, and leaves its Good example alone."""

from __future__ import annotations

import re

import pytest

from crisiscli.linter import lint_one
from crisiscli.loader import load_text
from crisiscli.problem import Problem
from crisiscli.rules import Rule, rules
from examples import AROUND, BASE, around_of, example, whole

RULES = rules()
NOT_SHOWN = ("not-utf8",)
"""Rules whose bad example cannot stand in a page of UTF-8."""
LET_THROUGH = {"ignore-without-reason": {"unknown-key"}}
"""What else a bad example shows: without a reason an ignore comment lets its finding through."""


def problems(text: str, rule: Rule | None = None) -> list[Problem]:
    return lint_one(load_text(text.encode(), "example.yaml"), AROUND if rule is None else around_of(rule))


def told(found: list[Problem], level: str = "") -> list[str]:
    """What was found, so that a failing test can be read."""
    return [f"{p.span.line} {p.level} {p.rule}: {p.what}" for p in found if level in ("", p.level)]


def test_the_base_is_clean() -> None:
    assert told(problems(BASE)) == []
    assert whole("owner: Communications\n") == BASE


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.NAME not in NOT_SHOWN], ids=lambda rule: rule.NAME)
def test_the_bad_example_raises_its_rule_and_nothing_else_that_the_good_one_does_not(rule: Rule) -> None:
    bad, good = (problems(whole(example(rule, kind)), rule) for kind in ("Bad", "Good"))
    more = LET_THROUGH.get(rule.NAME, set())
    assert {problem.rule for problem in bad} - {problem.rule for problem in good} - more == {rule.NAME}, told(bad)
    for problem in bad:
        if problem.rule == rule.NAME:
            assert (problem.code, problem.level) == (rule.CODE, rule.LEVEL)
            assert problem.what.endswith(".")
            assert problem.effect.endswith(".")
            assert problem.cure.endswith((".", "?", '"'))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.NAME)
def test_the_good_example_can_be_used(rule: Rule) -> None:
    found = problems(whole(example(rule, "Good")), rule)
    assert told(found, level="error") == []
    assert rule.NAME not in {problem.rule for problem in found}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.NAME not in NOT_SHOWN], ids=lambda rule: rule.NAME)
def test_the_mark_stands_on_the_example(rule: Rule) -> None:
    fragment = example(rule, "Bad")
    text = whole(fragment)
    lines = text.splitlines()
    for problem in problems(text, rule):
        if problem.rule == rule.NAME:
            marked = [lines[line - 1] for line in (problem.span.line, *(label.span.line for label in problem.others))]
            assert any(line in fragment.splitlines() for line in marked), marked
            assert (problem.span.end_line, problem.span.end_column) > (problem.span.line, problem.span.column)


def test_not_utf8() -> None:
    found = lint_one(load_text(BASE.encode() + "t0: Od której godziny?\n".encode("cp1250"), "example.yaml"))
    assert [(problem.rule, problem.span.line) for problem in found] == [("not-utf8", BASE.count("\n") + 1)]


def test_names_and_codes_are_unique() -> None:
    assert len({rule.NAME for rule in RULES}) == len({rule.CODE for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.NAME) for rule in RULES)
    assert all(re.fullmatch(r"[A-Z]\d{3}", rule.CODE) for rule in RULES)


def test_two_places_are_shown_for_an_undefined_fact() -> None:
    text = BASE.replace("{{ next_update }}", "{{ next_updat }}", 1)
    [found] = [problem for problem in problems(text) if problem.rule == "undefined-fact"]
    line = text.splitlines()[found.span.line - 1]
    assert line[found.span.column - 1 : found.span.end_column - 1] == "{{ next_updat }}"
    assert text.splitlines()[found.others[0].span.line - 1].strip() == "next_update:"
    assert "next_update" in found.cure


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("deputy: press", "deputy: lead", "own-deputy"),
        ("deputy: press", "deputy: pres", "undefined-role"),
        ("    duty: The words\n    deputy: lead\n", "    duty: The words\n", "deputy"),
        ("ask: [is_attack, next_update]", "ask: [is_atack, next_update]", "undefined-fact"),
        ("do: Stop the sending.", "do: Stop the sending.\n        when: {is_atack: no}", "undefined-fact"),
        ("do: Stop the sending.", "do: Stop the sending.\n        when: {decided: stop}", "undefined-step"),
        ("do: Stop the sending.", "do: Stop the sending.\n        when: {sent: holdin}", "undefined-message"),
        ("do: Stop the sending.", "do: Stop.\n        when: {any: [{is_attack: maybe}]}", "impossible-value"),
        ("do: Stop the sending.", "do: Stop the sending.\n        target: mood_read", "target"),
        ("do: Stop the sending.", "call: [leed]", "undefined-role"),
        ("do: Stop the sending.", "do: Stop.\n        skip: nevr", "wrong-value"),
        ("approve: [lead]", "approve: [boss]", "undefined-role"),
        ("to: [website, ivr, branch]", "to: [websit, ivr, branch]", "undefined-channel"),
        ("      page:", "      pag:", "undefined-channel"),
        ("type: time", "type: time\n    confirmed_by: security", "undefined-role"),
        ("reached_by: [website, ivr]", "reached_by: [x]\n    offline: true", "audience-unreached"),
        ("reached_by: [intranet]", "reached_by: [sms]", "audience-unreached"),
        ("{{ next_update }}", "{{ next_update | count }}", "unknown-filter"),
        ("send: [holding]", "send: [holdin]", "undefined-message"),
    ],
)
def test_other_ways_to_break_a_rule(old: str, new: str, rule: str) -> None:
    assert old in BASE
    assert rule in {problem.rule for problem in problems(BASE.replace(old, new, 1))}


CONDITIONAL = """messages:
  thanks:
    stage: thanks
    for: [customers]
    to: [website, x]
    approve: [lead]
    text:
      page:
        en:
          - thanks: Thank you.
      x:
        en:
          - attack: {attack}
            when: {{is_attack: yes}}
          - mistake: {mistake}
            when: {{is_attack: no}}
          - next_update: More at {{{{ next_update }}}}.
"""


def too_long(text: str) -> list[Problem]:
    return [problem for problem in problems(text) if problem.rule == "too-long"]


def test_sentences_that_exclude_one_another_are_not_added_up() -> None:
    short = CONDITIONAL.format(attack="a" * 200, mistake="b" * 200)
    assert too_long(whole(short)) == []
    long = CONDITIONAL.format(attack="a" * 200, mistake="b" * 270)
    [found] = too_long(whole(long))
    assert f"{270 + len(' More at 20:30.')} of 280" in found.what


def test_longest_value_is_measured() -> None:
    fragment = CONDITIONAL.format(attack="short", mistake="b" * 200).replace("More at", "Call {{ name }}")
    facts = "facts:\n  name:\n    ask: Which?\n    type: text\n"
    assert too_long(whole(fragment + facts)) == []
    [found] = too_long(whole(fragment + facts + f"    longest: {'n' * 90}\n"))
    assert any("nnn" in label.text for label in found.others)
