"""After the first word: a fact changes, a channel dies, a gate is shut, and a drill with its score."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from journeys.night import CODE, STEP, WIDTHS, Night, Seat, in_order

OUTBOX = {"provider": "outbox", "folder": "outbox"}
OTTER = "paper-otter"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten minutes in; legal said yes to all four texts, the website and SMS have theirs, and X died before its turn."""
    night = Night(tmp_path_factory.mktemp("prepared") / "company", {"website": OUTBOX, "x": OUTBOX})
    night.ready()
    night.on(minutes=10)
    night.yes()
    only = ("--channel", "website", "--channel", "sms")
    assert night.run("send", "holding", *only, "--confirm", CODE).code == 0
    assert night.run("send", "holding/sms/pl", "--sent", "the desk says so").code == 0
    assert night.run("channel", "x", "down", "--why", "account locked").code == 0
    return night.folder


@pytest.fixture
def night(prepared: Path, tmp_path: Path) -> Night:
    shutil.copytree(prepared, tmp_path / "company")
    return Night.found(tmp_path / "company")


def by_phone(lead: Seat, *patterns: str) -> None:
    """Legal says yes on the phone to what the question names."""
    (tag,) = set(re.findall(r"Tag (M\d-\w{4}) covers", lead.new))
    lead.pick("by phone", "Who said yes")
    lead.types("", "On which number")
    lead.types("", "Which tag")
    lead.types(tag, "Facts they leave open")
    lead.types("", *patterns)


@WIDTHS
def test_a_fact_changed_and_what_is_out_is_corrected_where_it_went(night: Night, cols: int) -> None:
    with night.seat(cols, "resume") as lead:
        lead.sees("Said in public: 2", STEP)
        lead.pick("change a fact", "Which fact\\?", "back")
        lead.pick("next_update", "When do we speak next\\?")
        lead.types("in 100 min", "Correct what is out\\?", "say why")
        in_order(
            lead.text,
            "These went out with an old value:",
            "03:15 holding/website/pl customers up right now",
            "03:15 holding/sms/pl customers",
            "next_update 04:35, 22 Nov -> 04:55, 22 Nov",
            "[l] later: crisis send --correct holding",
            "[s] they need no correction: say why",
        )
        lead.pick("correct them now", "The new words:", "04:55", "How is the yes given\\?", "\\[b\\] back")
        by_phone(lead, "Approved: holding/website/pl, holding/sms/pl", f"Type {CODE}")
        in_order(lead.text, "LIVE. These go out now", "1 holding/website/pl", "by hand holding/sms/pl", "Send all of")
        assert "holding/email" not in lead.text.split("LIVE. These")[1], "only where the old words went"
        lead.types(CODE, "\\+ sent +holding/website/pl", "holding/sms/pl: hand it over\\?", "stays approved")
        lead.pick("hand over now", "is it out\\?", "nobody can tell")
        lead.pick("it is out: note", "Proof")
        lead.types("sent again", "c confirmed +holding/sms/pl", STEP)
        lead.press("ctrl-c")
        assert lead.ends() == 130
    board = night.status()
    assert board["outdated"] == []
    assert [(w["channel"], "04:55" in w["text"]) for w in board["said"]] == [
        ("website", False),
        ("sms", False),
        ("website", True),
        ("sms", True),
    ]
    assert [w["text"].count("04:55") for w in board["up"]] == [1]


@WIDTHS
def test_a_channel_is_down_and_another_one_stands_in(night: Night, prepared: Path, cols: int) -> None:
    with night.seat(cols, "send", "holding") as lead:
        lead.sees("what now\\? .*help")
        lead.pick("go to sending", "A channel is down. What now\\?", "nothing goes now")
        in_order(
            lead.text,
            "! DOWN holding/x/pl: x is down since 03:15: account locked",
            "[d] go on without x",
            "try x anyway: it counts as having reached nobody",
            "[2] use facebook instead of x",
        )
        lead.pick("use facebook", "holding/facebook/pl", "How is the yes given\\?", "\\[b\\] back")
        by_phone(lead, "Approved: holding/facebook/pl", "hand it over\\?", "stays approved")
        lead.pick("later: it stays", "A channel is down. What now\\?", "nothing goes now")
        lead.pick("go on without x", "Hand over what goes by hand\\? holding/email/pl, 2 left", "stay approved")
        in_order(lead.text, "by hand holding/email/pl", "by hand holding/facebook/pl", "stays holding/x/pl: x is down")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    board = night.status()
    assert board["channels"]["x"]["state"] == "down"
    assert "x" not in [word["channel"] for word in board["said"]]
    assert not any('"x"' in path.read_text(encoding="utf-8") for path in (prepared / "outbox").rglob("*.json"))


@WIDTHS
def test_a_shut_gate_names_each_missing_thing(night: Night, cols: int) -> None:
    assert night.run("fact", "is_attack=yes", "--source", "Tomasz Lis").code == 0
    shown = night.run("signal", "mood=mixed", "--by", "Tomasz Lis, press", "--read", "40 replies")
    assert shown.code == 0
    with night.seat(cols, "send", "light") as lead:
        lead.sees("light: what now\\? .*help")
        in_order(
            lead.text,
            "| Dziękujemy za żarty.",
            "The gate is shut: is_attack is disputed",
            "The gate is shut: holding is not out on x (down), email",
            "The gate is shut: mood: mixed at T+10:00; it must be mostly_kind",
        )
        lead.press("g")
        lead.wait("go to sending cannot be chosen now")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    in_order(night.run("status").out, "Channel x is down", "Signal mood: mixed", "DISPUTED is_attack")
    refused = night.run("send", "light", "--confirm", CODE)
    assert refused.code == 6


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drill that was ended once already, so that the next one has something to be compared with."""
    night = Night(tmp_path_factory.mktemp("rehearsed") / "company")
    assert night.run("drill", "night", "--code-name", "paper-lynx", "--at", "now", "--no-input").code == 2
    night.on(minutes=4)
    ended = night.run("end", "paper-lynx", "--reason", "enough", "--early")
    assert ended.code == 0, ended.all
    return night.folder


@WIDTHS
def test_a_drill_brings_bad_news_and_is_scored(rehearsed: Path, tmp_path: Path, cols: int) -> None:
    shutil.copytree(rehearsed, tmp_path / "company")
    night = Night.found(tmp_path / "company")
    with night.seat(cols, "drill", "night", "--code-name", OTTER, "--at", "now") as lead:
        lead.sees("DRILL +paper-otter is open", "nothing can be sent. The clock runs 5 times as fast", STEP)
        assert lead.bar.startswith(f"DRILL {OTTER} | T+00:00 | 1/8")
        assert "| [DRILL - not real]" in lead.paper
        night.on(seconds=13)
        lead.wait('T\\+01:05 +INJECT +A reporter: "I have 40 000 names. Comment\\?"')
        assert lead.bells == 1
        lead.pick("note", "Note:")
        lead.types("nobody has names; IT looks", "Noted", STEP)
        lead.pick("tick who is on", "Who is on the call\\?")
        lead.tick("Crisis lead", "IT", "Press desk")
        lead.press("enter", "What came of it\\?", "later")
        lead.press("l", "c on-the-call", "DRILL T\\+01:05 +Step 2 of 8", STEP)
        lead.press("x", "How does it end\\?", "back")
        lead.pick("it is over", "(Never decided|Why does it end)")
        while "Why does it end" not in lead.new:
            lead.press("1", "Why, in one line")
            lead.types("for the drill", "(Never decided|Why does it end)")
        lead.types("enough for today", "has ended", "You finished in")
        assert lead.ends() == 0
        in_order(
            lead.paper,
            f"DRILL {OTTER} You finished in T+01:05",
            "Last time (22 Nov, paper-lynx)",
            "+ ok Call open",
            "target",
            "All of it: crisis report paper-otter",
        )
    assert list(night.state.glob("live.db")) == []
    score = night.run("drill", "--last", "--json").data
    assert (score["code"], score["last"]["code"]) == (OTTER, "paper-lynx")
    report = night.run("report", OTTER, "-o", "-").out
    assert "I have 40 000 names" in report
