"""Rules about tonight: days that have passed, hours nobody covers, what must not stand in a file, what stays up."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from crisiscli.config import Binding, Config, Person
from crisiscli.config.company import Recording
from crisiscli.linter import lint_one
from crisiscli.loader import load_text
from crisiscli.problem import Problem
from crisiscli.rules import Around, Book, rules
from examples import AROUND, BASE, whole

RUNBOOKS = sorted((Path(__file__).parents[1] / "runbooks").glob("*.yaml"))
ANN = Person("ann", "Ann Nowak", roles=("lead", "press", "it", "executive"))


def found(rule: str, text: str, around: Around = AROUND) -> list[Problem]:
    return [one for one in lint_one(load_text(text.encode(), "example.yaml"), around) if one.rule == rule]


def on(day: str) -> Around:
    return dataclasses.replace(AROUND, today=date.fromisoformat(day))


def with_people(*people: Person) -> Around:
    assert AROUND.config is not None
    return dataclasses.replace(
        AROUND, config=dataclasses.replace(AROUND.config, people={one.id: one for one in people})
    )


def with_channel(binding: Binding) -> Around:
    assert AROUND.config is not None
    return dataclasses.replace(AROUND, config=dataclasses.replace(AROUND.config, channels={binding.channel: binding}))


def marked(text: str, one: Problem) -> str:
    """The characters a Problem marks."""
    return text.splitlines()[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1]


@pytest.mark.parametrize(
    ("rule", "fresh", "stale"),
    [("stale-review", "2027-05-19", "2027-05-20"), ("stale-rehearsal", "2027-11-21", "2027-11-22")],
)
def test_the_day_on_which_it_grows_old(rule: str, fresh: str, stale: str) -> None:
    assert found(rule, BASE, on(fresh)) == []
    [one] = found(rule, BASE, on(stale))
    assert one.level == "warning"
    assert "days ago" in one.what


def test_without_a_day_nothing_is_old() -> None:
    text = BASE.replace("reviewed:\n  on: 2026-11-20\n  by: ann\n", "").replace("2026-11-21", "2020-01-01")
    nowhen = dataclasses.replace(AROUND, today=None)
    dated = {"stale-review", "future-date", "stale-rehearsal", "never-rehearsed", "pre-approval-ended"}
    assert not dated & {one.rule for one in lint_one(load_text(text.encode(), "x.yaml"), nowhen)}


def test_never_reviewed_and_never_rehearsed() -> None:
    text = BASE.replace("reviewed:\n  on: 2026-11-20\n  by: ann\n", "").replace(
        "rehearsed:\n  on: 2026-11-21\n  by: ann\n", ""
    )
    [review] = found("stale-review", text)
    [rehearsal] = found("never-rehearsed", text)
    assert (review.level, rehearsal.level) == ("warning", "note")
    assert marked(text, rehearsal) == "outage"
    assert found("stale-rehearsal", text) == []


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-22"])
def test_today_is_not_the_future(day: str) -> None:
    assert found("future-date", BASE.replace("2026-11-21", day)) == []
    [one] = found("future-date", BASE.replace("2026-11-21", "2026-11-23"))
    assert "2026-11-23" in one.what


def approved(*, on: str = "2026-05-20", until: str = "2026-12-31", by: str = "Ann Nowak") -> str:
    seal = f"    pre_approved: {{by: {by}, on: {on}, until: {until}, may_vary: [next_update]}}\n"
    return BASE.replace("    to: [intranet]\n", f"    to: [intranet]\n{seal}", 1)


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2026-11-21", ["pre-approval-ended"]),
        ("2026-11-22", ["pre-approval-ends"]),
        ("2026-12-06", ["pre-approval-ends"]),
        ("2026-12-07", []),
    ],
)
def test_the_last_days_of_an_approval(until: str, told: list[str]) -> None:
    text = approved(until=until)
    rules_ = ("pre-approval-ended", "pre-approval-ends")
    assert [one.rule for rule in rules_ for one in found(rule, text)] == told


def compared(before: str, now: str) -> list[Problem]:
    loaded = load_text(before.encode(), "example.yaml")
    return found("voided-pre-approval", now, dataclasses.replace(AROUND, base=lambda path: loaded))


def test_words_that_changed_after_the_yes() -> None:
    before = approved()
    now = before.replace("Say that we know of it", "Tell callers that we know of it")
    [one] = compared(before, now)
    assert marked(now, one).startswith("Tell callers")
    assert "Ann Nowak" in one.cure
    assert "Crisis lead" in one.cure


def test_what_leaves_an_approval_whole() -> None:
    before = approved()
    other = before.replace("We apologise for the day it cost you.", "We apologise.")
    again = approved(on="2026-11-22").replace("Say that we know of it", "Tell callers that we know of it")
    fresh = BASE.replace("Say that we know", "Tell that we know")
    assert compared(before, before) == compared(before, other) == compared(before, again) == []
    assert compared(before, fresh) == compared(BASE, before) == []
    assert found("voided-pre-approval", before) == []


def test_a_sentence_taken_away_and_one_added() -> None:
    before = approved()
    line = "          - say: Say that we know of it and are looking into it.\n"
    assert line in before
    assert len(compared(before, before.replace(line, ""))) == 1
    more = before.replace(line, line + "          - ask: Write down who called.\n")
    [one] = compared(before, more)
    assert one.span.line >= more.splitlines().index("          - ask: Write down who called.") + 1


@pytest.mark.parametrize(
    ("hours", "gap"),
    [("", ""), ("24/7", ""), ("Mon-Fri 08:00-18:00, Sat 09:00-13:00", "Mon 18:00 to Tue 08:00")],
)
def test_hours_without_a_lead(hours: str, gap: str) -> None:
    around = with_people(dataclasses.replace(ANN, hours=hours))
    lead = found("lead-gap", BASE, around)
    assert bool(lead) is bool(gap)
    assert all(gap in one.what and one.level == "error" and "Ann Nowak" in one.cure for one in lead)
    rest = {one.what.split("`")[1] for one in found("roster-gap", BASE, around)}
    assert rest == ({"press", "it", "executive"} if gap else set())


def test_a_deputy_covers_the_night() -> None:
    day = Person("day", "Dan Day", roles=("lead", "it", "executive"), hours="Mon-Sun 08:00-20:00")
    night = Person("night", "Nel Night", roles=("press",))
    assert found("lead-gap", BASE, with_people(day, night)) == []
    gaps = found("roster-gap", BASE, with_people(day, night))
    assert {one.what.split("`")[1] for one in gaps} == {"it", "executive"}


def test_the_weekend_gap_is_said_as_it_is_read() -> None:
    week = Person(
        "week", "Wim", roles=("lead", "press", "it", "executive"), hours="Mon 08:00-24:00, Tue-Fri 00:00-24:00"
    )
    [one] = found("lead-gap", BASE, with_people(week))
    assert "from Sat 00:00 to Mon 08:00" in one.what


def test_a_role_that_nobody_may_hold() -> None:
    around = with_people(dataclasses.replace(ANN, roles=("lead", "press", "it", "executives")))
    [one] = found("nobody-holds", BASE, around)
    assert "`executive`" in one.what
    assert "Is `executives`" in one.cure
    unused = "roles:\n  cook:\n    title: Cook\n    duty: Soup\n    deputy: lead\n"
    assert found("nobody-holds", whole(unused), with_people(ANN)) == []
    assert found("nobody-holds", BASE) == []


def test_nobody_at_all_leads() -> None:
    [one] = found("lead-gap", BASE, with_people(Person("bob", "Bob", roles=("it", "executive"))))
    assert one.what == "Nobody in `people.yaml` may hold the lead."


SECRETS = (
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "glpat-Ab3dEf7hIj9kLmN0pQrS",
    "xoxb-123456789012-123456789012-AbCdEfGhIjKlMnOpQrStUvWx",
    "AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q",
    "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "-----BEGIN RSA PRIVATE KEY-----",
    "https://crisis:Lato2026@sender.example/queue",
    "password: Winter2026now",
    "hasło: Zima2026teraz",
    "parola: Iarna2026acum",
    "token=9f8e7d6c5b4a",
)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_in_a_step_and_in_a_comment(secret: str) -> None:
    step = BASE.replace("do: Stop the sending.", f"do: 'Stop it with {secret} now.'")
    comment = BASE.replace("roles:\n", f"# log in with {secret}\nroles:\n", 1)
    for text in (step, comment):
        [one] = found("secret-in-file", text)
        assert secret.startswith(marked(text, one)) or marked(text, one) in secret


@pytest.mark.parametrize(
    "harmless",
    [
        "Never ask for a password: nobody of us needs it.",
        "Hasło: nikt o nie nie pyta.",
        "password: keyring:smtp2026",
        "token: {{ next_update }}",
        "Read ISO/IEC 27001:2022 and RTS 2025/301.",
        "See https://status.example.com/incidents/2026-11-22 and @acme.",
        "GENERAL DATA PROTECTION REGULATION",
        "The secret: be calm.",
        "Write to press@acme.example or see https://acme.example.",
    ],
)
def test_what_only_looks_like_a_secret(harmless: str) -> None:
    text = BASE.replace("do: Stop the sending.", f'do: "{harmless}"')
    assert found("secret-in-file", text) == []


@pytest.mark.parametrize(
    "number",
    [
        "44051401359",
        "02070803628",
        "1960229407311",
        "1800101221144",
        "4111 1111 1111 1111",
        "5500-0000-0000-0004",
        "378282246310005",
        "PL61 1090 1014 0000 0712 1981 2874",
        "RO49AAAA1B31007593840000",
    ],
)
def test_a_number_of_one_person(number: str) -> None:
    text = BASE.replace("do: Stop the sending.", f"do: 'Stop the sending to {number} first.'")
    [one] = found("personal-data", text)
    assert marked(text, one) == number


@pytest.mark.parametrize(
    "number",
    [
        "44051401358",
        "44053401359",
        "1960229407319",
        "4111 1111 1111 1112",
        "PL61 1090 1014 0000 0712 1981 2875",
        "+48 22 123 45 67",
        "+44051401359",
        "12 700 000",
        "2026-11-22 08:00, 2026-11-23 09:00",
        "1731500000000",
        "0000 0000 0000 0000",
    ],
)
def test_a_number_of_nobody(number: str) -> None:
    text = BASE.replace("do: Stop the sending.", f"do: 'Stop the sending to {number} first.'")
    assert found("personal-data", text) == []


@pytest.mark.parametrize(
    "contact",
    ["+48 601 234 567", "0048601234567", "+40 722 123 456", "ann.nowak@gmail.com", "Jan.K+crisis@wp.pl"],
)
def test_a_private_contact(contact: str) -> None:
    for text in (
        BASE.replace("duty: The words", f"duty: The words; ask {contact} first"),
        BASE.replace("roles:\n", f"# at night {contact}\nroles:\n", 1),
    ):
        [one] = found("private-contact", text)
        assert marked(text, one) == contact
        assert one.level == "warning"


@pytest.mark.parametrize(
    ("line", "language", "many"),
    [
        ("Call Jan, 601 234 567, at once.", "pl", 1),
        ("Sunați la 0722 123 456 imediat.", "ro", 1),
        ("Call the 600 000 000 people.", "pl", 0),
        ("Ticket 601234567 in the queue.", "pl", 0),
        ("Call the bridge, +48 22 123 45 67.", "pl", 0),
        ("Call the hotline, 800 123 456.", "pl", 0),
        ("Write to press@acme.example.", "pl", 0),
        ("Write to ann@gmail.company.example.", "pl", 0),
    ],
)
def test_numbers_in_a_line(line: str, language: str, many: int) -> None:
    text = BASE.replace("must: [en]", f"must: [en, {language}]").replace("do: Stop the sending.", f'do: "{line}"')
    assert len(found("private-contact", text)) == many


def test_a_hotline_in_a_public_text_is_no_private_contact() -> None:
    text = BASE.replace("More at {{ next_update }}.", "Call +48 601 234 567, more at {{ next_update }}.")
    assert found("private-contact", text) == []


CLOCK = "clocks:\n  gdpr:\n    from: {fact: is_attack, is: yes}\n    within: 72h\n    tell: UODO\n"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("", "where its rule stands, nor when the rule was checked"),
        ("    cite: GDPR Art. 33(1)\n", "does not say when"),
        ("    verified: 2026-11-01\n", "does not say where"),
        ("    cite: GDPR Art. 33(1)\n    verified: 2025-11-21\n", "366 days ago"),
        ("    cite: GDPR Art. 33(1)\n    verified: 2025-11-22\n", ""),
    ],
)
def test_a_clock_and_its_source(more: str, words: str) -> None:
    problems = found("clock-unverified", whole(CLOCK + more))
    assert [words in one.what for one in problems] == ([True] if words else [])


def test_a_handover_that_cannot_be_in_time() -> None:
    slow = Binding("ivr", who="Telco desk", takes={"day": "10m", "night": "60m"})
    [one] = found("handover-too-long", BASE, with_channel(slow))
    assert "60m by night" in one.what
    assert "`speak` wants it by T+12m" in one.what
    assert "Telco desk" in one.cure
    ready = Recording("holding", "en", "7", "You cannot get into our app.")
    for binding in (
        dataclasses.replace(slow, takes={"day": "10m", "night": "12m"}),
        dataclasses.replace(slow, provider="webhook"),
    ):
        assert found("handover-too-long", BASE, with_channel(binding)) == []
    recorded = found("handover-too-long", BASE, with_channel(dataclasses.replace(slow, prerecorded=(ready,))))
    assert ["`explain`" in one.what for one in recorded] == [True]


def test_a_step_that_counts_from_its_opening() -> None:
    slow = with_channel(Binding("branch", takes={"day": "20m"}))
    text = BASE.replace("by: T+12m", "by: 15m")
    assert len(found("handover-too-long", text, slow)) == 1
    assert found("handover-too-long", BASE.replace("by: T+12m", "by: 25m"), slow) == []


DOWN = "    do: Take the banner and the phone announcement down.\n"


@pytest.mark.parametrize(
    "words", ["Zdejmij baner i zapowiedź.", "Dați jos bannerul.", "Unpin the post.", "Take it all down."]
)
def test_words_that_take_a_standing_text_down(words: str) -> None:
    left = BASE.replace("    stage: closure\n", "    stage: status\n").replace(
        "    stage: all_clear\n", "    stage: status\n"
    )
    assert found("standing-left-up", left) == []
    idle = left.replace(DOWN, "    do: Thank the branches.\n")
    [one] = found("standing-left-up", idle)
    assert "`closure` stays up on `website`, `ivr` and `branch`" in one.what
    assert found("standing-left-up", idle.replace("Thank the branches.", words)) == []


def test_a_later_message_replaces_it() -> None:
    assert found("standing-left-up", BASE.replace(DOWN, "    do: Thank the branches.\n")) == []
    lead_on = (
        "phases:\n  - id: later\n    title: Later\n    steps:\n      - id: which\n"
        "        switch:\n          full-outage: We are down\n"
    )
    left = BASE.replace("    stage: closure\n", "    stage: status\n").replace(DOWN, "    do: Thank them.\n")
    assert len(found("standing-left-up", left)) == 1
    assert found("standing-left-up", whole(lead_on, left)) == []


@pytest.mark.parametrize("path", RUNBOOKS, ids=lambda path: path.stem)
def test_shipped_runbooks_are_ready_but_for_a_rehearsal(path: Path) -> None:
    loaded = load_text(path.read_bytes(), path.name)
    assert loaded.runbook is not None
    book = Book(loaded.runbook, loaded, AROUND)
    told = [one for rule in rules("readiness") for one in rule.check(book)]
    assert [(one.rule, one.level) for one in told] == [("never-rehearsed", "note")]


def test_an_empty_company_says_nothing_of_people() -> None:
    around = dataclasses.replace(AROUND, config=Config())
    assert not {"lead-gap", "roster-gap", "nobody-holds"} & {
        one.rule for one in lint_one(load_text(BASE.encode(), "x.yaml"), around)
    }


@pytest.mark.parametrize(
    ("number", "private"),
    [
        ("601 234 567", True),
        ("0722 123 456", True),
        ("07911 123 456", True),
        ("22 123 45 67", False),
        ("71 234 56 78", False),
        ("0800 123 456", False),
        ("021 312 34 56", False),
    ],
)
def test_mobile_numbers_without_their_country(number: str, private: bool) -> None:
    text = BASE.replace("do: Stop the sending.", f"do: Call Ann on {number}.")
    assert [marked(text, one) for one in found("private-contact", text)] == [number] * private


def test_one_secret_is_told_once() -> None:
    text = BASE.replace("version: 1\n", f"version: 1  # token=ghp_16C7e42F292c6912E7710c838347Ae178B4a{'a1' * 2}\n")
    [one] = found("secret-in-file", text)
    assert "GitHub" in one.what


def test_a_role_nobody_holds_has_no_gap_as_well() -> None:
    ann = Person("ann", "Ann Nowak", roles=("lead", "press"), hours="Mon-Fri 08:00-18:00")
    around = with_people(ann)
    nobody = {one.what.split("`")[3] for one in found("nobody-holds", BASE, around)}
    gaps = {one.what.split("`")[1] for one in found("roster-gap", BASE, around)}
    assert nobody == {"it", "executive"}
    assert gaps == {"press"}
