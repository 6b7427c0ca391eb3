"""Every rule finds its own Bad example, alone, and leaves its Good example alone."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from crisiscli.linter import lint_one
from crisiscli.loader import load_text
from crisiscli.problem import Problem
from crisiscli.rules import RULES, Rule

BASE = (Path(__file__).parent / "lint" / "base.yaml").read_text(encoding="utf-8")
LAYOUTS = {"banner": "{{ sentences | join(' ') }}"}
NOT_SHOWN = ("not-utf8",)
"""Rules whose bad example cannot stand in a page of UTF-8."""


def example(rule: Rule, kind: str) -> str:
    """The YAML below `Bad:` or `Good:` in a rule's docstring."""
    text = textwrap.dedent("    " + (type(rule).__doc__ or ""))
    found = re.search(rf"^{kind}:\n```yaml\n(.*?)```", text, re.MULTILINE | re.DOTALL)
    assert found, f"{rule.NAME} shows no {kind} example"
    return found[1]


def whole(fragment: str) -> str:
    """A runbook with the fragment's top-level blocks in place of its own."""
    keys = re.findall(r"^(\w+):", fragment, re.MULTILINE)
    if not keys:
        return fragment
    blocks = re.findall(r"^\w+:.*\n(?:[ \n].*\n?)*", BASE, re.MULTILINE)
    return "".join(block for block in blocks if block.partition(":")[0] not in keys) + fragment


def problems(text: str) -> list[Problem]:
    return lint_one(load_text(text.encode(), "example.yaml"), layouts=LAYOUTS)


def test_the_base_is_clean() -> None:
    assert problems(BASE) == []
    assert problems(whole("owner: Communications\n")) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.NAME not in NOT_SHOWN], ids=lambda rule: rule.NAME)
def test_bad_example_raises_exactly_its_rule(rule: Rule) -> None:
    found = problems(whole(example(rule, "Bad")))
    assert {problem.rule for problem in found} == {rule.NAME}
    for problem in found:
        assert (problem.code, problem.level) == (rule.CODE, rule.LEVEL)
        assert problem.what.endswith(".")
        assert problem.effect.endswith(".")
        assert problem.cure.endswith((".", "?", '"'))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.NAME)
def test_good_example_is_clean(rule: Rule) -> None:
    assert problems(whole(example(rule, "Good"))) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.NAME not in NOT_SHOWN], ids=lambda rule: rule.NAME)
def test_the_mark_stands_on_the_example(rule: Rule) -> None:
    fragment = example(rule, "Bad")
    text = whole(fragment)
    first = text[: text.index(fragment)].count("\n") + 1
    for problem in problems(text):
        lines = [problem.span.line, *(label.span.line for label in problem.others)]
        assert any(first <= line <= text.count("\n") + 1 for line in lines)
        assert (problem.span.end_line, problem.span.end_column) > (problem.span.line, problem.span.column)


def test_not_utf8() -> None:
    found = lint_one(load_text(BASE.encode() + "owner: Łączność\n".encode("cp1250"), "example.yaml"))
    assert [(problem.rule, problem.span.line) for problem in found] == [("not-utf8", BASE.count("\n") + 1)]


def test_names_and_codes_are_unique() -> None:
    assert len({rule.NAME for rule in RULES}) == len({rule.CODE for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.NAME) for rule in RULES)
    assert all(re.fullmatch(r"[A-Z]\d{3}", rule.CODE) for rule in RULES)


def test_two_places_are_shown_for_an_undefined_fact() -> None:
    text = BASE.replace("{{ next_update }}", "{{ next_updat }}")
    [found] = [problem for problem in problems(text) if problem.rule == "undefined-fact"]
    line = text.splitlines()[found.span.line - 1]
    assert line[found.span.column - 1 : found.span.end_column - 1] == "{{ next_updat }}"
    assert text.splitlines()[found.others[0].span.line - 1].strip() == "next_update:"
    assert "next_update" in found.cure


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("deputy: press", "deputy: lead", "deputy"),
        ("deputy: press", "deputy: pres", "deputy"),
        ("ask: [is_attack, next_update]", "ask: [is_atack, next_update]", "undefined-fact"),
        ("do: Stop the sending.", "do: Stop the sending.\n        when: {is_atack: no}", "undefined-fact"),
        ("do: Stop the sending.", "do: Stop the sending.\n        when: {decided: stop}", "undefined-step"),
        ("do: Stop the sending.", "do: Stop the sending.\n        when: {sent: holdin}", "undefined-message"),
        ("do: Stop the sending.", "do: Stop.\n        when: {any: [{is_attack: maybe}]}", "impossible-value"),
        ("do: Stop the sending.", "do: Stop the sending.\n        target: call_open", "target"),
        ("do: Stop the sending.", "call: [leed]", "undefined-role"),
        ("do: Stop the sending.", "do: Stop.\n        skip: nevr", "wrong-value"),
        ("to: [website]", "to: [website]\n    approve: [boss]", "undefined-role"),
        ("to: [website]", "to: [websit]", "undefined-channel"),
        ("      page:", "      pag:", "undefined-channel"),
        ("type: time", "type: time\n    confirmed_by: security", "undefined-role"),
        ("reached_by: [website]", "reached_by: [x]\n    offline: true", "audience-unreached"),
        ("reached_by: [website]", "reached_by: [ivr]", "audience-unreached"),
        ("{{ next_update }}", "{{ next_update | count }}", "unknown-filter"),
        ("send: [holding]", "send: [holdin]", "undefined-message"),
    ],
)
def test_other_ways_to_break_a_rule(old: str, new: str, rule: str) -> None:
    assert old in BASE
    assert rule in {problem.rule for problem in problems(BASE.replace(old, new, 1))}


CONDITIONAL = """messages:
  holding:
    stage: holding
    for: [customers]
    to: [website, x]
    text:
      page:
        en:
          - checking: We are looking into it.
      x:
        en:
          - attack: {attack}
            when: {{is_attack: yes}}
          - mistake: {mistake}
            when: {{is_attack: no}}
          - next_update: More at {{{{ next_update }}}}.
"""


def test_sentences_that_exclude_one_another_are_not_added_up() -> None:
    short = CONDITIONAL.format(attack="a" * 200, mistake="b" * 200)
    assert problems(whole(short)) == []
    long = CONDITIONAL.format(attack="a" * 200, mistake="b" * 270)
    [found] = problems(whole(long))
    assert found.rule == "too-long"
    assert f"{270 + len(' More at 20:30.')} of 280" in found.what


def test_longest_value_is_measured() -> None:
    fragment = CONDITIONAL.format(attack="short", mistake="b" * 200).replace("More at", "Call {{ name }}")
    facts = BASE[BASE.index("facts:") : BASE.index("audiences:")] + "  name:\n    ask: Which?\n    type: text\n"
    assert problems(whole(fragment + facts)) == []
    [found] = problems(whole(fragment + facts + f"    longest: {'n' * 90}\n"))
    assert found.rule == "too-long"
    assert any("nnn" in label.text for label in found.others)
