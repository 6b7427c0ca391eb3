"""A drill: the same walk with nobody to send to, stamped, on its own clock, with bad news, scored."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crisiscli.cli.outside import Flags, Outside
from crisiscli.clock import PacedClock
from crisiscli.config import Binding, Config
from crisiscli.dispatch import Desk
from crisiscli.dispatch.stamp import STAMP, UNOPENED, bare, drilled, stamped
from crisiscli.errors import UsageError
from crisiscli.journal import Journal
from crisiscli.loader import load_text
from crisiscli.message import Rendering
from crisiscli.providers import PROVIDERS
from crisiscli.reports.scoring import marks
from crisiscli.stores import open_store
from crisiscli.stores.base import Mode, Store
from crisiscli.walk import drilling
from crisiscli.walk.opening import Opening, open_incident
from journeys import CODE, ME, SMALL, Company, Ended
from servers import Server

OTTER = "paper-otter"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
INJECTS = """
injects:
  - at: T+7m
    from: Call centre
    says: Forty callers are waiting.
  - at: T+18m
    from: Journalist
    says: I publish in ten minutes. True or false?
"""
GATED = """
gates:
  calm:
    opens_when:
      - fact: cause
        is: ours
"""
ANSWERS: dict[str, Any] = {
    "steps": {"stop-sends": "0 waiting", "pin": "done"},
    "facts": {"cause": "a test", "next_update": "in 90 min"},
    "decisions": {"same-channel": "hold"},
}


class Hand:
    """A clock that somebody moves."""

    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def on(self, **span: float) -> None:
        self.time += timedelta(**span)


def opened(
    store: Store, clock: Hand, text: str = SMALL, mode: Mode = "DRILL", code: str = OTTER, **more: Any
) -> Journal:
    """An incident in this process, without a walk."""
    opening = Opening(
        load_text(text.encode(), "small.yaml"), {}, ME, "", clock.now(), clock.now(), code, mode, speed="5", **more
    )
    return open_incident(store, opening, Config(timezone="UTC"), clock)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def drills(tmp_path: Path) -> Store:
    return open_store(tmp_path / "state", "DRILL")


def at(company: Company, moment: datetime) -> None:
    """Sets the company's clock."""
    company.write("clock", moment.isoformat())
    company.env["CRISIS_CLOCK"] = f"@{company.folder / 'clock'}"


def practise(company: Company, answers: dict[str, Any], *more: str, code: str = OTTER) -> Ended:
    company.write("answers.yaml", json.dumps(answers))
    return company.run("drill", "small.yaml", "--code-name", code, "--answers", "answers.yaml", *more)


def whole_drill(company: Practising, code: str = OTTER) -> Ended:
    """From the opening to the end: the yes, the typed code name, and the hand-overs confirmed."""
    asked = practise(company, ANSWERS, code=code)
    assert asked.code == 2, asked.all
    tag = company.tag_of(code)
    yes = company.run("approve", "holding", "--by", ME, "--tag", tag, "--incident", code)
    assert yes.code == 0, yes.all
    sent = company.run("send", "holding", "--confirm", code, "--incident", code)
    assert sent.code == 0, sent.all
    proof = company.run("send", "holding", "--sent", "seen on the screen", "--incident", code)
    assert proof.code == 0, proof.all
    company.write("answers.yaml", json.dumps(ANSWERS))
    assert company.run("resume", code, "--answers", "answers.yaml").code in (0, 1)
    standing = [f"--taken-down={channel}" for channel in ("website", "in_app")]
    ended = company.run("end", code, "--reason", "enough", *standing)
    assert ended.code == 0, ended.all
    return sent


class Practising(Company):
    """A company that reads the tag of any incident."""

    def tag_of(self, code: str) -> str:
        shown = self.run("approve", "holding", "--incident", code)
        found = re.findall(r"^Tag (M\d-\w{4})", shown.out, re.MULTILINE)
        assert found, shown.all
        return str(found[-1])


@pytest.fixture
def office(tmp_path: Path) -> Practising:
    folder = tmp_path / "office"
    folder.mkdir()
    office = Practising(folder)
    office.write("small.yaml", SMALL)
    return office


# Nothing can leave


def test_a_drill_never_speaks_to_a_server_that_is_bound(office: Practising, mail: Server, web: Server) -> None:
    office.write("secret", "x")
    (office.folder / "secret").chmod(0)
    office.configure(
        {
            "email": {
                "provider": "smtp", "host": "127.0.0.1", "port": mail.port, "tls": "none",
                "from": "press@acme.example", "user": "press", "password": "file:secret",
            },
            "website": {"provider": "webhook", "url": f"http://127.0.0.1:{web.port}/ok", "secret": "env:NOT_SET"},
            "in_app": {"provider": "outbox", "folder": "outbox"},
        },
        recipients={"customers": {"email": "gone.csv"}},
    )  # fmt: skip
    sent = whole_drill(office)
    assert mail.heard() == []
    assert web.heard() == []
    assert not (office.folder / "outbox").exists()
    assert sorted(path.name for path in office.state.glob("*.db")) == ["drill.db"]
    said = office.run("status", OTTER, "--json").data["said"]
    assert {word["channel"] for word in said} == {"website", "in_app", "email"}
    assert {word["how"] for word in said} == {"confirmed"}
    assert sent.out.count("text begins") == 3


def test_a_drill_makes_no_provider_at_all(
    drills: Store, clock: Hand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def made(*_: object) -> None:
        raise AssertionError("a provider was made")

    for name, maker in list(PROVIDERS.items()):
        monkeypatch.setitem(PROVIDERS, name, type(name, (maker,), {"__init__": made}))
    real = Config(
        channels={
            "website": Binding("website", "webhook", settings={"url": "https://cms.example/", "secret": "env:X"})
        },
        recipients={"customers": {"email": tmp_path / "gone.csv"}},
    )
    with pytest.raises(AssertionError, match="a provider was made"):
        PROVIDERS["webhook"]({})
    desk = Desk(opened(drills, clock), real)
    assert all(text.by_hand for text in desk.texts("holding"))
    assert {binding.provider for binding in desk.config.channels.values()} == {"manual"}
    assert {binding.who for binding in desk.config.channels.values()} == {"the drill"}
    assert "webhook" in desk.config.binding("website").trouble
    assert not any(binding.settings for binding in desk.config.channels.values())
    assert desk.config.recipients == {}


def test_the_company_of_a_drill_keeps_no_link_and_names_who_would_have_carried_it() -> None:
    real = Config(
        channels={"x": Binding("x", who="Social desk", through="Hootsuite", open="https://hootsuite.example")}
    )
    found = drilled(real).binding("x")
    assert (found.open, found.through) == (UNOPENED, "")
    assert "https://" not in UNOPENED
    assert "Social desk" in found.trouble
    assert drilled(drilled(real)).binding("x") == found


def test_a_live_incident_beside_a_drill_keeps_its_providers(tmp_path: Path, clock: Hand) -> None:
    live = opened(open_store(tmp_path, "LIVE"), clock, mode="LIVE", code=CODE)
    real = Config(channels={"website": Binding("website", "webhook", settings={"url": "https://cms.example/"})})
    desk = Desk(live, real)
    assert desk.config is real
    assert desk.texts("holding")[0].binding.provider == "webhook"
    assert desk.drafts("holding")[0].rendering == desk.drafts("holding")[0].words


# The stamp


def test_every_text_begins_and_ends_with_the_stamp(office: Practising) -> None:
    sent = whole_drill(office)
    blocks = re.findall(r"-+ text begins .*?-+\n(.*?)\n-+ text ends", sent.out, re.DOTALL)
    assert len(blocks) == 3
    report = office.run("report", OTTER, "-o", "-").out
    kept = re.findall(r"^```text\n(.*?)\n```$", report, re.DOTALL | re.MULTILINE)
    assert len(kept) == 3
    for text in [*blocks, *kept]:
        assert text.startswith(STAMP)
        assert text.endswith(STAMP)
    for word in office.run("status", OTTER, "--json").data["said"]:
        assert word["text"].startswith(STAMP)
        assert word["text"].endswith(STAMP)


@pytest.mark.parametrize("known", [True, False])
def test_measures_are_of_the_words_without_the_stamp(tmp_path: Path, clock: Hand, known: bool) -> None:
    text = SMALL.replace("      - in_app\n", "      - sms\n")
    live = Desk(opened(open_store(tmp_path / "a", "LIVE"), clock, text, "LIVE", CODE), Config())
    drill = Desk(opened(open_store(tmp_path / "b", "DRILL"), clock, text), Config())
    for journal in (live.journal, drill.journal) if known else ():
        for name, value in (("cause", "a test"), ("next_update", "2026-11-22T14:00:00+00:00")):
            journal.record("fact_set", name=name, value=value, status="confirmed", source="x")
    seen = 0
    for real, practised in zip(*((d.texts if known else d.drafts)("holding") for d in (live, drill)), strict=True):
        assert real.rendering is not None
        assert practised.rendering is not None
        assert practised.measures == real.measures
        assert practised.words == real.words == real.rendering
        assert practised.rendering == stamped(real.rendering)
        assert practised.rendering.sha256 != real.rendering.sha256
        seen += 1
    assert seen == 3


@pytest.mark.parametrize("body", ["one line", "two\n\nlines ", "", f"says {STAMP} itself", "\nżółć"])
def test_the_stamp_comes_off_as_it_went_on(body: str) -> None:
    words = Rendering("holding", "email", "pl", body, "A title")
    out = stamped(words)
    assert (bare(out.body), bare(out.title or "")) == (body, "A title")
    assert out.text.startswith(STAMP)
    assert out.text.endswith(STAMP)
    assert bare(body) == body


@pytest.mark.parametrize("typed", ["New words.", f"{STAMP}\nNew words.\n{STAMP}"])
def test_an_edit_is_stamped_once_whatever_the_editor_was_given(drills: Store, clock: Hand, typed: str) -> None:
    journal = opened(drills, clock)
    desk = Desk(journal, Config())
    journal.record("edited", place="holding/in_app/pl", message="holding", title=None, body=typed, was="")
    text = next(text for text in desk.texts("holding") if text.channel.id == "in_app")
    assert text.rendering is not None
    assert text.rendering.text == f"{STAMP}\nNew words.\n{STAMP}"
    assert text.words is not None
    assert text.words.body == "New words."


# The clock


def test_a_drill_rests_while_nobody_sits_in_it(office: Practising) -> None:
    at(office, NOON)
    assert practise(office, {}).code == 2
    at(office, NOON + timedelta(minutes=2))
    assert office.run("status", OTTER, "--json").data["elapsed"] == "T+00:00", "it rests while nobody sits there"
    office.run("resume", OTTER, "--no-input")
    at(office, NOON + timedelta(minutes=3))
    office.run("note", "words", "--incident", OTTER)
    assert office.run("status", OTTER, "--json").data["elapsed"] == "T+00:00"


def test_two_processes_read_the_same_time_from_the_record(drills: Store, clock: Hand) -> None:
    journal = opened(drills, clock)
    clock.on(minutes=2)
    other = Journal(drills, OTTER, clock, "")
    other.clock = PacedClock(clock, lambda: other.incident.pace)
    assert journal.now() == other.now() == NOON + timedelta(minutes=10)
    noted = journal.record("noted", text="words")
    assert noted.at == NOON + timedelta(minutes=10)


def test_a_drill_that_was_left_goes_on_where_it_stood(drills: Store, clock: Hand) -> None:
    journal = opened(drills, clock)
    clock.on(minutes=2)
    drilling.rest(journal)
    drilling.rest(journal)
    clock.on(hours=3)
    assert journal.now() == NOON + timedelta(minutes=10)
    drilling.go_on(journal)
    clock.on(minutes=1)
    assert journal.now() == NOON + timedelta(minutes=15)
    assert [event.kind for event in drills.events(OTTER)] == ["opened", "paced", "paced"]


def test_a_drill_that_died_goes_on_from_its_last_event(drills: Store, clock: Hand) -> None:
    journal = opened(drills, clock)
    clock.on(minutes=1)
    journal.record("noted", text="the last thing before the battery died")
    clock.on(seconds=30)
    drilling.go_on(journal)
    assert journal.now() == NOON + timedelta(minutes=7, seconds=30), "another terminal may be walking it"
    clock.on(hours=9)
    drilling.go_on(journal)
    assert journal.now() == NOON + timedelta(minutes=5)


def test_a_live_incident_has_no_pace(tmp_path: Path, clock: Hand) -> None:
    journal = opened(open_store(tmp_path, "LIVE"), clock, mode="LIVE", code=CODE)
    drilling.rest(journal)
    drilling.go_on(journal)
    assert journal.incident.pace is None
    assert journal.clock is clock
    assert drilling.arrivals(journal) == []


@pytest.mark.parametrize(("typed", "kept"), [("5", "5"), ("5x", "5"), ("X10", "10"), ("2.50", "2.5"), ("600", "600")])
def test_a_speed_is_kept_as_a_number_in_words(typed: str, kept: str) -> None:
    assert drilling.read_speed(typed) == kept


@pytest.mark.parametrize("typed", ["0", "-1", "fast", "601", "1e3", "", "5 5", "nan", "٥"])
def test_a_speed_that_is_none_is_named(office: Practising, typed: str) -> None:
    with pytest.raises(UsageError):
        drilling.read_speed(typed)
    ended = office.run("drill", "small.yaml", "--no-input", f"--speed={typed}")
    assert ended.code == 2
    assert "--speed" in ended.err
    assert not list(office.state.glob("*.db"))


# Bad news


def test_bad_news_arrives_at_its_time_and_once(drills: Store, clock: Hand) -> None:
    journal = opened(drills, clock, SMALL + INJECTS)
    other = Journal(drills, OTTER, clock, "")
    other.clock = PacedClock(clock, lambda: other.incident.pace)
    assert drilling.arrivals(journal) == []
    clock.on(minutes=1, seconds=23)
    assert drilling.arrivals(journal) == []
    clock.on(seconds=1)
    lines = drilling.arrivals(journal)
    assert [line.text for line in lines] == ['T+07:00  INJECT  Call centre: "Forty callers are waiting."']
    assert drilling.arrivals(other) == drilling.arrivals(journal) == []
    clock.on(minutes=3)
    assert ["Journalist" in line.text for line in drilling.arrivals(other)] == [True]
    assert sum(event.kind == "injected" for event in drills.events(OTTER)) == 2


def test_bad_news_stays_above_the_steps_until_somebody_reacts(drills: Store, clock: Hand) -> None:
    journal = opened(drills, clock, SMALL + INJECTS)
    assert drilling.heading_lines(journal) == []
    clock.on(minutes=4)
    drilling.arrivals(journal)
    shown = " ".join(line.text for line in drilling.heading_lines(journal))
    assert "Journalist" in shown
    assert "1 more before it" in shown
    journal.record("step_parked", step="pin", back="2026-11-22T13:00:00Z")
    assert drilling.heading_lines(journal) != []
    journal.record("noted", text="we answer: no")
    assert drilling.heading_lines(journal) == []


def test_a_drill_without_injects_stays_quiet(office: Practising) -> None:
    office.write("small.yaml", SMALL + INJECTS)
    practise(office, {}, "--at", "1 h ago", "--no-injects")
    kinds = [event.kind for event in open_store(office.state, "DRILL").events(OTTER)]
    assert "injected" not in kinds
    journal = Outside(Flags())
    journal.state = office.state
    found = journal.opened(journal.drills, OTTER)
    assert len(found.incident.runbook.injects) == 2
    assert drilling.arrivals(found) == [], "it was paused and goes on since; nothing is to come even so"
    loud = opened(journal.drills, Hand(), SMALL + INJECTS, code="river-owl")
    loud.record("t0_set", t0="2026-11-22T11:00:00Z")
    assert len(drilling.arrivals(loud)) == 2


def test_the_bad_news_of_the_runbook_a_drill_goes_on_with_arrives_too(drills: Store, clock: Hand) -> None:
    journal = opened(drills, clock, SMALL + INJECTS)
    clock.on(minutes=2)
    assert len(drilling.arrivals(journal)) == 1
    plan = {**journal.incident.plan, "id": "other"}
    journal.record("switched", runbook=plan, layouts={}, title="Other", version=1)
    assert len(drilling.arrivals(journal)) == 1
    assert drilling.arrivals(journal) == []


def test_bad_news_arrives_above_an_open_question(office: Practising) -> None:
    at(office, NOON)
    office.write("small.yaml", SMALL + INJECTS)
    with office.sit("drill", "small.yaml", "--code-name", OTTER, cols=80, rows=24) as lead:
        lead.sees("When did it begin")
        lead.types(
            "now", "The clock runs 5 times as fast", "Stop the queue", "What now", r"DRILL paper-otter \| T\+00:00"
        )
        at(office, NOON + timedelta(seconds=90))
        lead.sees(r'T\+07:30 INJECT Call centre: "Forty callers are waiting\."')
        lead.pick("pause", "Saved", "its clock rests until: crisis resume paper-otter")
        assert lead.ends() == 0
    at(office, NOON + timedelta(hours=2))
    assert office.run("status", OTTER, "--json").data["elapsed"] == "T+07:30"


# The score


def names(journal: Journal) -> dict[str, Any]:
    return {mark.name: mark for mark in marks(journal)}


def test_a_drill_is_scored_against_its_targets(drills: Store, clock: Hand) -> None:
    journal = opened(drills, clock, SMALL + INJECTS)
    clock.on(minutes=2)
    said = {"text": "x", "by": ME, "proof": "", "standing": False}
    when = "2026-11-22T12:0{}:00Z"
    journal.record("said", channel="phone", at=when.format(8), public=False, **said)
    journal.record(
        "said", channel="website", at=when.format(9), public=True, promise=when.format(9)[:14] + "30:00Z", **said
    )
    found = names(journal)
    assert (found["first_word"].actual, found["first_word"].ok) == ("T+09:00", True)
    assert (found["front_line_lag"].actual, found["front_line_lag"].ok) == ("1:00 before the public", True)
    assert found["all_channels"].ok is False
    assert "in_app" in found["all_channels"].note
    assert found["late_steps"].actual == "3"
    assert found["promises"].actual == "0 kept, 0 broken, 1 open"
    assert "gates" not in found
    clock.on(minutes=5)
    drilling.arrivals(journal)
    found = names(journal)
    assert (found["promises"].actual, found["promises"].ok) == ("0 kept, 1 broken, 0 open", False)
    assert (found["injects"].actual, found["injects"].ok) == ("0 of 2 answered", False)
    assert (found["silence"].actual, found["silence"].ok) == ("26:00", True)
    clock.on(minutes=1)
    journal.record("noted", text="called them back")
    found = names(journal)
    assert found["injects"].actual == "2 of 2 answered, the slowest after 5:00"
    assert (found["silence"].actual, found["silence"].ok) == ("31:00", False)


def test_the_front_line_after_the_public_is_a_miss(drills: Store, clock: Hand) -> None:
    journal = opened(drills, clock)
    said = {"text": "x", "by": ME, "proof": "", "standing": False}
    journal.record("said", channel="website", at="2026-11-22T12:00:00Z", public=True, **said)
    clock.on(minutes=1)
    journal.record("said", channel="phone", at="2026-11-22T12:02:00Z", public=False, **said)
    lag = names(journal)["front_line_lag"]
    assert (lag.actual, lag.ok) == ("2:00 after the public", False)


def test_words_that_passed_a_shut_gate_are_counted(office: Practising) -> None:
    text = SMALL.replace("    stage: holding\n", "    stage: holding\n    gate: calm\n") + GATED
    office.write("small.yaml", text)
    practise(office, ANSWERS)
    store = open_store(office.state, "DRILL")
    journal = Journal(store, OTTER, Hand(), "")
    assert names(journal)["gates"].ok is True
    for cause, passed in (("a test", "1 passed while shut, 0"), ("ours", "1 passed while shut, 0")):
        journal.record("fact_set", name="cause", value=cause, status="confirmed", source="x")
        journal.record("sending", rendering="holding/website/pl@1", rows=1, provider="manual", again=0)
        assert names(journal)["gates"].actual.startswith(passed)
    assert names(journal)["gates"].ok is False


def test_a_drill_is_compared_with_the_one_before_it(office: Practising) -> None:
    at(office, NOON)
    whole_drill(office, "first-otter")
    at(office, NOON + timedelta(days=9))
    whole_drill(office, "second-otter")
    shown = office.run("drill", "--last")
    assert shown.code == 0, shown.all
    assert "DRILL  second-otter  You finished in T+" in shown.out
    assert "Last time (22 Nov, first-otter)" in shown.out
    assert "First public words" in shown.out
    data = office.run("drill", "small", "--last", "--json").data
    assert (data["code"], data["last"]["code"]) == ("second-otter", "first-otter")
    report = office.run("report", "second-otter", "-o", "-").out
    assert "DRILL" in report.splitlines()[0]
    first = office.run("drill", "first-otter", "--last", "--json").data
    assert first["last"] is None


def test_no_drill_has_ended_yet(office: Practising) -> None:
    for arguments in (("drill", "--last"), ("drill", "small", "--last")):
        ended = office.run(*arguments)
        assert ended.code == 4
    practise(office, {})
    assert office.run("drill", "--last").code == 4


# Which incident is meant


def test_without_a_name_a_drill_is_meant_only_while_no_incident_is_open(office: Practising) -> None:
    practise(office, {})
    noted = office.run("note", "in the drill")
    assert (noted.code, noted.out) == (0, f"Noted in {OTTER}.\n")
    assert noted.err.startswith("DRILL")
    assert office.run("status").err.startswith("DRILL")
    assert office.run("status").out.startswith("DRILL")
    office.open_small()
    noted = office.run("note", "in the crisis")
    assert (noted.code, noted.out, noted.err) == (0, f"Noted in {CODE}.\n", "")
    assert office.run("status").out.startswith("LIVE")
    for command in (("status", OTTER), ("fact", "--incident", OTTER), ("verify", OTTER), ("report", OTTER, "-o", "-")):
        found = office.run(*command)
        assert found.code == 0, found.all
    assert "in the drill" in office.run("report", OTTER, "-o", "-").out
    assert "in the drill" not in office.run("report", CODE, "-o", "-").out


def test_two_open_drills_must_be_named(office: Practising) -> None:
    practise(office, {})
    practise(office, {}, code="river-owl")
    ended = office.run("note", "where")
    assert ended.code == 2
    assert "Several drills are open: river-owl, paper-otter." in ended.err


def test_a_drill_never_blocks_a_crisis(office: Practising) -> None:
    practise(office, {})
    (office.state / "drill.db").write_bytes(b"rubbish" * 1000)
    office.open_small()
    noted = office.run("note", "words")
    assert (noted.code, noted.out, noted.err) == (0, f"Noted in {CODE}.\n", "")
    assert office.run("status").out.startswith("LIVE")


def test_a_drill_does_not_take_the_name_of_an_incident(office: Practising) -> None:
    office.open_small()
    ended = practise(office, {}, code=CODE)
    assert ended.code == 6
    assert "taken" in ended.err


def test_a_drill_speaks_in_its_own_time_from_other_commands(office: Practising) -> None:
    at(office, NOON)
    assert practise(office, {}).code == 2
    store = open_store(office.state, "DRILL")
    outside = Outside(Flags())
    outside.state = office.state
    outside.clock = Hand(NOON + timedelta(minutes=1))
    journal = outside.opened(store, OTTER)
    drilling.go_on(journal)
    assert outside.clock is journal.clock
    outside.clock.inner.on(minutes=1)  # type: ignore[attr-defined]  # the hand that moves it
    write, code = outside.append(OTTER)
    write("noted", {"text": "words"})
    assert code == OTTER
    assert store.events(OTTER)[-1].at == NOON + timedelta(minutes=5)


def test_a_live_note_reads_no_drill(office: Practising) -> None:
    """What is LIVE has the first look: a code name that both files know is the LIVE one."""
    practise(office, {}, code=CODE)
    office.open_small()
    assert office.run("status", CODE).out.startswith("LIVE")
