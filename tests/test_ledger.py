"""The ledger: whose word confirms, when two words make a dispute, every version kept, and services as a table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crisiscli.facts import Service, show
from crisiscli.incident.course import _settle_fact
from crisiscli.incident.records import FactRecord, FactStatus, FactVersion
from crisiscli.runbook import Fact
from crisiscli.terminal.lines import as_line
from crisiscli.terminal.plain import Plain
from crisiscli.walk.services_table import ask_services, board
from journeys import ME, SMALL, Company

WARSAW = ZoneInfo("Europe/Warsaw")
NIGHT = datetime(2026, 11, 22, 2, 5, tzinfo=UTC)
SECURITY = "  security:\n    title: Security on call\n    duty: Says whether.\n    deputy: press\n"
GUARDED = SMALL.replace(
    "  next_update:\n",
    "  is_attack:\n    ask: Are we under attack?\n    type: yes_no\n    confirmed_by: security\n    use: confirmed\n"
    "  next_update:\n",
    1,
).replace(
    "\nfacts:", "  security:\n    title: Security on call\n    duty: Says whether.\n    deputy: press\n\nfacts:", 1
)


def settled(*said: tuple[str, object, FactStatus]) -> tuple[FactStatus, object]:
    """What a fact comes to after words of these people, in order."""
    record = FactRecord()
    for who, value, status in said:
        record = _settle_fact(record, FactVersion(value, status, who, "p1", NIGHT), False)
    assert len(record.versions) == len(said)
    return record.status, record.value


@pytest.mark.parametrize(
    ("said", "status", "value"),
    [
        ([("Ewa", 1, "reported")], "reported", 1),
        ([("Ewa", 1, "reported"), ("Ewa", 2, "reported")], "reported", 2),
        ([("Ewa", 1, "reported"), ("Jan", 2, "reported")], "disputed", 1),
        ([("Ewa", 1, "reported"), (" ewa ", 2, "reported")], "reported", 2),
        ([("Ewa", 1, "reported"), ("Jan", 1, "reported")], "reported", 1),
        ([("Ewa", 1, "reported"), ("Jan", 2, "reported"), ("Ola", 1, "reported")], "disputed", 1),
        ([("Ewa", 1, "reported"), ("Jan", 2, "reported"), ("Ewa", 2, "reported")], "reported", 2),
        ([("Ewa", 1, "reported"), ("Jan", 2, "confirmed")], "confirmed", 2),
        ([("Jan", 2, "confirmed"), ("Ewa", 1, "reported")], "disputed", 2),
        ([("Jan", 2, "confirmed"), ("Ewa", 2, "reported")], "confirmed", 2),
        ([("Jan", 2, "confirmed"), ("Ewa", 1, "reported"), ("Ewa", 2, "reported")], "confirmed", 2),
        ([("Jan", 2, "confirmed"), ("Jan", 1, "reported")], "reported", 1),
        ([("Ewa", 1, "reported"), ("Jan", None, "unknown")], "unknown", None),
        ([("Ewa", 1, "reported"), ("Jan", None, "unknown"), ("Jan", 2, "reported")], "reported", 2),
    ],
)
def test_what_people_said_comes_to_one_status(
    said: list[tuple[str, object, FactStatus]], status: FactStatus, value: object
) -> None:
    assert settled(*said) == (status, value)


@pytest.fixture
def guarded(company: Company) -> Company:
    """Security is Jan's; nobody else can say that it is no attack."""
    company.write("roles.yaml", "roles: {security: Jan Kowalski}")
    company.open_small(GUARDED)
    assert company.run("resume", "--answers", "roles.yaml").code == 2
    return company


def status_of(company: Company, name: str = "is_attack") -> str:
    return str(company.run("fact", name, "--json").data["facts"][name]["status"])


@pytest.mark.parametrize("source", ["Jan", "Security, Jan", "jan kowalski", "Security on call, by phone", "security"])
def test_quoting_the_holder_confirms(guarded: Company, source: str) -> None:
    ended = guarded.run("fact", "is_attack=no", "--confirmed", "--source", source)
    assert ended.code == 0, ended.all
    assert status_of(guarded) == "confirmed"


@pytest.mark.parametrize("source", [("--source", "Ewa"), ("--source", "Januszek"), ()])
def test_anybody_elses_word_is_kept_as_reported(guarded: Company, source: tuple[str, ...]) -> None:
    ended = guarded.run("fact", "is_attack=no", "--confirmed", *source)
    assert ended.code == 6
    assert "Security on call confirms is_attack (Jan Kowalski)" in ended.err
    assert "kept as reported" in ended.err
    found = guarded.run("fact", "is_attack", "--json").data["facts"]["is_attack"]
    assert (found["status"], found["value"], len(found["versions"])) == ("reported", "no", 1)


def test_the_holder_at_the_keyboard_confirms(guarded: Company) -> None:
    assert guarded.run("fact", "is_attack=no", "--confirmed", CRISIS_USER="Jan Kowalski").code == 0
    assert status_of(guarded) == "confirmed"


def test_the_deputys_holder_confirms_once_the_role_is_given(guarded: Company) -> None:
    assert guarded.run("fact", "is_attack=no", "--confirmed", "--source", "Ewa Kos").code == 6
    guarded.write("roles.yaml", "roles: {press: Ewa Kos}")
    assert guarded.run("resume", "--answers", "roles.yaml").code == 2
    assert guarded.run("fact", "is_attack=no", "--confirmed", "--source", "Ewa Kos").code == 0
    assert status_of(guarded) == "confirmed"


def test_an_answers_file_cannot_confirm_for_somebody_else(guarded: Company) -> None:
    text = GUARDED.replace("          - cause\n      - id: same", "          - is_attack\n      - id: same", 1)
    assert text != GUARDED
    guarded.write("second.yaml", text)
    guarded.write(
        "more.yaml", "steps: {stop-sends: x}\nfacts: {is_attack: {value: no, status: confirmed, source: Ewa}}"
    )
    second = guarded.run("start", "second.yaml", "--code-name", "second", "--answers", "more.yaml")
    assert "it is only reported" in second.err
    found = guarded.run("fact", "is_attack", "--incident", "second", "--json").data["facts"]["is_attack"]
    assert found["status"] == "reported"


def test_every_version_is_told_with_who_and_when(company: Company) -> None:
    clock = company.write("now", "2026-11-22T03:05:00+01:00")
    company.env["CRISIS_CLOCK"] = f"@{clock}"
    company.open_small()
    clock.write_text("2026-11-22T03:20:00+01:00", encoding="utf-8")
    assert company.run("fact", "cause=zły plik", "--source", "CRM, Ewa").code == 0
    clock.write_text("2026-11-22T03:25:00+01:00", encoding="utf-8")
    assert company.run("fact", "cause=unknown").code == 0
    said = company.run("fact", "cause").out.splitlines()
    assert said[0] == f"cause: UNKNOWN  taken back by {ME}, 03:25"
    assert said[1].split("  ")[1:] == ["03:05", "pomyłka w teście", "reported", f"noted by {ME}"]
    assert said[2].split("  ")[1:] == ["03:20", "zły plik", "reported", "says CRM, Ewa", f"noted by {ME}"]
    assert said[3].split("  ")[1:] == ["03:25", "unknown", f"noted by {ME}"]
    found = company.run("fact", "cause", "--json").data["facts"]["cause"]
    assert [version["value"] for version in found["versions"]] == ["pomyłka w teście", "zły plik", None]


def test_two_people_who_differ_are_both_named(company: Company) -> None:
    company.open_small()
    said = company.run("fact", "cause=zły plik", "--source", "CRM, Ewa").out
    assert "pomyłka w teście  DISPUTED: CRM, Ewa says zły plik" in said
    assert f"zły plik  reported by {ME}" in company.run("fact", "cause=zły plik", "--source", ME).out


def test_a_known_person_stands_in_the_record_as_an_id(guarded: Company) -> None:
    guarded.run("fact", "is_attack=no", "--confirmed", "--source", "Jan Kowalski")
    database = (guarded.state / "live.db").read_bytes()
    assert b'"source":"Jan Kowalski"' not in database
    assert "confirmed by Jan Kowalski" in guarded.run("fact", "is_attack").out


# Services

SERVICES = Fact(ask="What works?", type="services", of=("cards", "app", "atm"))


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    yield io.StringIO()


def table(out: io.StringIO, *lines: str, before: list[Service] | None = None) -> list[Service] | None:
    """The services as somebody types them, line by line."""
    terminal = Plain(io.StringIO("".join(f"{line}\n" for line in lines)), out)
    return ask_services(terminal, "services", SERVICES, before or [], NIGHT, WARSAW)


def test_one_key_each_and_details_for_what_is_down(out: io.StringIO) -> None:
    found = table(out, "3", "2", "1", "cash", "", "1 d", "04:30", "Ops")
    assert found == [
        {"service": "cards", "state": "down", "alternative": "cash", "eta": "2026-11-22T04:30:00+01:00", "by": "Ops"},
        {"service": "app", "state": "slow"},
        {"service": "atm", "state": "works"},
    ]
    assert out.getvalue().index("cards (down)") < out.getvalue().index("app (slow)")


def test_enter_leaves_everything_as_it_was_and_a_dash_takes_it_away(out: io.StringIO) -> None:
    before = table(out, "3", "1", "u", "cash", "1 d", "04:30", "Ops")
    assert before is not None
    assert table(out, "d", before=before) == before, "nothing changed: one key"
    assert table(out, "2 d", "2", "phone", "d", before=before) == [
        before[0],
        {"service": "app", "state": "slow", "alternative": "phone"},
    ]
    assert table(out, "1 2 3 d", "", "", "u", "", "d", "", "", before=before) == before
    changed = table(out, "1 2 3 d", "", "", "u", "-", "1 d", before=before)
    assert changed == [{"service": "cards", "state": "down"}, {"service": "app", "state": "works"}]


def test_back_goes_one_service_back_and_then_out(out: io.StringIO) -> None:
    assert table(out, "b") is None
    found = table(out, "3", "b", "1", "1", "1")
    assert found == [{"service": name, "state": "works"} for name in SERVICES.of]


def test_a_time_that_is_none_is_asked_again(out: io.StringIO) -> None:
    found = table(out, "3", "u", "u", "", "1 d", "soon", "04:30", "")
    assert found == [{"service": "cards", "state": "down", "eta": "2026-11-22T04:30:00+01:00"}]
    assert "'soon' is not a time" in out.getvalue()


def test_the_board_shows_what_is_down_first_and_names_a_missing_alternative() -> None:
    services = [
        {"service": "atm", "state": "works"},
        {"service": "app", "state": "slow"},
        {"service": "cards", "state": "down", "alternative": "cash", "eta": "2026-11-22T04:30:00+01:00", "by": "Ops"},
    ]
    lines = [as_line(line).text.split() for line in board(services, WARSAW)]
    assert lines == [
        ["x", "down", "cards", "use", "cash", "back", "04:30,", "says", "Ops"],
        ["~", "slow", "app", "no", "alternative", "yet"],
        ["+", "works", "atm"],
    ]
    assert show(SERVICES, services, WARSAW).startswith("cards: down")
