"""Rules about names: what can be reached, what is asked in time, what is used, and what only looks wrong."""

from __future__ import annotations

import dataclasses
import textwrap
from pathlib import Path

import pytest

from crisiscli.linter import lint_one
from crisiscli.loader import load_text
from crisiscli.problem import Problem
from crisiscli.rules import Around, Book
from crisiscli.rules.references.possible import Possible
from examples import AROUND, BASE, whole

RUNBOOKS = sorted((Path(__file__).parents[1] / "runbooks").glob("*.yaml"))


def found(rule: str, text: str, around: Around = AROUND) -> list[Problem]:
    return [one for one in lint_one(load_text(text.encode(), "example.yaml"), around) if one.rule == rule]


def step(when: str, *, phase: str = "first", name: str = "extra", verb: str = "do: Something.") -> str:
    """A piece of a runbook: one more step at the end of a phase, under a condition."""
    head = f"phases:\n  - id: {phase}\n    title: A phase\n    steps:\n      - id: {name}\n        {verb}\n"
    written = textwrap.dedent(when).strip("\n")
    if "\n" not in written:
        return f"{head}        when: {written}\n"
    return f"{head}        when:\n{textwrap.indent(written, ' ' * 10)}\n"


def marked(text: str, one: Problem) -> str:
    """The characters a Problem marks."""
    return text.splitlines()[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1]


FACTS = """facts:
  people:
    ask: How many people?
    type: count
  load:
    ask: How is the load?
    type: choice
    options:
      normal: As usual
      high: High
      down: Down
"""


@pytest.mark.parametrize(
    "when",
    [
        "[{is_attack: yes}, {is_attack: no}]",
        "[{fact: is_attack, is_not: yes}, {fact: is_attack, is_not: no}]",
        "[{fact: is_attack, is: unknown}, {is_attack: no}]",
        "[{any: [{load: high}, {load: down}]}, {load: normal}]",
        "[{not: {load: high}}, {load: high}]",
        "[{fact: people, at_least: 100}, {fact: people, at_most: 50}]",
        "[{fact: load, is_not: normal}, {fact: load, is_not: high}, {fact: load, is_not: down}]",
        "[{decided: same-channel, is: now}, {decided: same-channel, is: elsewhere}]",
        "[{decided: same-channel, is: unknown}, {decided: same-channel, is: now}]",
    ],
)
def test_a_step_that_can_never_apply(when: str) -> None:
    text = whole(FACTS + step(when))
    [one] = found("unreachable-step", text)
    assert "`extra`" in one.what
    assert one.others


@pytest.mark.parametrize(
    "when",
    [
        "{is_attack: yes}",
        "[{is_attack: yes}, {decided: same-channel, is: now}]",
        "[{any: [{is_attack: yes}, {is_attack: no}]}, {is_attack: no}]",
        "[{fact: people, at_least: 50}, {fact: people, at_most: 100}]",
        "[{fact: people, at_least: 50}, {fact: people, is_not: 60}, {fact: people, is_not: 70}]",
        "[{fact: cause, is_not: rain}, {fact: cause, is_not: snow}]",
        "[{not: {load: high}}, {not: {load: down}}]",
        "[{sent: holding}, {not: {sent: holding, on: [website]}}]",
        "[{signal: mood, is: hostile}, {signal: mood, is: mostly_kind}]",
        "{any: [{is_attack: yes}, [{is_attack: no}, {is_attack: unknown}]]}",
    ],
)
def test_a_step_that_may_apply(when: str) -> None:
    assert found("unreachable-step", whole(FACTS + step(when))) == []


def test_a_decision_counts_only_where_its_own_step_applies() -> None:
    decision = step(
        "{decided: same-channel, is: elsewhere}",
        phase="later",
        name="go",
        verb="decide: Does it go?\n        options:\n          go: It goes\n          drop: It stays",
    )
    both = "        when: [{decided: same-channel, is: now}, {decided: go, is: go}]\n"
    text = whole(decision + "      - id: extra\n        do: Something.\n" + both)
    [one] = found("unreachable-step", text)
    assert any("`go` is decided only then" in label.text for label in one.others)
    good = text.replace("{decided: same-channel, is: now}, {decided: go", "{is_attack: no}, {decided: go")
    assert found("unreachable-step", good) == []


def test_a_follow_up_that_can_never_apply() -> None:
    later = "follow_ups:\n  - id: more\n    at: T+5d\n    do: More.\n    when: [{is_attack: yes}, {is_attack: no}]\n"
    [one] = found("unreachable-step", whole(later))
    assert "The follow-up `more`" in one.what


def test_a_gate_that_never_opens_and_a_sentence_that_is_never_said() -> None:
    gate = "gates:\n  calm:\n    opens_when:\n      - is_attack: yes\n      - is_attack: no\n"
    text = whole(gate)
    [one] = found("contradiction", text)
    assert "`calm` never opens" in one.what
    assert marked(text, one) == "is_attack"
    said = BASE.replace(
        "          - no_break_in: Nobody broke into our systems.\n",
        "          - no_break_in: Nobody broke into our systems.\n            when: {is_attack: yes}\n",
    )
    [one] = found("contradiction", said)
    assert "`no_break_in` of `explanation`" in one.what
    assert any(label.span.line == said.splitlines().index("    needs: {is_attack: no}") + 1 for label in one.others)


def test_too_many_answers_are_not_tried() -> None:
    many = "".join(f"  f{number}:\n    ask: What?\n    type: yes_no\n" for number in range(9))
    when = "\n".join([*(f"- f{number}: yes" for number in range(9)), "- f0: no"])
    text = whole("facts:\n" + many + step(when))
    assert found("unreachable-step", text) == []
    loaded = load_text(text.encode(), "x.yaml")
    assert loaded.runbook is not None
    book = Book(loaded.runbook, loaded)
    assert list(Possible(book).worlds([book.steps[-1][1].when or {}]))
    assert Possible(book).holds([{"f0": "yes"}])
    assert not Possible(book).holds([{"f0": "yes"}, {"f0": "no"}])


@pytest.mark.parametrize(
    ("when", "phase", "told"),
    [
        ("{decided: same-channel, is: now}", "first", []),
        ("{sent: explanation}", "first", ["extra"]),
        ("{not: {sent: explanation}}", "first", []),
        ("{any: [{sent: explanation}, {is_attack: no}]}", "first", []),
        ("{fact: cause, is: rain}", "first", ["extra"]),
        ("{fact: cause, is: unknown}", "first", []),
        ("{fact: cause, is: rain}", "later", []),
        ("{is_attack: yes}", "first", []),
    ],
)
def test_a_step_that_looks_at_what_comes_later(when: str, phase: str, told: list[str]) -> None:
    problems = found("step-too-early", whole(step(when, phase=phase)))
    assert [name for name in told if f"`{name}`" in problems[0].what] == told if told else problems == []


def test_needs_of_a_later_step_and_of_an_earlier_one() -> None:
    early = BASE.replace("        do: Stop the sending.\n", "        needs: [speak]\n        do: Stop the sending.\n")
    [one] = found("step-too-early", early)
    assert "`stop` needs `speak`" in one.what
    late = BASE.replace("      - id: explain\n", "      - id: explain\n        needs: [speak]\n")
    assert found("step-too-early", late) == []


def test_decisions_that_wait_for_one_another() -> None:
    text = (
        BASE.replace(
            "        decide: Answer in the channel where it began?\n",
            "        when: {decided: other, is: yes}\n        decide: Answer in the channel where it began?\n",
        )
        + ""
    )
    other = step(
        "{decided: same-channel, is: now}",
        name="other",
        verb='decide: Another one?\n        options:\n          "yes": Yes\n          "no": No',
    )
    [one] = found("step-cycle", whole(other, text))
    assert "same-channel -> other -> same-channel" in one.what
    assert found("step-too-early", whole(other, text)) == []


ORDER = "ask: [is_attack, next_update]"


def test_a_fact_that_only_a_later_step_asks_for() -> None:
    text = BASE.replace(ORDER, "ask: [is_attack]").replace("ask: [cause, ", "ask: [next_update, cause, ")
    [one] = found("asked-before-used", text)
    assert "`brief` uses `next_update`" in one.what
    assert "later step `why`" in one.what
    assert marked(text, one) == "{{ next_update }}"
    assert {label.text for label in one.others} == {"defined here", "asked here", "sent here"}


def test_what_the_lead_knows_is_asked_when_it_is_sent() -> None:
    assert found("asked-before-used", BASE.replace(ORDER, "ask: [is_attack]")) == []


def test_what_another_role_has_to_find_out_is_asked_before() -> None:
    text = BASE.replace("ask: [cause, repaired_by]", "ask: [repaired_by]")
    [one] = found("asked-before-used", text)
    assert "`explanation` uses `cause`" in one.what
    assert "`ask: [cause]`" in one.cure
    assert (
        found(
            "asked-before-used",
            text.replace("    confirmed_by: it\n    use: confirmed\n    longest: a", "    longest: a"),
        )
        == []
    )


def test_a_follow_up_asks_for_what_it_lacks() -> None:
    fact = "  - id: last-word\n    at: T+2d\n    send: [closure]\n"
    text = BASE.replace("ask: [cause, repaired_by]", "ask: [repaired_by]").replace(
        "      - id: explain\n        by: T+45m\n        role: press\n        send: [explanation]\n", ""
    )
    text = text.replace(fact, fact + "  - id: explain\n    at: T+1d\n    role: press\n    send: [explanation]\n")
    assert found("asked-before-used", text) == []


def test_asked_on_some_ways_only() -> None:
    asks = "      - id: why\n        by: T+30m\n        role: it\n"
    under = asks + "        when: {is_attack: no}\n"
    text = BASE.replace(asks, under)
    assert {one.what.split("`")[3] for one in found("asked-before-used", text)} == {"cause", "repaired_by"}
    both = text
    for name in ("explain", "go-on"):
        both = both.replace(f"      - id: {name}\n", f"      - id: {name}\n        when: {{is_attack: no}}\n")
    assert found("asked-before-used", both) == []
    other = text
    for name in ("explain", "go-on"):
        other = other.replace(f"      - id: {name}\n", f"      - id: {name}\n        when: {{is_attack: yes}}\n")
    assert len(found("asked-before-used", other)) == 2


def test_a_sentence_that_is_left_out_because_nobody_asks() -> None:
    text = BASE.replace(ORDER, "ask: [next_update]")
    [one] = found("asked-before-used", text)
    assert "`no_break_in` would be left out without a word" in one.what
    later = text.replace("ask: [cause, ", "ask: [is_attack, cause, ")
    assert found("asked-before-used", later) == []


def test_said_while_it_is_unknown() -> None:
    text = BASE.replace(ORDER, "ask: [next_update]").replace(
        "    needs: {is_attack: no}\n", "    needs: {any: [{is_attack: no}, {fact: is_attack, is: unknown}]}\n"
    )
    assert found("asked-before-used", text) == []


def test_a_gate_and_a_clock_nobody_asks_for() -> None:
    fact = "facts:\n  calm:\n    ask: Is it calm?\n    type: yes_no\n  exposed:\n    ask: Data?\n    type: yes_no\n"
    gate = "gates:\n  light:\n    opens_when:\n      - calm: yes\n"
    clock = (
        "clocks:\n  gdpr:\n    from: {fact: exposed, is: yes}\n    within: 72h\n    tell: UODO\n"
        "    cite: GDPR Art. 33\n    verified: 2026-11-20\n"
    )
    assert [one.what for one in found("asked-before-used", whole(fact + gate + clock))] == [
        "The gate `light` hangs on `calm`, and no step asks for it.",
        "The clock `gdpr` hangs on `exposed`, and no step asks for it.",
    ]
    asked = BASE.replace(ORDER, "ask: [is_attack, next_update, calm, exposed]")
    assert found("asked-before-used", whole(fact + gate + clock, asked)) == []


def test_a_clock_that_starts_with_the_report_before_it() -> None:
    text = """facts:
  told_one:
    ask: When was the first report sent?
    type: time
  told_two:
    ask: When was the second report sent?
    type: time
clocks:
  one:
    from: t0
    within: 4h
    tell: The supervisor
    told: told_one
    cite: DORA Art. 19(4)(a)
    verified: 2026-11-20
  two:
    from: {fact: told_one}
    within: 72h
    tell: The supervisor
    told: told_two
    cite: DORA Art. 19(4)(b)
    verified: 2026-11-20
"""
    assert found("asked-before-used", whole(text)) == []
    assert found("unused-fact", whole(text)) == []


def test_what_a_misspelt_name_was_meant_for_is_not_unused() -> None:
    text = BASE.replace("    send: [closure]\n", "    send: [closur]\n")
    assert found("unused-message", text) == []
    assert found("undefined-message", text)
    assert found("unused-message", BASE.replace("    send: [closure]\n", "    do: Look back.\n"))
    assert found("unused-fact", BASE.replace("{{ cause }}", "{{ cuase }}").replace("[cause, ", "[")) == []


def test_a_runbook_that_leads_on_takes_roles_and_facts_along() -> None:
    extra = "roles:\n  scribe:\n    title: Scribe\n    duty: The timeline\n    deputy: press\n"
    facts = "facts:\n  seen:\n    ask: What do we see?\n    type: text\n"
    on = step("{is_attack: no}", name="which", verb="switch:\n          full-outage: We are down")
    for rule, piece in (("unused-role", extra), ("unused-fact", facts)):
        assert len(found(rule, whole(piece))) == 1
        assert found(rule, whole(piece + on)) == []


def test_switching_to_itself_and_to_nowhere() -> None:
    on = step("{is_attack: no}", name="which", verb="switch:\n          outage: We are down\n          full-outge: Yes")
    assert [one.cure for one in found("undefined-runbook", whole(on))] == [
        "Name the runbook to go on with, or take the line out.",
        "Did you mean `full-outage`?",
    ]
    assert found("undefined-runbook", whole(on), dataclasses.replace(AROUND, runbooks={})) == []


def test_limits_only_for_numbers() -> None:
    for type_, many in (("count", 0), ("percent", 0), ("duration", 0), ("time", 1), ("text", 1)):
        fact = f"facts:\n  value:\n    ask: How much?\n    type: {type_}\n"
        text = whole(fact + step("{fact: value, at_least: 3}"))
        assert len(found("wrong-comparison", text)) == many, type_


def test_a_channel_the_message_never_goes_to() -> None:
    assert found("impossible-value", whole(step("{sent: holding, on: [website, ivr]}"))) == []
    text = whole(step("{sent: holding, on: [website, x]}"))
    [one] = found("impossible-value", text)
    assert marked(text, one) == "x"
    assert "`website`, `ivr` or `branch`" in one.cure


def test_filters_are_named_and_guessed() -> None:
    text = BASE.replace("More at {{ next_update }}.", "More at {{ next_update | tim }}.", 1)
    [one] = found("unknown-filter", text)
    assert (one.what, one.cure) == ("There is no filter `tim`.", "Did you mean `time`?")
    text = BASE.replace("More at {{ next_update }}.", "More at {{ next_update | count }}.", 1)
    [one] = found("unknown-filter", text)
    assert one.what == "`count` shows a count, and next_update is a time."


@pytest.mark.parametrize("old", ["deputy: lead", "needs: [know]", "target: call_open"])
def test_the_nearest_definition_is_shown(old: str) -> None:
    text = BASE.replace("      - id: speak\n", "      - id: speak\n        needs: [know]\n")
    wrong = text.replace(
        old, old.replace("lead", "leed").replace("know", "knoww").replace("call_open", "call_opened"), 1
    )
    assert wrong != text
    near = [label.text for one in lint_one(load_text(wrong.encode(), "x.yaml"), AROUND) for label in one.others]
    assert "nearest definition" in near


@pytest.mark.parametrize("path", RUNBOOKS, ids=lambda path: path.stem)
def test_shipped_runbooks_name_nothing_wrong(path: Path) -> None:
    from crisiscli.rules import rules

    loaded = load_text(path.read_bytes(), path.name)
    assert loaded.runbook is not None
    known = {one.stem: str(one) for one in RUNBOOKS}
    book = Book(loaded.runbook, loaded, dataclasses.replace(AROUND, runbooks=known, layouts=None))
    assert [one.what for rule in rules("references") for one in rule.check(book)] == []
