"""Fingers that are too fast, a yes that came too late, Ctrl-C, two terminals, a narrow or a dumb one."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys import CODE, SMALL, Company, Lead
from servers import Server

NOW = "holding: what now\\?"
HANDS = "Hand over what goes by hand\\?"
ERASE = "\x15"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server("http_server.py", tmp_path_factory.mktemp("web")) as server:
        yield server


@pytest.fixture(scope="module")
def opened_once(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    company = Company(tmp_path_factory.mktemp("opened"))
    url = f"http://127.0.0.1:{server.port}/ok"
    company.configure({"website": {"provider": "webhook", "url": url, "secret": "env:HOOK"}})
    company.open_small()
    return company.folder


@pytest.fixture
def bound(opened_once: Path, tmp_path: Path) -> Company:
    """The website has a receiver; a small incident is open and `holding` has its words."""
    shutil.copytree(opened_once, tmp_path / "company")
    return Company.found(tmp_path / "company")


class Receiver:
    """What the web server has heard since the test began."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.before = len(server.heard("request"))

    def requests(self) -> int:
        return len(self.server.heard("request")) - self.before


@pytest.fixture
def web(server: Server) -> Receiver:
    return Receiver(server)


def approved(company: Company) -> list[str]:
    """The places whose words have a yes."""
    report = company.run("report", "-o", "-").out
    return re.findall(r"\*\*Approved\*\* (.*?) by ", report)


def nothing_left(company: Company, web: Receiver) -> None:
    status = company.status()
    assert status["said"] == status["handed"] == status["unknown"] == status["failed"] == status["sending"] == []
    assert web.requests() == 0


def test_quick_enters_at_the_approve_menu_approve_nothing(bound: Company, web: Receiver) -> None:
    with bound.sit("send", "holding") as lead:
        lead.pick("go on", NOW)
        for number, menu in enumerate((NOW, "How is the yes given")):
            if number:
                lead.pick("approve", menu)
            lead.sees(menu, "\\[b\\] back")
            for presses in (3, 5):
                lead.burst(*["enter"] * presses)
                lead.wait("Several keys arrived at once|Press one of the letters")
                lead.keys(*["enter"] * presses)
        lead.wait("How is the yes given")
        lead.pick("back", NOW)
        lead.press("ctrl-c")
        assert lead.ends() == 130
    assert approved(bound) == []
    nothing_left(bound, web)


def test_quick_enters_at_the_sending_question_send_nothing(bound: Company, web: Receiver) -> None:
    bound.approve()
    with bound.sit("send", "holding") as lead:
        lead.sees(NOW)
        for press in (lead.burst, lead.keys):
            for presses in (3, 5):
                lead.pick("go to sending", f"Type {CODE}")
                press(*["enter"] * presses)
                lead.sees("went back", "Nothing has been sent", NOW)
                lead.wait("\\[g\\] go to sending")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    nothing_left(bound, web)


def test_keys_pressed_before_the_question_stood_there_are_forgotten(bound: Company, web: Receiver) -> None:
    bound.approve()
    with bound.sit("send", "holding") as lead:
        lead.sees(NOW, "back to the step")
        lead.mark = len(lead.raw)
        lead.child.send("g" + f"{CODE}\r")
        lead.sees("(Several keys arrived at once|Type amber-heron)")
        if "Several keys" not in lead.new:
            lead.press("enter", "went back", NOW)
        lead.press("ctrl-c")
        assert lead.ends() == 130
    nothing_left(bound, web)


def test_only_the_code_name_itself_sends(bound: Company, web: Receiver) -> None:
    bound.approve()
    with bound.sit("send", "holding") as lead:
        lead.pick("go to sending", f"Type {CODE}")
        for typed in ("y", "yes", "amber heron", "AMBER-HERON", "amber-hero"):
            lead.types(typed)
            lead.wait(f'> {typed} That is not "{CODE}". Nothing was done')
            lead.press(ERASE)
            lead.wait_gone(f"> {typed}")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    nothing_left(bound, web)


def give_lead_to(company: Company, name: str) -> None:
    """Somebody else leads from now on, so that the yes must come by phone."""
    company.write("roles.yaml", f"roles: {{lead: {name}}}")
    assert company.run("resume", "--answers", "roles.yaml").code == 2


def say_yes_by_phone(lead: Lead, who: str, tag: str, *patterns: str) -> None:
    """One call: who, from where, which tag, nothing left open; and what that brings."""
    lead.pick("by phone", "Who said yes")
    lead.types(who, "On which number")
    lead.types("03:12, +48 555 000 107", "Which tag did they say")
    lead.types(tag, "Facts they leave open")
    lead.types("", *patterns)


def test_a_yes_by_phone_to_words_that_changed_meanwhile_is_not_recorded(bound: Company, web: Receiver) -> None:
    """Another terminal moves the promised time while the tag is being asked for."""
    give_lead_to(bound, "Grażyna Dudek")
    with bound.sit("send", "holding") as lead:
        lead.pick("go on", NOW)
        lead.pick("approve", "Tag M0-", "How is the yes given", "not now: Grażyna Dudek holds lead")
        old = tag_in(lead)
        lead.pick("by phone", "Who said yes")
        lead.types("Grażyna Dudek", "On which number")
        lead.types("03:12, +48 555 000 107", "Which tag did they say")
        assert bound.run("fact", "next_update=in 110 min").code == 0
        lead.types(old, "Facts they leave open")
        lead.types("", "The words changed while the yes was being asked for", "It was not recorded", NOW)
        (new,) = set(re.findall(r"The new tag is (M0-\w{4})", lead.new))
        assert new != old
        assert approved(bound) == []

        lead.pick("approve", f"Tag {new} covers", "How is the yes given")
        lead.pick("by phone", "Who said yes")
        lead.types("Grażyna Dudek", "On which number")
        lead.types("03:12, +48 555 000 107", "Which tag did they say")
        lead.types(old)
        lead.wait(f"{old} is not the tag of these words; it is {new}")
        assert approved(bound) == []

        lead.press(ERASE)
        lead.wait_gone(f"> {old}")
        lead.types(new.lower().replace("-", " "), "Facts they leave open")
        lead.types("", "Approved: holding/website/pl", "Nothing has been sent", NOW)
        lead.press("ctrl-c")
        assert lead.ends() == 130
    report = bound.run("report", "-o", "-").out
    assert report.count("**Approved**") == 1
    assert f"Grażyna Dudek for lead (phone, 03:12, +48 555 000 107), tag {new}" in report
    assert report.count("**not recorded**") == 1
    nothing_left(bound, web)


def test_only_the_lead_may_write_down_somebody_elses_yes_for_her(bound: Company) -> None:
    with bound.sit("send", "holding", CRISIS_USER="Ewa Kos") as other:
        other.pick("go on", NOW)
        other.pick("approve", "Tag M0-", "How is the yes given", "not now: Ann Nowak holds lead")
        say_yes_by_phone(other, "Jan Obcy", tag_in(other), "lead is held by Ann Nowak", "not recorded", NOW)
        other.press("ctrl-c")
        assert other.ends() == 130
    assert approved(bound) == []
    with bound.sit("send", "holding") as lead:
        lead.pick("go on", NOW)
        lead.pick("approve", "Tag M0-", "How is the yes given")
        say_yes_by_phone(lead, "Jan Kos", tag_in(lead), "Approved: holding", NOW)
        lead.press("ctrl-c")
        assert lead.ends() == 130
    assert "by Jan Kos for lead (phone, " in bound.run("report", "-o", "-").out
    assert bound.status()["steps"][0]["holder"] == "Ann Nowak"


def tag_in(lead: Lead) -> str:
    return str(re.findall(r"Tag (M\d-\w{4}) covers", lead.new)[-1])


def test_ctrl_c_in_the_middle_and_resume_goes_on_at_the_same_step(company: Company) -> None:
    company.write("small.yaml", SMALL)
    with company.sit("start", "small.yaml", "--code-name", CODE, "--at", "now") as lead:
        lead.sees("Step 1 of 5", "What now")
        lead.pick("done: note", "Queue length")
        lead.types("nothing waits", "Step 2 of 5", "What now")
        lead.pick("ask now", "What happened")
        lead.press("ctrl-c", "Everything up to here is saved", "Next: crisis resume")
        assert lead.ends() == 130
    with company.sit("resume") as lead:
        lead.sees("Nothing is lost", "Step 2 of 5", "What now")
        lead.pick("ask now", "What happened")
        lead.keys("half an ans")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    with company.sit("resume") as lead:
        lead.sees("Step 2 of 5", "What now")
        lead.pick("pause", "Saved. The clock keeps running", "crisis resume")
        assert lead.ends() == 0
    steps = {step["id"]: step for step in company.status()["steps"]}
    assert steps["stop-sends"]["value"] == "nothing waits"
    assert steps["ask-cause"]["state"] == "open"


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_closed_window_or_a_stop_is_like_leaving(bound: Company, number: signal.Signals) -> None:
    with bound.sit("resume") as lead:
        lead.sees("Step 1 of 5", "What now")
        lead.pick("done: note", "Queue length")
        os.kill(lead.child.pid, number)
        assert lead.ends() == 130
        assert "Traceback" not in lead.text
    assert bound.status()["steps"][0]["state"] == "open"
    assert bound.run("verify").code == 0


def test_plain_writes_no_escape_byte_and_reaches_a_sent_message(bound: Company, web: Receiver) -> None:
    with bound.sit("send", "holding", "--plain") as lead:
        lead.sees("g = go on", "Type a letter")
        lead.types("g", "a = approve", "Type a letter")
        lead.types("a", "How is the yes given", "Type a letter")
        lead.types("1", "Approved: holding", "Type a letter")
        lead.types("g", "1 holding/website/pl", f"Type {CODE}, or press Enter")
        lead.types(CODE, "sent holding/website/pl", HANDS, "Type a letter")
        lead.types("b", "stay approved", "what now", "Type a letter")
        lead.press("ctrl-c")
        assert lead.ends() == 130
        assert b"\x1b" not in lead.raw
    assert web.requests() == 1


def test_a_dumb_terminal_is_plain_by_itself(company: Company) -> None:
    company.write("small.yaml", SMALL)
    with company.sit("start", "small.yaml", "--code-name", CODE, TERM="dumb") as lead:
        lead.sees("When did it begin")
        lead.types("", "Step 1 of 5", "Type a letter")
        lead.types("d", "Queue length")
        lead.types("", "Say what was seen")
        lead.types("0", "Step 2 of 5", "Type a letter")
        lead.types("t", "told")
        lead.press("ctrl-c")
        assert lead.ends() == 130
        assert b"\x1b" not in lead.raw
    assert company.status()["steps"][0]["value"] == "0"


def test_sixty_columns_hold_everything(bound: Company, web: Receiver) -> None:
    """No row is cut or torn: every word of the options stands on the screen, and a message goes out."""
    with bound.sit("send", "holding", cols=60, rows=60) as lead:
        lead.pick("go on", NOW)
        lead.wait("\\[b\\] back to the step")
        lead.pick("approve", "How is the yes given")
        lead.wait("they did not answer: note it, who is next")
        lead.pick("myself", "Approved", NOW)
        lead.pick("go to sending", "Type amber-heron")
        lead.types(CODE, "sent +holding/website/pl")
        assert all(len(line) <= 60 for line in lead.text.splitlines())
        lead.wait(HANDS)
        lead.pick("back: they stay approved", "stay approved", NOW)
        lead.press("ctrl-c")
        assert lead.ends() == 130
    assert web.requests() == 1


def test_a_walk_fits_sixty_columns(company: Company) -> None:
    with company.sit("start", "erroneous-mass-message", "--at", "2 min ago", cols=60, rows=60) as lead:
        lead.sees("Step 1 of \\d+", "What now")
        lead.wait("LIVE [a-z]+-[a-z]+ \\| T\\+0\\d:\\d\\d")
        lead.wait("\\[\\?\\] help")
        lead.pick("overview", "Go to which step")
        lead.wait("\\d+ explanation-out")
        lead.resize(100, 60)
        lead.wait("\\d+ explanation-out")
        lead.press("ctrl-c")
        assert lead.ends() == 130


def test_a_note_from_another_terminal_appears_above_the_open_question(company: Company) -> None:
    company.write("small.yaml", SMALL)
    with company.sit("start", "small.yaml", "--code-name", CODE, "--at", "now") as lead:
        lead.sees("Step 1 of 5", "What now")
        lead.pick("done: note", "Queue length")
        lead.keys("nothing wa")
        noted = company.run("note", "Head of branches wants posters", CRISIS_USER="Ewa Kos")
        assert noted.code == 0
        lead.wait("Ewa Kos: note: Head of branches wants posters")
        lead.wait("> nothing wa")
        rows = lead.text.splitlines()
        news = next(at for at, row in enumerate(rows) if "wants posters" in row)
        question = next(at for at, row in enumerate(rows) if "> nothing wa" in row)
        assert news < question
        lead.types("its", "nothing waits", "Step 2 of 5")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    assert company.status()["steps"][0]["value"] == "nothing waits"


def test_two_terminals_may_walk_the_same_incident_and_only_one_sends(bound: Company, web: Receiver) -> None:
    bound.approve()
    with bound.sit("send", "holding") as one, bound.sit("send", "holding") as two:
        one.pick("go to sending", "Type amber-heron")
        two.pick("go to sending", "Type amber-heron")
        one.types(CODE, "sent +holding/website/pl", HANDS)
        two.types(CODE, "(NOT SENT|nothing was left to send)", HANDS)
        one.press("ctrl-c")
        two.press("ctrl-c")
        assert (one.ends(), two.ends()) == (130, 130)
    assert web.requests() == 1
    assert json.loads(bound.run("verify", "--json").out)["problems"] == []


def test_all_hand_overs_at_one_key_are_open_until_somebody_confirms_each(bound: Company) -> None:
    bound.approve()
    with bound.sit("send", "holding") as lead:
        lead.pick("go to sending", f"Type {CODE}")
        lead.types(CODE, HANDS)
        lead.pick("all 2 at once", "In-app message.*text begins.*text ends", "E-mail.*text begins.*text ends")
        assert lead.ends() == 0
    status = bound.status()
    assert [hand["place"] for hand in status["handed"]] == ["holding/in_app/pl", "holding/email/pl"]
    assert [word["channel"] for word in status["said"]] == ["website"]
    for place, answer in (
        ("holding/in_app/pl", ("--sent", "seen in the app")),
        ("holding/email/pl", ("--declined", "no")),
    ):
        assert bound.run("send", place, *answer).code == 0
    status = bound.status()
    assert status["handed"] == []
    assert [(word["channel"], word["how"]) for word in status["said"]] == [
        ("website", "sensed"),
        ("in_app", "confirmed"),
    ]
    assert [name.partition("@")[0] for name in status["failed"]] == ["holding/email/pl"]
