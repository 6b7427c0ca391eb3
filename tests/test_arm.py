"""Armed before a planned test: people on stand-by, words approved ahead, T0 not set, and `start` makes it real."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crisiscli.config import Config
from crisiscli.errors import Refused, UsageError
from crisiscli.journal import Journal
from crisiscli.loader import load_text
from crisiscli.stores import open_store
from crisiscli.walk import arming
from crisiscli.walk.opening import Opening, open_incident
from journeys import CODE, ME, SMALL, Company

WARSAW = ZoneInfo("Europe/Warsaw")
SATURDAY = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)
"""23:00 in Warsaw."""
ARM = ("arm", "small.yaml", "--until", "Sun 06:00", "--code-name", CODE)


class Hand:
    """A clock that somebody moves."""

    def __init__(self, now: datetime = SATURDAY) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def office(company: Company) -> Company:
    company.write("small.yaml", SMALL)
    at(company, SATURDAY)
    return company


def at(company: Company, moment: datetime) -> None:
    company.write("clock", moment.isoformat())
    company.env["CRISIS_CLOCK"] = f"@{company.folder / 'clock'}"


def record(company: Company, code: str = CODE) -> Journal:
    return Journal(open_store(company.state, "LIVE"), code, Hand(), "")


def tag(company: Company) -> str:
    asked = company.run("arm")
    assert asked.code == 2, asked.all
    return asked.err.partition("--tag ")[2].split()[0]


def armed(folder: Path, clock: Hand, until: datetime, text: str = SMALL) -> Journal:
    opening = Opening(
        load_text(text.encode(), "small.yaml"), {}, ME, "", clock.now(), clock.now(), CODE, armed_until=until
    )
    return open_incident(open_store(folder, "LIVE"), opening, Config(timezone="Europe/Warsaw"), clock)


def test_arming_opens_an_incident_in_which_nothing_happened_yet(office: Company) -> None:
    ended = office.run(*ARM, "--standby", "press=Ewa Lis", "--no-approval")
    assert ended.code == 0, ended.all
    assert f"Armed: {CODE}. T0 is not set. If it goes wrong: crisis start" in ended.out
    incident = record(office).incident
    assert incident.armed
    assert incident.armed_until == datetime(2026, 11, 22, 6, 0, tzinfo=WARSAW)
    standby = {role: record(office).name(person) for role, person in incident.standby.items()}
    assert standby == {"lead": ME, "press": "Ewa Lis"}, "the lead is the one people.yaml names for the role"
    assert incident.roles == {}


def test_arming_asks_until_when(office: Company) -> None:
    ended = office.run("arm", "small.yaml")
    assert ended.code == 2
    assert "--until" in ended.err
    assert not list(office.state.glob("*.db")) or open_store(office.state, "LIVE").headings() == []


def test_arming_needs_a_runbook(office: Company) -> None:
    ended = office.run("arm", "--until", "Sun 06:00")
    assert ended.code == 2
    assert "crisis arm erroneous-mass-message" in ended.err


def test_a_role_nobody_knows_is_named(office: Company) -> None:
    ended = office.run(*ARM, "--standby", "pilot=Ewa")
    assert ended.code == 2
    assert "no role pilot" in ended.err


def test_a_yes_ahead_is_asked_for_with_its_tag_and_covers_the_words_later(office: Company) -> None:
    asked = office.run(*ARM)
    assert asked.code == 2
    assert "[cause]" in asked.err
    assert "still needs a yes ahead from lead" in asked.err
    wrong = office.run("arm", "--by", ME, "--how", "phone", "--tag", "M0-2222")
    assert wrong.code == 6
    assert record(office).incident.ahead == []
    given = office.run("arm", "--by", ME, "--how", "phone", "--tag", tag(office), "--detail", "+48 555, 23:01")
    assert given.code == 0, given.all
    again = office.run(*ARM)
    assert again.code == 0, "everything is there"
    assert [one.may_vary for one in record(office).incident.ahead] == [("cause", "next_update")]
    office.run("start", "small.yaml", "--no-input", "--fact=cause=a test", "--fact=next_update=in 90 min")
    name = office.tag("holding", "--channel=in_app")
    yes = office.run("approve", "holding", "--channel", "in_app", "--by", "x", "--how", "in-advance", "--tag", name)
    assert yes.code == 0, yes.all
    assert office.run("send", "holding", "--channel", "in_app", "--confirm", CODE).code == 0
    report = office.run("report", "-o", "-").out
    assert "Approved ahead" in report


@pytest.mark.parametrize("named", ["small.yaml", CODE])
def test_start_begins_what_was_armed(office: Company, named: str) -> None:
    assert office.run(*ARM, "--no-approval", "--standby", "press=Ewa Lis").code == 0
    office.run("fact", "cause=a planned test", "--incident", CODE)
    at(office, SATURDAY + timedelta(hours=4))
    began = office.run("start", named, "--at", "12 min ago", "--no-input")
    assert f"LIVE  {CODE} is open." in began.err
    journal = record(office)
    assert not journal.incident.armed
    assert journal.incident.t0 == SATURDAY + timedelta(hours=4) - timedelta(minutes=12)
    assert journal.incident.learned == SATURDAY + timedelta(hours=4)
    assert journal.incident.fact("cause").value == "a planned test"
    assert journal.name(journal.incident.holder("press")) == "Ewa Lis"
    assert len(journal.store.headings()) == 1
    second = office.run("start", "small.yaml", "--no-input", "--code-name", "river-owl")
    assert "river-owl is open" in second.err


def test_the_one_who_stood_by_as_lead_leads(office: Company) -> None:
    assert office.run(*ARM, "--no-approval", "--standby", "lead=Ewa Lis").code == 0
    office.run("start", "small.yaml", "--no-input", CRISIS_USER="")
    journal = record(office)
    assert journal.name(journal.incident.lead) == "Ewa Lis"


def test_another_runbook_does_not_begin_it(office: Company) -> None:
    assert office.run(*ARM, "--no-approval").code == 0
    office.write("other.yaml", SMALL.replace("id: small", "id: other"))
    office.run("start", "other.yaml", "--no-input", "--code-name", "river-owl")
    assert record(office).incident.armed
    assert not record(office, "river-owl").incident.armed


def test_without_a_runbook_start_names_what_is_armed_first(office: Company) -> None:
    assert office.run(*ARM, "--no-approval").code == 0
    asked = office.run("start", "--no-input")
    assert asked.code == 2
    assert f"Next: crisis start {CODE}" in asked.err


def test_what_is_armed_is_not_walked(office: Company) -> None:
    assert office.run(*ARM, "--no-approval").code == 0
    ended = office.run("resume", "--no-input")
    assert ended.code == 6
    assert f"Next: crisis start {CODE}" in ended.err


def test_an_armed_incident_is_meant_only_when_nothing_else_is_open(office: Company) -> None:
    assert office.run(*ARM, "--no-approval").code == 0
    assert office.run("note", "armed").out == f"Noted in {CODE}.\n"
    office.run("drill", "small.yaml", "--code-name", "paper-otter", "--no-input")
    assert office.run("note", "practice").out == "Noted in paper-otter.\n"
    office.write("other.yaml", SMALL.replace("id: small", "id: other"))
    office.run("start", "other.yaml", "--no-input", "--code-name", "river-owl")
    assert office.run("note", "real").out == "Noted in river-owl.\n"
    assert office.run("note", "armed", "--incident", CODE).out == f"Noted in {CODE}.\n"


def test_two_armed_incidents_must_be_named(office: Company) -> None:
    assert office.run(*ARM, "--no-approval").code == 0
    office.write("other.yaml", SMALL.replace("id: small", "id: other"))
    assert office.run("arm", "other.yaml", "--until", "Sun 06:00", "--no-approval").code == 0
    ended = office.run("arm", "--off")
    assert ended.code == 2
    assert "Several incidents are armed" in ended.err
    assert office.run("arm", CODE, "--off").code == 0
    assert office.run("arm", "--off").code == 0
    assert office.run("arm", "--off").code == 4


def test_nothing_happened(office: Company) -> None:
    assert office.run(*ARM, "--no-approval").code == 0
    off = office.run("arm", "--off", "--reason", "the test went well")
    assert (off.code, off.out) == (0, f"{CODE} is disarmed. Nothing was sent.\n")
    report = office.run("report", CODE, "-o", "-").out
    assert "Disarmed, never begun" in report
    assert "the test went well" in report
    assert office.run("start", CODE, "--no-input").code == 4


def test_an_armed_incident_keeps_its_time(office: Company) -> None:
    assert office.run(*ARM, "--no-approval").code == 0
    ended = office.run("arm", CODE, "--until", "Mon 06:00", "--no-approval")
    assert ended.code == 2
    assert "crisis arm amber-heron --off" in ended.err


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Sun 06:00", "2026-11-22T06:00"),
        ("sunday 6:00", "2026-11-22T06:00"),
        ("Sat 23:30", "2026-11-21T23:30"),
        ("Sat 22:00", "2026-11-28T22:00"),
        ("Fri, 18.30", "2026-11-27T18:30"),
        ("04:00", "2026-11-22T04:00"),
        ("in 8h", "2026-11-22T07:00"),
        ("2026-12-01T10:00", "2026-12-01T10:00"),
    ],
)
def test_until_is_a_day_of_the_week_or_a_time(typed: str, found: str) -> None:
    assert arming.read_until(typed, SATURDAY, WARSAW) == datetime.fromisoformat(found).replace(tzinfo=WARSAW)


@pytest.mark.parametrize("typed", ["Sun", "Someday 06:00", "Sun 26:00", "2026-11-21T10:00", "", "06:00 Sun"])
def test_until_says_what_it_takes(typed: str) -> None:
    with pytest.raises(UsageError) as refused:
        arming.read_until(typed, SATURDAY, WARSAW)
    assert "--until" in refused.value.what


def test_a_time_that_is_over_is_said(tmp_path: Path) -> None:
    clock = Hand()
    journal = armed(tmp_path, clock, SATURDAY + timedelta(hours=7))
    lines = [line.text for line in arming.armed_lines(journal, WARSAW)]
    assert lines[0] == f"{CODE} is ARMED: A small crisis, until Sun 06:00. T0 is not set."
    assert f"crisis start {CODE}" in lines[2]
    clock.time += timedelta(hours=7, minutes=5)
    lines = [line.text for line in arming.armed_lines(journal, WARSAW)]
    assert "over since 5:00" in lines[0]
    assert f"crisis arm {CODE} --off" in lines[2]
    arming.disarm(journal, "")
    assert arming.armed_lines(journal, WARSAW) == []


def test_two_terminals_cannot_both_begin_it(tmp_path: Path) -> None:
    clock = Hand()
    first = armed(tmp_path, clock, SATURDAY + timedelta(hours=7))
    second = Journal(first.store, CODE, clock, first.actor)
    arming.begin(first, SATURDAY)
    with pytest.raises(Refused, match="another terminal"):
        arming.begin(second, SATURDAY + timedelta(minutes=3))
    with pytest.raises(Refused):
        arming.disarm(second, "")
    assert [event.kind for event in first.store.events(CODE)] == ["opened", "begun"]


def test_a_person_arms_with_few_keys_and_begins_it_from_the_list(office: Company) -> None:
    with office.sit("arm", "small.yaml", "--code-name", CODE, cols=80, rows=24) as lead:
        lead.sees("Until when does the test last")
        lead.types("Sun 06:00", "Crisis lead .lead.: Ann Nowak", "Press desk .press.: Ann Nowak", "Do these people")
        lead.press("enter", "Tag M0-", "needs a yes from lead")
        lead.pick("approve ahead", "Who says yes for lead")
        lead.press("enter", "How was it said")
        lead.pick("self", "Number and time")
        lead.press("enter", "Approved ahead: holding by Ann Nowak", f"Armed: {CODE}. T0 is not set")
        assert lead.ends() == 0
    with office.sit("start", cols=80, rows=24) as lead:
        lead.sees("What is happening", f"{CODE} is ARMED: A small crisis, until Sun 06:00")
        lead.press("1", "When did it begin")
        lead.types("5 min ago", f"LIVE {CODE} is open", r"T\+05:0")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    assert record(office).incident.t0 == SATURDAY - timedelta(minutes=5)
