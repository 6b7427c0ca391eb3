"""What a runbook must do in a crisis: gates, paces, decisions, approvals, and no gap in the first fifteen minutes."""

from __future__ import annotations

import pytest

from crisiscli.linter import lint_one
from crisiscli.loader import load_text
from crisiscli.problem import Problem
from examples import AROUND, BASE, whole


def of(rule: str, text: str) -> list[Problem]:
    found = lint_one(load_text(text.encode(), "book.yaml"), AROUND)
    return [problem for problem in found if problem.rule == rule]


GATE = """messages:
  light:
    stage: light
    gate: light_tone
    for: [customers, offline_customers]
    to: [website, ivr, branch]
    approve: [{approve}]
    text:
      page:
        en:
          - about_us: Our checklist has a new first line.
      spoken:
        en:
          - about_us: Our checklist has a new first line.
gates: # all of them
  light_tone:
    opens_when: {opens}
"""
FULL = "[{fact: is_attack, is: no}, {sent: explanation, on: all}, {signal: mood, said_by: press, is: mostly_kind}]"


@pytest.mark.parametrize(
    ("opens", "approve", "missing"),
    [
        (FULL, "executive", ""),
        (FULL, "lead", "somebody besides the lead"),
        ("[{fact: is_attack, is: no}, {sent: explanation, on: all}]", "executive", "a `signal`"),
        ("[{sent: explanation, on: all}, {signal: mood, said_by: press, is: mostly_kind}]", "executive", "is_attack"),
        ("[{is_attack: no}, {signal: mood, said_by: press, is: mostly_kind}]", "executive", "sent: explanation"),
    ],
)
def test_a_gate_asks_what_it_must(opens: str, approve: str, missing: str) -> None:
    told = of("light-without-gate", whole(GATE.replace("{approve}", approve).replace("{opens}", opens)))
    assert len(told) == bool(missing)
    assert all(missing in problem.what for problem in told)


def test_only_mass_channels_need_a_rate_and_inside_words_do_not() -> None:
    one_text = (
        "messages:\n  one:\n    stage: {stage}\n    for: [{to}]\n    to: [sms]\n    approve: [lead, executive]\n"
        "    text: {{sms: {{en: [{{word: We are sorry.}}]}}}}\n"
    )
    public = whole(one_text.format(stage="closure", to="customers"))
    [problem] = of("mass-without-rate", public)
    assert "`one` goes out by `sms`" in problem.what
    inside = whole(one_text.format(stage="closure", to="front_line"))
    assert of("mass-without-rate", inside) == []
    brief = whole(one_text.format(stage="brief", to="customers"))
    assert of("mass-without-rate", brief) == []


@pytest.mark.parametrize("words", ["Odbiorcy i tempo wysyłki", "Destinatari și ritm", "Recipients, rate a minute"])
def test_size_and_pace_may_be_written_in_any_of_the_languages(words: str) -> None:
    text = BASE.replace("to: [website, ivr, branch]", "to: [website, ivr, branch, email]", 1)
    assert len(of("mass-without-rate", text)) == 1
    assert of("mass-without-rate", text.replace("answer: What stands still now", f"answer: {words}")) == []


def test_size_and_pace_that_come_after_the_sending_are_too_late() -> None:
    text = BASE.replace("to: [website, ivr, branch]", "to: [website, ivr, branch, email]", 1)
    step = "      - id: pace\n        do: Agree how fast it goes.\n        answer: Recipients, rate a minute\n"
    [problem] = of("mass-without-rate", text.replace("      - id: why\n", step + "      - id: why\n"))
    assert "no step before it records how many people get it and how fast" in problem.what
    beside = text.replace("  - id: later\n", step + "  - id: later\n")
    assert len(of("mass-without-rate", beside)) == 1
    in_any_order = beside.replace(
        "    title: First fifteen minutes\n", ("    title: First fifteen minutes\n    mode: do-confirm\n")
    )
    assert of("mass-without-rate", in_any_order) == []


def test_one_fact_behind_a_time_is_told_of_once() -> None:
    repaired = (
        "  repaired_by:\n    ask: By when will it work?\n    type: time\n    promise: true\n    confirmed_by: it\n"
    )
    text = BASE.replace(repaired, repaired.replace("confirmed_by: it", "confirmed_by: press"))
    assert text.count("{{ repaired_by }}") == 2
    assert len(of("eta-without-ops", text)) == 1


WRONG = BASE.replace("title: Outage\n", "title: Wrong message to customers\n")


def test_a_wrong_message_needs_the_decision_and_an_outage_does_not() -> None:
    undecided = ("id: same-channel", "id: how-loud"), ("Answer in the channel where it began?", "How loud are we?")
    outage, wrong = BASE, WRONG
    for old, new in undecided:
        outage, wrong = outage.replace(old, new), wrong.replace(old, new)
    assert of("no-same-channel-decision", WRONG) == of("no-same-channel-decision", outage) == []
    [problem] = of("no-same-channel-decision", wrong)
    assert problem.span.line == wrong[: wrong.index("title:")].count("\n") + 1
    for title in ("Błędna wiadomość do klientów", "Mesaj trimis din greșeală"):
        assert len(of("no-same-channel-decision", wrong.replace("Wrong message to customers", title))) == 1
    asked = wrong.replace("How loud are we?", "Prostujemy tym samym kanałem?")
    assert of("no-same-channel-decision", asked) == []
    over = wrong.replace(
        "        do: Stop the sending.\n        answer: What stands still now\n",
        "        switch: {other: It fits better}\n",
    )
    assert of("no-same-channel-decision", over) == []


@pytest.mark.parametrize(
    ("stage", "more", "count"),
    [
        ("explanation", "", 1), ("closure", "", 1), ("lessons", "", 1), ("status", "", 0), ("brief", "", 0),
        ("closure", "    approve: [lead]\n", 0),
    ],
)  # fmt: skip
def test_weighty_words_name_who_approves_them(stage: str, more: str, count: int) -> None:
    head = f"messages:\n  one:\n    stage: {stage}\n    for: [customers]\n    to: [website]\n{more}"
    text = head + "    text: {page: {en: [{word: We are sorry.}]}}\n"
    assert len(of("no-approver", whole(text))) == count


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ([], ""),
        ([("by: T+4m", "by: T+2m")], ""),
        ([("by: T+4m", "by: T+1m"), ("by: T+6m", "by: T+9m"), ("by: T+8m", "by: T+9m")],
         "From T+2m to T+9m nothing is due."),
        ([("by: T+2m", "by: T+9m"), ("by: T+4m", "by: T+9m"), ("by: T+6m", "by: T+9m"), ("by: T+8m", "by: T+9m")],
         "From T+0m to T+9m nothing is due."),
        ([("by: T+10m", "by: T+8m"), ("by: T+12m", "by: T+8m")], "From T+8m to T+15m nothing is due."),
        ([("by: T+12m", "by: T+20m")], "The first public word is due at T+20m, after the first fifteen minutes."),
        ([("by: T+4m", "by: 4m")], ""),
        ([("by: T+12m", "by: T+15m")], ""),
    ],
)  # fmt: skip
def test_the_first_fifteen_minutes(changes: list[tuple[str, str]], what: str) -> None:
    text = BASE
    for old, new in changes:
        assert f"        {old}\n" in text
        text = text.replace(f"        {old}\n", f"        {new}\n", 1)
    assert [problem.what for problem in of("first-fifteen-gap", text)] == ([what] if what else [])


def test_a_first_phase_without_times_is_told_once() -> None:
    first, later = BASE.split("  - id: later\n")
    lines = [line for line in first.splitlines(keepends=True) if not line.startswith("        by: ")]
    [problem] = of("first-fifteen-gap", "".join(lines) + "  - id: later\n" + later)
    assert problem.what == "Nothing in the first phase `First fifteen minutes` has a time."


def test_a_runbook_that_hands_over_may_end_early() -> None:
    short = BASE.replace("        by: T+10m\n", "        by: T+8m\n").replace(
        "        by: T+12m\n", "        by: T+8m\n"
    )
    over = short.replace(
        "        do: Stop the sending.\n        answer: What stands still now\n",
        "        switch: {other: It fits better}\n",
    )
    assert of("first-fifteen-gap", over) == []
