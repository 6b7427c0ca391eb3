"""A fact changes: which yeses lapse, what is out with the old value, and who gets the new words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from journeys import CODE, ME, Company

OUTBOX = {"provider": "outbox", "folder": "outbox"}
CORRECT = ("send", "--correct", "holding", "--confirm", CODE)


@pytest.fixture
def bound(company: Company) -> Company:
    """The website, the app and a list of two customers go to an outbox."""
    company.configure(
        {"website": OUTBOX, "in_app": OUTBOX, "email": OUTBOX},
        recipients={"customers": {"email": "customers.csv"}},
    )
    company.write("customers.csv", "email\nola@example.com\niga@example.com\n")
    company.open_small()
    return company


def left(company: Company) -> list[tuple[str, str, str]]:
    """What lies in the outbox: place, address, whether the words hold the old cause."""
    found = []
    for path in sorted((company.folder / "outbox").rglob("*.json")):
        about = json.loads(path.read_text(encoding="utf-8"))
        words = path.with_suffix(".txt").read_text(encoding="utf-8")
        cause = "old" if "pomyłka w teście" in words else "new" if "zły plik" in words else "none"
        found.append((f"{about['channel']}/{about['language']}", str(about.get("address", "")), cause))
    return sorted(found)


def send(company: Company, *channels: str) -> None:
    only = [f"--channel={name}" for name in channels]
    company.approve("holding", *only)
    ended = company.run("send", "holding", *only, "--confirm", CODE)
    assert ended.code == 0, ended.all


def corrected(company: Company) -> None:
    """The new words get their yes and go."""
    company.approve()
    ended = company.run(*CORRECT)
    assert ended.code == 0, ended.all


def to_correct(company: Company) -> list[str]:
    return [one["place"] for one in company.run("fact", "--json").data["to_correct"]]


def test_a_correction_goes_to_exactly_the_channels_and_people_that_had_the_old_words(bound: Company) -> None:
    send(bound, "website", "email")
    assert [place for place, _, _ in left(bound)] == ["email/pl", "email/pl", "website/pl"]
    bound.write("customers.csv", "email\nola@example.com\niga@example.com\nnew@example.com\n")
    said = bound.run("fact", "cause=zły plik", "--source", ME)
    assert "These went out with an old value" in said.out
    assert "cause pomyłka w teście -> zły plik" in said.out
    assert "crisis send --correct holding" in said.out
    assert to_correct(bound) == ["holding/website/pl", "holding/email/pl"]
    corrected(bound)
    new = [(place, address) for place, address, cause in left(bound) if cause == "new"]
    assert new == [("email/pl", "iga@example.com"), ("email/pl", "ola@example.com"), ("website/pl", "")]
    assert not any(place == "in_app/pl" for place, _, _ in left(bound))
    assert to_correct(bound) == []
    again = bound.run(*CORRECT)
    assert again.code == 4
    assert "Nothing of holding is out with an old value" in again.err
    assert len(left(bound)) == 6


def test_the_new_words_need_a_new_yes(bound: Company) -> None:
    send(bound, "website")
    bound.run("fact", "cause=zły plik", "--source", ME)
    refused = bound.run(*CORRECT)
    assert refused.code == 6
    assert "needs a yes from lead" in refused.err
    assert "The old words are still out" in refused.err
    assert [cause for _, _, cause in left(bound)] == ["old"]


def test_a_correction_without_the_code_name_sends_nothing(bound: Company) -> None:
    send(bound, "website")
    bound.run("fact", "cause=zły plik", "--source", ME)
    bound.approve()
    asked = bound.run("send", "--correct", "holding")
    assert asked.code == 2
    assert f"crisis send --correct holding --confirm {CODE}" in asked.err
    assert len(left(bound)) == 1


def test_words_whose_fact_is_in_doubt_are_listed_and_held(bound: Company) -> None:
    send(bound, "website")
    said = bound.run("fact", "cause=zły plik", "--source", "Ewa")
    assert "cause pomyłka w teście -> in doubt" in said.out
    refused = bound.run(*CORRECT)
    assert refused.code == 6
    assert "waits: cause" in refused.err


def test_the_same_value_again_is_nothing_to_correct(bound: Company) -> None:
    send(bound, "website")
    bound.run("fact", "cause=zły plik", "--source", ME)
    said = bound.run("fact", "cause=pomyłka w teście", "--source", ME)
    assert "old value" not in said.out
    assert to_correct(bound) == []


def test_going_back_after_a_correction_says_that_the_same_words_went_there_before(bound: Company) -> None:
    send(bound, "website")
    bound.run("fact", "cause=zły plik", "--source", ME)
    corrected(bound)
    bound.run("fact", "cause=pomyłka w teście", "--source", ME)
    assert to_correct(bound) == ["holding/website/pl"]
    refused = bound.run(*CORRECT)
    assert refused.code == 6
    assert "these exact words went there before" in refused.err


def test_a_promise_is_corrected_only_while_its_time_is_to_come(company: Company) -> None:
    clock = company.write("now", "2026-11-22T03:05:00+01:00")
    company.env["CRISIS_CLOCK"] = f"@{clock}"
    company.configure({"in_app": OUTBOX})
    company.open_small()
    send(company, "in_app")
    company.run("fact", "next_update=in 3 h")
    assert to_correct(company) == ["holding/in_app/pl"]
    clock.write_text("2026-11-22T04:36:00+01:00", encoding="utf-8")
    company.run("fact", "next_update=in 4 h")
    assert to_correct(company) == []


def test_a_yes_to_words_that_never_left_lapses_and_says_whose_it_was(bound: Company) -> None:
    tag = bound.tag()
    bound.approve()
    said = bound.run("fact", "cause=zły plik", "--source", ME)
    assert f"holding/website/pl: the yes of {ME} ({tag}) does not cover the new words" in said.out
    assert "holding/in_app/pl" not in said.out
    assert "old value" not in said.out


def test_a_handed_over_text_is_corrected_by_hand_once_its_answer_came(company: Company) -> None:
    company.open_small()
    send(company, "website")
    said = company.run("fact", "cause=zły plik", "--source", ME)
    assert "may be out: nobody knows yet" in said.out
    company.approve()
    refused = company.run(*CORRECT)
    assert refused.code == 6
    assert "say what came of them first" in refused.err
    assert company.run("send", "holding/website/pl", "--sent", "saw it").code == 0
    handed = company.run(*CORRECT)
    assert handed.code == 0, handed.all
    assert "zły plik" in handed.out
    assert company.run("send", "holding/website/pl", "--sent", "replaced").code == 0
    assert to_correct(company) == []


def test_a_banner_that_was_taken_down_needs_no_correction(company: Company) -> None:
    company.configure({"website": OUTBOX})
    company.open_small()
    send(company, "website")
    company.run("fact", "cause=zły plik", "--source", ME)
    assert to_correct(company) == ["holding/website/pl"]
    with Record(company) as journal:
        journal.record("taken_down", channel="website", language="pl")
    assert to_correct(company) == []


class Record:
    """The company's open incident, as the program itself opens it."""

    def __init__(self, company: Company) -> None:
        self.folder = company.state

    def __enter__(self) -> Any:
        from crisiscli.clock import SystemClock
        from crisiscli.journal import Journal
        from crisiscli.stores import open_store

        self.store = open_store(self.folder, "LIVE")
        journal = Journal(self.store, CODE, SystemClock(), "")
        journal.actor = journal.incident.operator
        return journal

    def __exit__(self, *_: object) -> None:
        self.store.close()


def test_a_reason_closes_a_correction_until_the_next_change(bound: Company) -> None:
    send(bound, "website")
    with bound.sit("send", "holding") as lead:
        lead.sees("holding: what now\\?")
        lead.pick("change a fact", "Which fact")
        lead.pick("cause", "What happened")
        lead.types("zły plik", "These went out with an old value", "up right now", "Correct what is out")
        lead.pick("they need no correction", "Why do they stay")
        lead.types("nobody will notice", "holding: what now\\?")
        assert "correct what is out" not in lead.new
        lead.press("ctrl-c")
        lead.ends()
    assert to_correct(bound) == []
    assert "nobody will notice" in bound.run("report", "-o", "-").out
    bound.run("fact", "cause=coś innego", "--source", ME)
    assert to_correct(bound) == ["holding/website/pl"]


def test_on_screen_one_key_corrects_after_the_yes_and_the_code_name(bound: Company) -> None:
    send(bound, "website", "email")
    with bound.sit("send", "holding") as lead:
        lead.sees("holding: what now\\?")
        lead.pick("change a fact", "Which fact")
        lead.pick("cause", "What happened")
        lead.types("zły plik", "holding/email/pl customers 2 people", "Correct what is out")
        lead.pick("correct them now", "zły plik", "How is the yes given")
        lead.pick("myself", "holding/email/pl +2 people", f"Type {CODE}")
        lead.types(CODE, "\\+ sent +holding/website/pl", "\\+ sent +holding/email/pl +2 of 2", "what now\\?")
        assert "Still to correct" not in lead.new
        lead.press("ctrl-c")
        lead.ends()
    assert [cause for _, _, cause in left(bound)].count("new") == 3
    assert not any(place == "in_app/pl" for place, _, _ in left(bound))


def test_what_changed_since_is_told_from_the_record_alone(bound: Company) -> None:
    send(bound, "website")
    with Record(bound) as journal:
        from crisiscli.dispatch.corrections import changed_since

        assert changed_since(journal) == {}
    bound.run("fact", "cause=zły plik", "--source", ME)
    with Record(bound) as journal:
        (changes,) = changed_since(journal).values()
        assert [(one.name, one.then, one.now) for one in changes] == [("cause", "pomyłka w teście", "zły plik")]
