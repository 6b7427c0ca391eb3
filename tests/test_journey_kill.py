"""kill -9 between `sending` and the answer: unknown is shown, asked about, and never sent again by the program."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from journeys import CODE, Company, Lead
from servers import Server
from term import PATIENCE

PLACE = "holding/website/pl"


class Gate:
    """A receiver that takes every request and stays silent until it is opened; it counts from one test's start."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.before = 0
        self.url = f"http://127.0.0.1:{server.port}/banner"

    def requests(self) -> list[dict[str, Any]]:
        return self.server.heard("request")[self.before :]

    def posted(self) -> list[dict[str, Any]]:
        """What was posted since the test began, the request that was cut off included."""
        return [json.loads(base64.b64decode(one["body"]))["data"] for one in self.requests()]

    def open(self) -> None:
        (self.server.folder / "open").touch()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server("../journeys/gate_server.py", tmp_path_factory.mktemp("gate")) as server:
        yield server


@pytest.fixture(scope="module")
def dead(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a company whose process was killed while the receiver, which had the request, was silent."""
    company = settled(Company(tmp_path_factory.mktemp("dead")), Gate(server))
    with company.sit("send", "holding") as lead:
        lead.pick("go to sending", "Type amber-heron")
        lead.types(CODE)
        wait_for_request(lead, Gate(server))
        os.kill(lead.child.pid, signal.SIGKILL)
        assert lead.ends() == -signal.SIGKILL
    return company.folder


def settled(company: Company, gate: Gate) -> Company:
    company.configure({"website": {"provider": "webhook", "url": gate.url, "secret": "env:HOOK", "timeout": 60}})
    company.open_small()
    company.approve()
    return company


@pytest.fixture
def killed(dead: Path, tmp_path: Path) -> Company:
    """That company as the killed process left it, byte for byte."""
    shutil.copytree(dead, tmp_path / "company")
    return Company.found(tmp_path / "company")


@pytest.fixture
def gate(server: Server, dead: Path) -> Gate:
    """The receiver, shut again. One request, that of the killed process, has arrived."""
    (server.folder / "open").unlink(missing_ok=True)
    gate = Gate(server)
    gate.before = len(server.heard("request")) - 1
    del dead
    return gate


def wait_for_request(lead: Lead, gate: Gate) -> None:
    end = time.monotonic() + PATIENCE
    while not gate.requests():
        assert time.monotonic() < end, lead.text
        lead.pump()


def states(company: Company) -> dict[str, int]:
    """How many rows of the send record stand in which state."""
    with sqlite3.connect(f"file:{company.state / 'live.db'}?mode=ro", uri=True) as db:
        return dict(db.execute("SELECT state, count(*) FROM dispatch GROUP BY state"))


def test_the_record_said_sending_before_the_first_byte_left(killed: Company) -> None:
    assert states(killed) == {"sending": 1}
    report = killed.run("report", "-o", "-").out
    assert f"Sending `{PLACE}` through webhook" in report
    assert "**Outcome**" not in report


@pytest.mark.parametrize(("cols", "rows"), [(80, 24), (120, 40)])
def test_resume_shows_unknown_asks_and_a_person_marks_it_sent(
    killed: Company, gate: Gate, cols: int, rows: int
) -> None:
    gate.open()
    with killed.sit("resume", cols=cols, rows=rows) as lead:
        lead.sees(f"UNKNOWN {PLACE}: 1 may be out, nobody knows", "will not send it again", "is it out\\?")
        lead.burst("enter", "enter", "enter")
        lead.wait("Several keys arrived at once|Press one of the letters")
        lead.pick("I see it there", "Where did you look")
        lead.types("the banner is on the home page", "marked as sent", "Step 1 of 5", "What now")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    status = killed.status()
    assert [(w["message"], w["channel"], w["how"], w["proof"]) for w in status["said"]] == [
        ("holding", "website", "confirmed", "the banner is on the home page")
    ]
    assert status["unknown"] == []

    again = killed.run("send", "holding", "--confirm", CODE, "--channel", "website")
    assert again.code == 6
    assert "is out already, word for word" in again.err
    with killed.sit("resume") as lead:
        lead.sees("Step 1 of 5", "What now")
        assert "UNKNOWN" not in lead.new
        lead.press("ctrl-c")
        assert lead.ends() == 130
    assert len(gate.posted()) == 1
    assert states(killed) == {"sent": 1}


def test_what_is_not_there_goes_exactly_once_more(killed: Company, gate: Gate) -> None:
    gate.open()
    with killed.sit("resume") as lead:
        lead.sees("UNKNOWN", "is it out\\?")
        lead.pick("it is not there", "Where did you look")
        lead.types("no banner, asked the web team", "approved again, not sent", "Step 1 of 5", "What now")
        assert len(gate.posted()) == 1
        lead.pick("overview", "Go to which step")
        lead.pick("4 first-word", "Step 4 of 5", "What now")
        lead.pick("see the words", "holding: what now")
        lead.pick("go to sending", f"1 {PLACE}", "Type amber-heron")
        lead.types(CODE, f"\\+ sent +{PLACE}", "Hand over what goes by hand")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    assert [one["text"] for one in gate.posted()] == [gate.posted()[0]["text"]] * 2
    assert states(killed)["sent"] == 1
    again = killed.run("send", "holding", "--confirm", CODE, "--channel", "website")
    assert again.code == 6
    assert len(gate.posted()) == 2


def test_the_same_id_lets_the_receiver_know_the_repetition(killed: Company, gate: Gate) -> None:
    gate.open()
    assert killed.run("status").code == 0
    swept = killed.run("resume", "--no-input")
    assert swept.code == 2
    assert killed.run("send", PLACE, "--again", "looked, no banner").code == 0
    sent = killed.run("send", "holding", "--confirm", CODE, "--channel", "website")
    assert sent.code == 0, sent.all
    first, second = [one["headers"]["webhook-id"] for one in gate.requests()]
    assert first == second


def test_status_before_resume_does_not_call_it_sent(killed: Company) -> None:
    status = killed.status()
    assert status["said"] == []
    assert [*status["sending"], *status["unknown"]] != []
    assert PLACE in killed.run("status").out


def test_decide_later_leaves_it_unknown_and_unsent(killed: Company, gate: Gate) -> None:
    gate.open()
    with killed.sit("resume") as lead:
        lead.sees("UNKNOWN", "is it out\\?")
        lead.pick("decide later", "stays UNKNOWN in status", "Step 1 of 5", "What now")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    refused = killed.run("send", "holding", "--confirm", CODE, "--channel", "website")
    assert refused.code == 5
    assert "It is not sent again" in refused.err
    assert "--sent" in refused.err
    assert len(gate.posted()) == 1
    shown = killed.run("status")
    assert f"UNKNOWN {PLACE}" in " ".join(shown.out.split())
    with killed.sit("resume") as lead:
        lead.sees("UNKNOWN", "is it out\\?")
        lead.press("ctrl-c")
        assert lead.ends() == 130


def test_a_job_that_resumes_is_told_and_sends_nothing_again(killed: Company, gate: Gate) -> None:
    gate.open()
    killed.write("answers.yaml", f"steps:\n  stop-sends: '0'\nsend:\n  holding: {CODE}\n")
    for _ in range(2):
        ended = killed.run("resume", "--answers", "answers.yaml")
        assert ended.code in (2, 5)
        assert "UNKNOWN" in ended.all
    assert len(gate.posted()) == 1
    assert states(killed) == {"unknown": 1}


def test_another_process_that_still_sends_is_not_taken_for_dead(tmp_path: Path, gate: Gate) -> None:
    """The first process hangs in the middle; a second one must not call its message unknown, nor send it."""
    gate.before += 1
    company = settled(Company(tmp_path / "company"), gate)
    with company.sit("send", "holding") as lead:
        lead.pick("go to sending", "Type amber-heron")
        lead.types(CODE)
        wait_for_request(lead, gate)
        other = company.run("send", "holding", "--confirm", CODE, "--channel", "website")
        assert other.code in (5, 6)
        assert "on its way" in other.err
        assert states(company) == {"sending": 1}
        os.kill(lead.child.pid, signal.SIGKILL)
        lead.ends()
    assert len(gate.posted()) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_leaving_while_it_sends_says_that_it_may_be_out(tmp_path: Path, gate: Gate, number: signal.Signals) -> None:
    gate.before += 1
    company = settled(Company(tmp_path / "company"), gate)
    with company.sit("send", "holding") as lead:
        lead.pick("go to sending", "Type amber-heron")
        lead.types(CODE)
        wait_for_request(lead, gate)
        os.kill(lead.child.pid, number)
        code = lead.ends()
        assert "Traceback" not in lead.text
        assert "fault in the program" not in lead.text
    if number == signal.SIGINT:
        assert code == 130
        assert "Nothing was sent" not in lead.text
        assert states(company) == {"unknown": 1}
    assert company.status()["said"] == []
    refused = company.run("send", "holding", "--confirm", CODE, "--channel", "website")
    assert refused.code == 5, refused.all
    assert len(gate.posted()) == 1
