"""Who hears it, by which way, and when: edge cases of the rules, and near misses that stay silent."""

from __future__ import annotations

import dataclasses

import pytest

from crisiscli.config import Binding
from crisiscli.loader import load_text
from crisiscli.problem import Problem
from crisiscli.rules import Around, Book, rule_called, rules
from crisiscli.rules.audiences.words_out import hears, spoken_time, words_out
from examples import AROUND, BASE, whole


def book(text: str, around: Around = AROUND) -> Book:
    loaded = load_text(text.encode(), "example.yaml")
    assert loaded.runbook is not None
    return Book(loaded.runbook, loaded, around)


def found(rule: str, text: str, around: Around = AROUND) -> list[Problem]:
    one = rule_called(rule)
    assert one is not None
    return list(one.check(book(text, around)))


def words(text: str, problem: Problem) -> str:
    """The characters a Problem marks on its first line."""
    return text.splitlines()[problem.span.line - 1][problem.span.column - 1 : problem.span.end_column - 1]


def audience(reached_by: str, more: str = "") -> str:
    return whole(f"audiences:\n  people:\n    who: People\n    reached_by: [{reached_by}]\n{more}")


@pytest.mark.parametrize(
    ("reached_by", "says"),
    [
        ("x, facebook", "only social media are"),
        ("whatsapp, telegram", "only social media are"),
        ("x, website", "need the internet"),
        ("in_app, push, email", "need the internet"),
        ("status_page", "need the internet"),
    ],
)
def test_an_offline_audience_needs_more_than_the_internet(reached_by: str, says: str) -> None:
    text = audience(reached_by, "    offline: true\n")
    [problem] = found("only-social", text)
    assert says in problem.what
    assert words(text, problem) == f"[{reached_by}]"
    assert [label.text for label in problem.others] == ["said to be offline"]


@pytest.mark.parametrize("way", ["ivr", "call_centre", "branch", "press", "sms"])
def test_one_way_without_the_internet_is_enough(way: str) -> None:
    assert found("only-social", audience(f"website, x, {way}", "    offline: true\n")) == []


@pytest.mark.parametrize("more", ["", "    offline: false\n"])
def test_people_online_may_be_reached_online(more: str) -> None:
    assert found("only-social", audience("x, facebook", more)) == []


def test_a_channel_nobody_knows_is_told_elsewhere() -> None:
    assert found("only-social", audience("carrier_pigeon", "    offline: true\n")) == []


SERVICES = "facts:\n  services:\n    ask: Which services work?\n    type: services\n    of: [app]\n"


def falls(reached_by: str, facts: str = SERVICES) -> list[str]:
    text = whole(facts + f"audiences:\n  front_line:\n    who: Branches\n    reached_by: [{reached_by}]\n")
    return [problem.what for problem in found("only-channels-that-fall", text)]


def test_channels_on_our_own_systems_fall_together() -> None:
    assert falls("intranet") == ["`front_line` is reached only by `intranet`, and it may be down with the rest."]
    assert "and both may be" in falls("website, in_app")[0]
    assert "and all of them may be" in falls("website, in_app, email")[0]


@pytest.mark.parametrize("outside", ["status_page", "x", "sms", "ivr", "call_centre", "branch", "press"])
def test_one_channel_outside_is_enough(outside: str) -> None:
    assert falls(f"website, email, {outside}") == []


def test_only_where_services_may_fail() -> None:
    assert falls("website, email", "owner: Communications\n") == []


def test_a_single_channel_wants_a_second_or_a_fallback() -> None:
    text = audience("ivr")
    [problem] = found("no-fallback", text)
    assert "`people` is reached by `ivr` alone" in problem.what
    assert AROUND.config is not None
    config = dataclasses.replace(AROUND.config, channels={"ivr": Binding("ivr", fallback=("branch",))})
    [other] = found("no-fallback", text, dataclasses.replace(AROUND, config=config))
    assert "`front_line` is reached by `intranet`" in other.what, "the fallback of the hotline counts"
    assert found("no-fallback", audience("ivr, branch")) == []


def test_without_the_companys_side_nothing_is_said_about_fallbacks() -> None:
    assert found("no-fallback", audience("ivr"), dataclasses.replace(AROUND, config=None)) == []


def steps(first: str, second: str) -> str:
    return whole(f"""phases:
  - id: first
    title: First fifteen minutes
    steps:
      - id: brief-them
        role: press
        {first}
      - id: speak
        role: press
        {second}
""")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("send: [holding]", "send: [brief]"),
        ("send: [holding]\n        by: T+10m", "send: [brief]\n        by: T+12m"),
        ("send: [brief]\n        by: T+14m", "send: [holding]\n        by: T+12m"),
    ],
)
def test_the_front_line_comes_first(first: str, second: str) -> None:
    text = steps(first, second)
    [problem] = found("front-line-after-customers", text)
    assert words(text, problem) == "[brief]"
    assert [label.text for label in problem.others] == ["`holding` goes to the world here", "told first, it says"]
    assert ("instead of T+" in problem.what) is ("by:" in first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("send: [holding, brief]", "send: [thanks]"),
        ("send: [brief]", "send: [holding]"),
        ("send: [brief]\n        by: T+12m", "send: [holding]\n        by: T+12m"),
        ("send: [holding]\n        by: T+12m", "send: [brief]\n        by: T+10m"),
        ("do: Wait.", "do: Wait."),
    ],
)
def test_told_together_or_earlier_is_fine(first: str, second: str) -> None:
    text = steps(first, second).replace("send: [explanation]", "do: Explain.").replace("send: [status]", "do: Go on.")
    text = text.replace("send: [all_clear]", "do: Say that it is over.").replace("send: [closure]", "do: Close it.")
    assert found("front-line-after-customers", text) == []


def test_a_front_line_that_no_step_tells() -> None:
    text = whole("messages:\n  all_clear:\n    stage: all_clear\n    for: [customers]\n    to: [website]\n")
    text = text.replace("        send: [brief]\n", "        do: Call them.\n")
    [problem] = found("front-line-after-customers", text)
    assert problem.what == "No step tells `front_line`, who must hear it before or with others."
    assert "`send: [brief]`" in problem.cure
    assert [text.splitlines()[label.span.line - 1].strip() for label in problem.others] == ["send: [holding]"]


def test_the_all_clear_names_everybody_it_forgets() -> None:
    text = BASE.replace("    for: [customers, offline_customers, front_line]", "    for: [front_line]")
    [problem] = found("all-clear-narrower", text)
    assert problem.what == "`all_clear` is not for `customers` and `offline_customers`, who got an earlier word."
    assert [words(text, dataclasses.replace(problem, span=label.span)) for label in problem.others] == [
        "customers",
        "offline_customers",
    ]


def test_two_all_clears_may_share_the_audiences() -> None:
    text = BASE.replace("    for: [customers, offline_customers, front_line]", "    for: [customers, front_line]")
    more = "messages:\n  clear_offline:\n    stage: all_clear\n    for: [offline_customers]\n    to: [branch]\n"
    assert len(found("all-clear-narrower", text)) == 1
    assert found("all-clear-narrower", whole(more, text)) == []


def test_a_runbook_without_an_all_clear_is_told_of_where_it_explains() -> None:
    text = BASE.replace("stage: all_clear", "stage: thanks")
    [problem] = found("all-clear-narrower", text)
    assert problem.what == "`explanation` tells people how it stands, and no message tells them that it is over."
    assert words(text, problem) == "explanation"


def test_a_runbook_that_hands_over_needs_no_all_clear() -> None:
    over = "        do: Stop the sending.\n        answer: What stands still now\n"
    hands_over = BASE.replace("stage: all_clear", "stage: thanks").replace(
        over, "        switch: {outage: It is one.}\n"
    )
    assert "switch:" in hands_over
    assert found("all-clear-narrower", hands_over) == []
    only_holds = BASE.replace("stage: all_clear", "stage: thanks").replace("stage: explanation", "stage: holding")
    assert found("all-clear-narrower", only_holds.replace("stage: status", "stage: holding")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    for: [front_line]\n", "    for: [frontline]\n"),
        ("    to: [intranet]\n", "    to: [intrnet]\n"),
        ("    reached_by: [intranet]\n", "    reached_by: {intranet: yes}\n"),
        ("for: [customers, offline_customers, front_line]", "for: [costumers, offline_customers, front_line]"),
    ],
)
def test_while_a_name_leads_nowhere_nobody_guesses_who_hears_what(old: str, new: str) -> None:
    text = BASE.replace(old, new)
    assert text != BASE
    told = [problem.rule for rule in rules("audiences") for problem in rule.check(book(text))]
    assert told == []


def test_people_who_hear_nothing_but_the_all_clear_get_a_brief_not_an_early_all_clear() -> None:
    text = BASE.replace("        role: press\n        send: [brief]\n", "        role: press\n        do: Look.\n")
    [problem] = found("front-line-after-customers", text)
    assert problem.cure == "Add a step with `send: [brief]` before `holding` goes out."
    assert found("late-word", text) == []
    [problem] = found("front-line-after-customers", text.replace("    stage: brief\n", "    stage: thanks\n"))
    assert problem.cure.startswith("Write a message of stage `brief` for `front_line`. Add a step with `send: [brief]`")


def test_a_message_with_an_empty_list_of_audiences_is_for_nobody() -> None:
    text = BASE.replace("    for: [front_line]\n", "    for: []\n")
    [problem] = found("for-nobody", text)
    assert problem.what == "`brief` is for nobody."
    assert found("for-nobody", BASE.replace("    for: [front_line]\n", "    for: front_line\n")) == []


def test_our_own_people_need_no_all_clear() -> None:
    text = BASE.replace(
        "    for: [customers, offline_customers, front_line]", "    for: [customers, offline_customers]"
    )
    assert found("all-clear-narrower", text) == []


def late(old: str, new: str, text: str = BASE) -> list[tuple[str, str]]:
    assert old in text
    text = text.replace(old, new)
    return [(problem.what.split("`")[1], words(text, problem)) for problem in found("late-word", text)]


ALONE = BASE.replace("    for: [customers, offline_customers]\n    to: [website, ivr, branch]\n", "\v", 1).replace(
    "\v", "    for: [customers]\n    to: [website]\n"
)
"""The base with a holding for customers on the website only: people offline wait for the explanation."""


def test_somebody_hears_it_after_an_hour() -> None:
    assert late("by: T+45m", "by: T+61m", ALONE) == [("offline_customers", "T+61m")]
    assert late("by: T+45m", "by: T+60m", ALONE) == []


def test_a_plain_duration_counts_from_the_step_before() -> None:
    assert late("by: T+45m", "by: 40m", ALONE) == [("offline_customers", "40m")], "T+30m and 40 minutes"
    assert late("by: T+45m", "by: 30m", ALONE) == []


def test_a_step_without_a_time_is_not_held_against_anybody() -> None:
    assert late("        by: T+45m\n", "", ALONE) == []


def test_a_public_channel_counts_also_when_the_words_are_meant_for_others() -> None:
    seen = ALONE.replace("reached_by: [ivr, branch]", "reached_by: [ivr, website]")
    assert late("by: T+45m", "by: T+61m", seen) == []
    posted = ALONE.replace("reached_by: [ivr, branch]", "reached_by: [ivr, email]").replace("[website]", "[email]")
    posted = posted.replace("reached_by: [website, ivr]", "reached_by: [website, email]")
    assert late("by: T+45m", "by: T+61m", posted) == [("offline_customers", "T+61m")], "a letter goes to its list only"


def test_the_front_line_hears_it_within_fifteen_minutes() -> None:
    both_late = BASE.replace("by: T+12m", "by: T+18m")
    assert late("by: T+10m", "by: T+16m", both_late) == [("front_line", "T+16m")]
    assert late("by: T+10m", "by: T+16m") == [], "after the customers: that is told by front-line-after-customers"


def test_a_late_first_word_is_not_told_again_for_every_audience() -> None:
    text = BASE.replace("by: T+12m", "by: T+70m").replace("by: T+45m", "by: T+80m")
    assert found("late-word", text) == []


def test_words_out_in_walking_order() -> None:
    sent = words_out(book(BASE.replace("by: T+45m", "by: 15m")))
    assert [(one.message, one.minutes) for one in sent[:3]] == [("brief", 10), ("holding", 12), ("explanation", 45)]
    assert (sent[-1].message, sent[-1].minutes) == ("closure", 2 * 24 * 60)


def test_who_hears_what() -> None:
    one = book(BASE)
    assert hears(one, "front_line", "brief")
    assert not hears(one, "customers", "brief"), "what our own people get is no public word"
    assert hears(one, "offline_customers", "holding")
    assert not hears(one, "front_line", "holding")


@pytest.mark.parametrize(("minutes", "shown"), [(9, "T+9m"), (60, "T+1h"), (95, "T+1h35m")])
def test_times_are_written_as_in_the_file(minutes: float, shown: str) -> None:
    assert spoken_time(minutes) == shown


def test_nobody_speaks_to_them() -> None:
    text = audience("website, branch")
    [problem] = found("not-spoken-to", text)
    assert (words(text, problem), problem.cure) == (
        "people",
        "Add `people` to the `for:` of a message, such as `holding`.",
    )
    assert found("audience-unreached", text) == []
    assert found("not-spoken-to", BASE) == []


def test_messages_that_all_go_elsewhere_are_told_once() -> None:
    text = BASE.replace("reached_by: [website, ivr]", "reached_by: [email]")
    [problem] = found("audience-unreached", text)
    assert "`holding`, `explanation`" in problem.cure
    assert found("misses-audience", text) == []


def test_one_message_goes_elsewhere() -> None:
    text = BASE.replace("    to: [website, ivr, branch, intranet]", "    to: [branch, intranet]")
    [problem] = found("misses-audience", text)
    assert (words(text, problem), problem.what) == (
        "customers",
        "`all_clear` is for `customers`, and none of its channels reaches them.",
    )
    assert [text.splitlines()[label.span.line - 1].strip() for label in problem.others] == [
        "to: [branch, intranet]",
        "reached_by: [website, ivr]",
    ]
    assert found("audience-unreached", text) == []


def test_a_message_without_channels_goes_where_its_audiences_are() -> None:
    text = BASE.replace("    to: [website, ivr, branch, intranet]\n", "")
    assert found("misses-audience", text) == []
