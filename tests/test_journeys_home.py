"""What is read without a walk: the home screen in every state, the board, the report, and a script's refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.night import CODE, WIDTHS, Night, in_order


def read(night: Night, cols: int, *arguments: str) -> str:
    """What a command prints in a window of that width."""
    with night.seat(cols, *arguments) as screen:
        assert screen.ends() == 0, screen.text
        assert screen.bells == 0
        return screen.paper


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """Nothing is open; then a drill rests; then a planned change is armed: three states beside each other."""
    night = Night(tmp_path_factory.mktemp("idle"))
    assert night.run("drill", "night", "--code-name", "paper-otter", "--no-input", "--at", "now").code == 2
    night.env["CRISIS_STATE"] = str(night.folder / "armed")
    armed = night.run("arm", "night", "--until", "Sun 06:00", "--no-approval", "--code-name", CODE)
    assert armed.code == 0, armed.all
    return night


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """The first word is out at T+18 on every channel, by hand; the switchboard was never told; it is two days later."""
    night = Night(tmp_path_factory.mktemp("spoken"))
    night.ready()
    night.on(minutes=18)
    night.yes()
    assert night.run("send", "holding", "--confirm", CODE).code == 0
    said = night.run("send", "holding", "--sent", "seen on the screen")
    assert said.code == 0, said.all
    assert "c first-word: holding" in said.out, "people handed it over, so no machine sensed it"
    night.on(days=2)
    return night


@WIDTHS
def test_home_when_nothing_is_open_when_a_drill_rests_and_when_it_is_armed(idle: Night, cols: int) -> None:
    start = ("No incident is open.", "Start one: crisis start", "Practise: crisis drill", "night A wrong message at")
    words = (*start, "every text is handed to a person to paste. That works today.")
    idle.env["CRISIS_STATE"] = str(idle.folder / "empty")
    in_order(read(idle, cols), *words)
    idle.env["CRISIS_STATE"] = str(idle.folder / "state")
    in_order(read(idle, cols), "A drill rests: crisis resume paper-otter", *words)
    idle.env["CRISIS_STATE"] = str(idle.folder / "armed")
    armed = (
        f"{CODE} is ARMED: A wrong message at night, until Sun 06:00. T0 is not set.",
        "legal: Dana Ionescu",
        "Approved ahead: nothing.",
        f"It goes wrong: crisis start {CODE}",
        f"It is over: crisis arm {CODE} --off",
    )
    in_order(read(idle, cols), *armed, *words)


@WIDTHS
def test_home_and_status_when_it_is_open_late_and_a_follow_up_is_due(spoken: Night, cols: int) -> None:
    home = read(spoken, cols)
    in_order(
        home,
        "An incident is open.",
        f"LIVE {CODE} | T+2 d 0:18 | 6/8 | OVERDUE 1: switchboard +1 d 23:58 | PROMISE BROKEN",
        "A wrong message at night, lead Ann Nowak",
        "Follow-up thank-you",
        "(due now)",
        f"Go on: crisis resume {CODE} See all: crisis status {CODE}",
    )
    assert "[j]" not in home, "no key can be pressed here"
    in_order(
        read(spoken, cols, "status"),
        f"LIVE {CODE} A wrong message at night v1 T+2 d 0:18 03:23 lead Ann Nowak",
        "! OVERDUE switchboard 1 d 23:58 late Tomasz Lis Brief the switchboard.",
        "> NOW switchboard Tomasz Lis",
        "answered 5, skipped 0",
        "Said in public: 4",
        "c confirmed 03:23 holding/website/pl",
        "Up right now",
        "website/pl since 03:23",
        "Promised next word by 04:35 (BROKEN 1 d 22:48 ago: speak now)",
        "Facts 3 of 3 known",
        "Follow-up thank-you due now",
        "Go on: crisis resume",
    )


@WIDTHS
def test_the_report_says_where_it_is_and_what_it_holds(spoken: Night, cols: int) -> None:
    in_order(read(spoken, cols, "report"), f"Wrote {CODE}-report.md")
    in_order(
        (spoken.folder / f"{CODE}-report.md").read_text(encoding="utf-8"),
        f"# LIVE: A wrong message at night ({CODE})",
        "## Targets against actuals",
        "## What was said",
        "sha256",
        "## Timeline",
        "**Approved**",
        "Dana Ionescu for legal (phone, 03:12)",
        "Step `first-word` answered (confirmed): holding",
    )


def test_a_script_is_told_why_it_did_not_send_and_what_to_type(tmp_path: Path) -> None:
    """0 done, 2 your word is needed, 4 no such message, 5 unknown or failed, 6 a rule, 8 late: each names the cure."""
    night = Night(tmp_path, {"x": {"provider": "webhook", "url": "http://127.0.0.1:9/x", "secret": "env:HOOK"}})
    night.ready()
    only = ("--channel", "website")
    unapproved = night.run("send", "holding", *only, "--confirm", CODE)
    assert (unapproved.code, unapproved.out) == (6, "")
    in_order(unapproved.err, "Not sent: holding/website/pl: needs a yes from legal", "Next: crisis approve holding")
    night.yes("holding", *only)
    wordless = night.run("send", "holding", *only)
    assert (wordless.code, wordless.out) == (2, "")
    in_order(wordless.err, "Not sent: this needs your word.", f"crisis send holding --confirm {CODE}")
    wrong = night.run("send", "holding", *only, "--confirm", "amber-hero")
    assert (wrong.code, wrong.out) == (6, "")
    assert night.status()["handed"] == []
    done = night.run("send", "holding", *only, "--confirm", CODE, "--json")
    assert done.code == 0
    assert [one["place"] for one in done.data["handed"]] == ["holding/website/pl"]
    twice = night.run("send", "holding", *only, "--confirm", CODE)
    assert twice.code == 6
    in_order(twice.err, "in somebody's hands", "Nothing went out twice.", "--sent")
    missing = night.run("send", "holdings", "--confirm", CODE)
    assert missing.code == 4
    night.yes("holding", "--channel", "x")
    failed = night.run("send", "holding", "--channel", "x", "--confirm", CODE)
    assert failed.code == 5
    assert "! FAILED holding/x/pl" in " ".join(failed.out.split())
    in_order(failed.err, "Not everything went out.", "crisis status")
    night.on(minutes=16)
    assert night.run("status", "--check").code == 8
