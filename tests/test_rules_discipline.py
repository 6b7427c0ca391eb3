"""What must not be said, in three languages: good crisis sentences stay untouched, bad ones raise their rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from crisiscli.linter import lint_one
from crisiscli.loader import load_text
from crisiscli.problem import Problem
from crisiscli.rules import Book, rules
from examples import AROUND

SENTENCES = Path(__file__).parent / "data" / "sentences"
CORPUS: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(SENTENCES.glob("*.yaml"))
}
PLACES = [
    ("holding", "post"), ("explanation", "page"), ("status", "push"), ("closure", "spoken"), ("brief", "post"),
]  # fmt: skip
"""Stages and channels in which a good sentence must be left alone."""
BY_RULE = {
    "conditional-apology": ("explanation", "page"),
    "passive-apology": ("explanation", "page"),
    "blame": ("explanation", "page"),
    "blame-supplier": ("explanation", "page"),
    "over-reassurance": ("holding", "spoken"),
    "eta-without-ops": ("status", "page"),
    "promotion": ("thanks", "post"),
    "light-words": ("holding", "post"),
    "sensitive-data": ("closure", "page"),
    "same-channel-link": ("explanation", "push"),
    "pressure": ("explanation", "sms"),
    "no-hand-off": ("thanks", "post"),
    "speculation": ("status", "page"),
    "minimising": ("status", "page"),
    "no-comment": ("holding", "page"),
    "jargon": ("status", "page"),
}
"""The stage and the channel in which the bad sentences of a rule are said."""
FACTS = "".join(
    f"  {name}: {{ask: When?, type: time, confirmed_by: it, use: confirmed}}\n"
    for name in ("eta_from", "eta_until", "repaired_by", "pending_until")
)
PLAIN = f"""crisis: 1
id: plain
version: 1
title: Plain
languages: {{must: [en]}}
roles:
  lead: {{title: Lead, duty: All, deputy: it}}
  it: {{title: IT, duty: All, deputy: lead}}
facts:
  next_update: {{ask: When?, type: time, promise: true}}
  cause_words: {{ask: Why?, type: text, confirmed_by: it, use: confirmed}}
{FACTS}phases:
  - id: first
    title: First
    steps:
      - {{id: stop, do: Stop}}
messages:
  one:
    stage: %s
    to: [%s]
    approve: [lead, it]
    text:
      %s:
        %s:
"""


def found(stage: str, source: str, language: str, *sentences: str, label: str = "word") -> list[Problem]:
    """What this room's rules find in sentences of one text."""
    channel = {"post": "x", "page": "website", "spoken": "ivr", "chat": "whatsapp"}.get(source, source)
    quoted = (sentence.replace('"', '\\"') for sentence in sentences)
    said = "".join(f'          - {label}: "{sentence}"\n' for sentence in quoted)
    loaded = load_text((PLAIN % (stage, channel, source, language) + said).encode(), "plain.yaml")
    assert loaded.runbook is not None, loaded.problems
    assert not [problem for problem in loaded.problems if problem.level == "error"], loaded.problems
    book = Book(loaded.runbook, loaded, AROUND)
    about_steps = ("first-fifteen-gap", "mass-without-rate")
    return [problem for rule in rules("discipline") if rule.NAME not in about_steps for problem in rule.check(book)]


def names(problems: list[Problem]) -> set[str]:
    return {problem.rule for problem in problems}


def whole_book(text: str) -> list[Problem]:
    return lint_one(load_text(text.encode(), "book.yaml"), AROUND)


def bad() -> Iterator[Any]:
    for language, corpus in CORPUS.items():
        for rule, sentences in corpus["bad"].items():
            for sentence in sentences:
                yield pytest.param(language, rule, sentence, id=f"{language}-{rule}-{sentence[:24]}")


@pytest.mark.parametrize("language", CORPUS)
def test_the_corpus_is_large_enough_to_mean_something(language: str) -> None:
    assert len(CORPUS[language]["good"]) >= 25
    assert sum(len(sentences) for sentences in CORPUS[language]["bad"].values()) >= 25
    assert set(CORPUS[language]["bad"]) == set(BY_RULE)


@pytest.mark.parametrize(("stage", "source"), PLACES)
@pytest.mark.parametrize("language", CORPUS)
def test_good_sentences_are_left_alone(language: str, stage: str, source: str) -> None:
    for sentence in CORPUS[language]["good"]:
        told = [f"{problem.rule}: {problem.what}" for problem in found(stage, source, language, sentence)]
        assert told == [], sentence


@pytest.mark.parametrize(("language", "rule", "sentence"), list(bad()))
def test_a_bad_sentence_raises_its_rule(language: str, rule: str, sentence: str) -> None:
    assert names(found(*BY_RULE[rule], language, sentence)) == {rule}


# what depends on where it is said


@pytest.mark.parametrize("label", ["never", "never_asks", "fraud", "genuine"])
def test_what_we_warn_of_may_be_quoted(label: str) -> None:
    said = ("Whoever writes: act now, your card will be blocked, send us your PIN, is not us.", "It was an intern.")
    assert found("education", "push", "en", *said, label=label) == []
    assert names(found("education", "push", "en", said[1])) == {"blame"}


def test_a_sentence_is_told_of_once() -> None:
    said = "There is no reason to worry and nothing to fear, everything is under control."
    assert [problem.rule for problem in found("holding", "page", "en", said)] == ["over-reassurance"]


def test_only_the_words_are_marked() -> None:
    [problem] = found("holding", "page", "pl", "Wiemy o tym i nie ma powodów do obaw.")
    assert problem.span.end_column - problem.span.column == len("nie ma powodów do obaw")


def test_a_negation_counts_in_its_own_sentence_only() -> None:
    assert found("closure", "page", "en", "We never ask for your PIN, a password or codes.") == []
    two = "We never ask for your PIN. Please provide your password."
    [problem] = found("closure", "page", "en", two)
    assert "password" in problem.what


@pytest.mark.parametrize(
    ("stage", "rules"),
    [
        ("holding", {"promotion"}), ("thanks", {"promotion"}), ("light", {"promotion"}), ("closure", set()),
        ("education", set()),
    ],
)  # fmt: skip
def test_offers_come_when_it_is_over(stage: str, rules: set[str]) -> None:
    told = names(found(stage, "page", "en", "As a thank-you you get a voucher."))
    assert told - {"light-without-gate"} == rules


def test_a_passive_sentence_may_describe_what_the_text_owns() -> None:
    passive = "An error occurred in our mailing."
    assert names(found("explanation", "page", "en", passive)) == {"passive-apology"}
    assert found("explanation", "page", "en", passive, "The mistake is ours.") == []
    assert found("holding", "page", "en", passive) == []
    assert names(found("holding", "page", "en", passive, label="apology")) == {"passive-apology"}


def test_a_supplier_may_be_named_beside_our_responsibility() -> None:
    blamed = "It was our supplier's fault."
    assert names(found("explanation", "page", "en", blamed)) == {"blame-supplier"}
    assert found("explanation", "page", "en", blamed, "We answer for it.") == []
    assert names(found("explanation", "page", "ro", "Nu este vina noastră.")) == {"blame-supplier"}


def test_a_supplier_may_be_named_under_a_label_with_a_confirmed_cause() -> None:
    text = (
        PLAIN % ("explanation", "website", "page", "en") + '          - supplier: "Our supplier failed."\n'
    ).replace("messages:", "elements:\n  supplier:\n    needs: {fact: cause_words, is_not: unknown}\nmessages:")
    assert "blame-supplier" not in names(whole_book(text))
    assert "blame-supplier" in names(whole_book(text.replace("- supplier:", "- word:")))


def test_clicks_are_a_matter_of_short_texts_and_corrections() -> None:
    said = "Please log in to see the new fee."
    assert found("education", "page", "en", said) == []
    assert names(found("education", "push", "en", said)) == {"same-channel-link"}
    page = PLAIN.replace("  one:\n", "  correction_page:\n") % ("explanation", "website", "page", "en")
    assert "same-channel-link" in names(whole_book(page + f'          - word: "{said}"\n'))
    linked = whole_book(page + '          - word: "Read https://acme.example/what-happened today."\n')
    [problem] = [problem for problem in linked if problem.rule == "same-channel-link"]
    assert problem.what == "The correction `correction_page` holds a link."
    assert problem.span.end_column - problem.span.column == len("https://acme.example/what-happened")


def test_hand_off_by_label_or_by_words() -> None:
    invited = "Send us a private message."
    assert names(found("thanks", "post", "en", invited)) == {"no-hand-off"}
    assert found("thanks", "post", "en", invited, "We will call you back once we know it is you.") == []
    assert found("thanks", "page", "en", invited) == []


def test_a_pack_of_replies_hands_over() -> None:
    pack = PLAIN % ("brief", "intranet", "intranet", "en") + '          - angry: "We understand."\n'
    assert "no-hand-off" in names(whole_book(pack))
    assert "no-hand-off" not in names(whole_book(pack + '          - hand_off: "Let us talk."\n'))


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("We expect to be done by 15:30.", "15:30"),
        ("We expect to be done by 3 pm.", "3 pm"),
        ("It should be back up in {{ cause_words }} and 20 minutes.", "20 minutes"),
        ("Everything will be back in half an hour.", "half an hour"),
    ],
)
def test_the_time_itself_is_marked(sentence: str, marked: str) -> None:
    [problem] = [one for one in found("status", "page", "en", sentence) if "nobody confirms" in one.what]
    assert f"`{marked}`" in problem.what
    assert problem.span.end_column - problem.span.column == len(marked)


@pytest.mark.parametrize(
    ("fact", "wrong"),
    [
        ("{ask: When?, type: time}", "it has no `confirmed_by`"),
        ("{ask: When?, type: time, confirmed_by: it}", "may be said before it is confirmed"),
        ("{ask: When?, type: time, confirmed_by: lead, use: confirmed}", "confirmed by `lead`"),
        ("{ask: When?, type: time, confirmed_by: it, use: confirmed}", ""),
        ("{ask: How many?, type: count}", ""),
    ],
)
def test_a_time_of_repair_is_a_fact_that_operations_confirm(fact: str, wrong: str) -> None:
    sentence = '          - eta: "Around {{ back_at }}."\n'
    text = PLAIN.replace("facts:\n", f"facts:\n  back_at: {fact}\n") % ("status", "website", "page", "en") + sentence
    told = [problem for problem in whole_book(text) if problem.rule == "eta-without-ops"]
    assert len(told) == bool(wrong)
    for problem in told:
        assert wrong in problem.what
        assert problem.others[0].span.line == text[: text.index("back_at:")].count("\n") + 1


def test_times_after_the_repair_and_other_times_are_no_estimate() -> None:
    assert found("all_clear", "page", "en", "All services were restored by 15:30.") == []
    assert found("status", "page", "en", "The app has been back since 15:30.") == []
    assert found("status", "page", "en", "We do not know yet when it will be back; more at 15:30.") == []


@pytest.mark.parametrize(("source", "limit"), [("page", 28), ("post", 28), ("spoken", 22), ("ivr", 22)])
def test_sentences_are_counted_in_words(source: str, limit: int) -> None:
    right = " ".join(["wording"] * limit) + ". And another one, which is short."
    assert found("status", source, "en", right) == []
    [problem] = found("status", source, "en", f"word {right}")
    assert f"has {limit + 1} words" in problem.what


def test_a_value_counts_as_one_word_and_a_list_after_a_colon_stands_alone() -> None:
    assert found("status", "spoken", "en", "Word: " + " ".join(["wording"] * 22) + ".") == []
    assert found("status", "spoken", "en", " ".join(["wording"] * 21) + " {{ cause_words }}.") == []
    assert len(found("status", "spoken", "en", " ".join(["wording"] * 22) + " {{ cause_words }}.")) == 1


def test_the_jargon_comes_with_what_to_say_instead() -> None:
    [problem] = found("status", "page", "pl", "Backend nie odpowiada.")
    assert problem.cure == 'Say what people say: "nasze systemy".'
    assert found("brief", "page", "pl", "Backend nie odpowiada.") == []
