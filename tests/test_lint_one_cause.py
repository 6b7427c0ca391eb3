"""One cause, one finding: what follows from a misspelt key or name is not told as well, and its place stays exact."""

from __future__ import annotations

import dataclasses

import pytest

from crisiscli.linter import lint_one
from crisiscli.loader import load_text, shipped
from crisiscli.loader.loading import understood
from crisiscli.problem import Problem
from crisiscli.source import read
from crisiscli.source.respelt import renamed, replaced, respelt
from examples import AROUND, BASE

MASS = (shipped("runbooks") / "erroneous-mass-message.yaml").read_text(encoding="utf-8")


def told(text: str) -> list[Problem]:
    return lint_one(load_text(text.encode(), "example.yaml"), AROUND)


def marked(text: str, one: Problem) -> str:
    return text.splitlines()[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1]


@pytest.mark.parametrize(
    ("old", "new", "rule", "mark", "cure"),
    [
        ("\nfacts:\n", "\nfact:\n", "unknown-key", "fact", "Did you mean `facts`?"),
        ("\nmessages:\n", "\nmessage:\n", "unknown-key", "message", "Did you mean `messages`?"),
        ("\naudiences:\n", "\naudience:\n", "unknown-key", "audience", "Did you mean `audiences`?"),
        ("\nroles:\n", "\nrole:\n", "unknown-key", "role", "Did you mean `roles`?"),
        ("\nphases:\n", "\nphase:\n", "unknown-key", "phase", "Did you mean `phases`?"),
        ("    approve: [lead]\n", "    aprove: [lead]\n", "unknown-key", "aprove", "Did you mean `approve`?"),
        ("send: [holding]", "snd: [holding]", "step-verb", "snd", "Did you mean `send`?"),
        ("customers:\n    who: Customers\n    reached_by: [website, ivr]", "customers: Customers", "wrong-value",
         "Customers", "Write `key: value` lines below it"),
        ("send: [all_clear]", "send: [allclear]", "undefined-message", "allclear", "Did you mean `all_clear`?"),
        ("ask: [is_attack,", "ask: [is_atack,", "undefined-fact", "is_atack", "Did you mean `is_attack`?"),
        ("{is_attack: no}", "{is_atack: no}", "undefined-fact", "is_atack", "Did you mean `is_attack`?"),
        ("for: [front_line]", "for: [frontline]", "undefined-audience", "frontline", "Did you mean `front_line`?"),
        ("    to: [intranet]\n", "    to: [intrnet]\n", "undefined-channel", "intrnet", "Did you mean `intranet`?"),
        ("      spoken:\n", "      spokn:\n", "undefined-channel", "spokn", "Did you mean `spoken`?"),
        ("        role: it\n        do", "        role: itt\n        do", "undefined-role", "itt",
         "Did you mean `it`?"),
        ("target: call_open", "target: cal_open", "target", "cal_open", "Did you mean `call_open`?"),
        ("    deputy: press\n", "    deputy: pres\n", "undefined-role", "pres", "Did you mean `press`?"),
        ("    deputy: press\n", "    deputy: lead\n", "own-deputy", "lead", "Name another role: `press`, "),
    ],
)  # fmt: skip
def test_one_mistake_in_a_small_runbook(old: str, new: str, rule: str, mark: str, cure: str) -> None:
    assert told(BASE) == []
    text = BASE.replace(old, new, 1)
    [one] = told(text)
    assert (one.rule, marked(text, one)) == (rule, mark)
    assert one.cure.startswith(cure)
    assert one.level == ("warning" if rule == "target" else "error")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("\ngates:\n", "\ngate:\n", "unknown-key"),
        ("gate: light_tone", "gate: light_tones", "undefined-gate"),
        ("    gate: light_tone\n", "", "light-without-gate"),
        ("          - correction_push\n", "          - correction_pusj\n", "undefined-message"),
        ("deputy: line_manager", "deputy: line_manger", "undefined-role"),
    ],
)
def test_one_mistake_in_a_shipped_runbook(old: str, new: str, rule: str) -> None:
    before = {(one.rule, one.what) for one in told(MASS)}
    assert [one.rule for one in told(MASS.replace(old, new, 1)) if (one.rule, one.what) not in before] == [rule]


def test_what_stands_in_a_misspelt_block_is_looked_at_too() -> None:
    text = BASE.replace("\nfacts:\n", "\nfact:\n").replace("type: yes_no", "type: yesno")
    text = text.replace("    confirmed_by: it\n", "    confirmd_by: itt\n", 1)
    text = text.replace("\nelements:\n", "\n  seen:\n    ask: What do we see?\n    type: text\nelements:\n", 1)
    assert {(one.rule, marked(text, one)) for one in told(text)} == {
        ("unknown-key", "fact"),
        ("unknown-key", "confirmd_by"),
        ("undefined-role", "itt"),
        ("wrong-value", "yesno"),
        ("unused-fact", "seen"),
    }


def test_several_misspelt_names_are_each_told_once() -> None:
    text = BASE.replace("send: [brief]", "send: [breif]").replace("send: [holding]", "send: [holdng]")
    text = text.replace("for: [front_line]", "for: [frontline]")
    assert sorted(marked(text, one) for one in told(text)) == ["breif", "frontline", "holdng"]


def test_a_name_that_nothing_is_like_still_has_its_consequences() -> None:
    text = BASE.replace("send: [all_clear]", "send: [xyzzy]")
    assert [one.rule for one in told(text)][:1] == ["undefined-message"]
    assert "unused-message" in {one.rule for one in told(text)}


def test_a_key_is_not_read_as_one_its_value_does_not_fit() -> None:
    loaded = load_text(BASE.replace("    deputy: press\n", "    deputi: [press]\n").encode(), "example.yaml")
    assert loaded.misspelt == {}
    assert understood(loaded).problems == loaded.problems


def test_the_walk_does_not_guess_optional_keys() -> None:
    loaded = load_text(BASE.replace("\nfacts:\n", "\nfact:\n").encode(), "example.yaml")
    assert loaded.runbook is not None
    assert loaded.misspelt == {("fact",): "facts"}
    assert "facts" not in loaded.plan
    again = understood(loaded).runbook
    assert again is not None
    assert list(again.facts) == ["is_attack", "next_update", "cause", "repaired_by"]


def test_who_leads_is_asked_for_by_the_one_role_that_nothing_names() -> None:
    text = BASE.replace("  lead:\n", "  chief:\n", 1)
    text = text.replace("deputy: lead", "deputy: press").replace(
        "    duty: The words\n    deputy: press", "    duty: The words\n    deputy: it"
    )
    [one] = [one for one in told(text) if one.rule in ("no-lead", "unused-role")]
    assert one.rule == "no-lead"
    assert one.cure == "Is it `chief`, whom nothing names? Then call that role `lead`."


def test_other_words_at_a_place() -> None:
    value = {"a": [{"b": 1}, {"c": 2, "d": 3}]}
    assert renamed(value, {("a",): "x", ("a", 1, "c"): "y"}) == {"x": [{"b": 1}, {"y": 2, "d": 3}]}
    assert renamed(value, {("a", 1, "c"): "d"}) == value
    assert renamed(value, {("a", 7, "c"): "y", ("z", "c"): "y"}) == value
    assert replaced({"a": ["b", "c"]}, ("a", 1), "x", "c") == {"a": ["b", "x"]}
    assert replaced({"a": ["b", "c"]}, ("a", 1), "x", "z") == {"a": ["b", "c"]}
    assert value == {"a": [{"b": 1}, {"c": 2, "d": 3}]}


def test_a_respelt_document_keeps_its_places() -> None:
    document = read(b"fact:\n  one:\n    aks: Why?\nlist:\n  - b: 1\n", "a.yaml")
    after = respelt(document, {("fact",): "facts", ("fact", "one", "aks"): "ask", ("list", 0, "b"): "c"})
    assert after.value == {"facts": {"one": {"ask": "Why?"}}, "list": [{"c": 1}]}
    assert after.span(("facts", "one", "ask")) == document.span(("fact", "one", "aks"))
    assert after.span(("facts",), key=True) == document.span(("fact",), key=True)
    assert after.span(("list", 0, "c"), key=True) == document.span(("list", 0, "b"), key=True)
    assert document.value == {"fact": {"one": {"aks": "Why?"}}, "list": [{"b": 1}]}


def test_a_renamed_role_is_told_once_where_it_is_defined() -> None:
    text = BASE.replace("  press:\n", "  Press:\n", 1)
    [one] = told(text)
    assert (one.rule, marked(text, one)) == ("undefined-role", "Press")
    assert one.cure == "Call `Press` here `press`, as in the 8 places that name it."
    assert [marked(text, dataclasses.replace(one, span=label.span)) for label in one.others] == ["press"] * 3


def test_a_renamed_fact_is_told_once_where_it_is_defined() -> None:
    text = BASE.replace("  next_update:\n    ask", "  nextupdate:\n    ask", 1)
    [one] = told(text)
    assert (one.rule, marked(text, one)) == ("undefined-fact", "nextupdate")


def test_a_name_that_is_wrong_in_several_places_is_told_in_each_where_the_right_one_is_used_too() -> None:
    text = BASE.replace("approve: [lead, executive]", "approve: [lead, exectuive]")
    assert [(one.rule, marked(text, one)) for one in told(text)] == [("undefined-role", "exectuive")] * 2
    text = BASE.replace("    deputy: lead\n", "    deputy: laed\n")
    assert [marked(text, one) for one in told(text)] == ["laed"] * 3


def test_a_role_may_be_meant_by_its_title() -> None:
    text = BASE.replace("        role: it\n        do", "        role: IT operation\n        do", 1)
    [one] = told(text)
    assert (one.rule, one.cure) == ("undefined-role", "Did you mean `it`?")


@pytest.mark.parametrize(
    ("word", "channel"),
    [("twitter", "x"), ("mail", "email"), ("E-Mail", "email"), ("hotline", "ivr"), ("status-page", "status_page")],
)
def test_a_channel_under_another_name(word: str, channel: str) -> None:
    text = BASE.replace("reached_by: [intranet]", f"reached_by: [intranet, {word}]")
    [one] = [one for one in told(text) if one.rule == "undefined-channel"]
    assert one.cure == f"Did you mean `{channel}`?"


def test_a_text_that_cannot_be_read_is_not_measured() -> None:
    words = "{{ next_update, " + "very " * 200 + "long }}"
    text = BASE.replace("More here at {{ next_update }}", f"More here at {words}", 1)
    assert "sentence-grammar" in {one.rule for one in told(text)}
    assert "too-long" not in {one.rule for one in told(text)}


def test_a_misspelt_type_is_told_without_its_filters() -> None:
    text = (shipped("runbooks") / "full-outage.yaml").read_text(encoding="utf-8")
    before = {(one.rule, one.what) for one in told(text)}
    broken = text.replace("type: services", "type: service", 1)
    [one] = [one for one in told(broken) if (one.rule, one.what) not in before]
    assert (one.rule, one.cure, marked(broken, one)) == ("wrong-value", "Did you mean `services`?", "service")


def test_a_language_that_many_texts_are_in_is_told_once_at_the_head() -> None:
    text = BASE.replace("  must: [en]", "  must: [enx]")
    [one] = [one for one in told(text) if one.rule == "undefined-language"]
    assert marked(text, one) == "languages"
    assert one.cure == "Write `en` in place of `enx` under `languages:`: no text is in `enx`."
    other = text.replace("[enx]", "[ro]")
    [one] = [one for one in told(other) if one.rule == "undefined-language"]
    assert one.cure.startswith("Add `en` under `languages:`")
