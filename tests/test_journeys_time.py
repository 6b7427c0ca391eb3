"""Time in a terminal: what gets late rings once and lives in the bar, a machine that slept, a clock that jumps."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from journeys.night import STEP, WIDTHS, Night, in_order


@pytest.fixture
def night(tmp_path: Path) -> Night:
    night = Night(tmp_path)
    night.begin()
    return night


@WIDTHS
def test_a_step_gets_late_while_another_one_is_open(night: Night, cols: int) -> None:
    """One line above the question and one bell; what is typed stays, and then the bar has it until it is done."""
    with night.seat(cols, "resume") as lead:
        lead.sees(STEP)
        lead.pick("overview", "Go to which step\\? .*back")
        lead.pick("5 first-word", "Step 5 of 8", STEP)
        assert lead.bar == "LIVE amber-heron | T+00:00 | 5/8 | due in 15:00 | ? help"
        lead.pick("note", "Note:")
        lead.keys("the desk is")
        assert lead.bells == 0
        night.on(seconds=185)
        lead.wait("! OVERDUE +on-the-call +0:05 late +Ann Nowak +\\(j = go there\\)")
        in_order(lead.text, "! OVERDUE", "Note:", "> the desk is", "LIVE")
        night.on(seconds=3)
        lead.wait("T\\+03:08 \\| 5/8 \\| OVERDUE 1: on-the-call \\+0:08 \\[j\\]")
        assert lead.paper.count("! OVERDUE") == lead.bells == 1
        lead.types(" quiet", "Note -> the desk is quiet", "Noted", STEP)

        night.on(seconds=180)
        lead.wait("! OVERDUE +facts +0:08 late")
        assert lead.bells == 2
        lead.press("j", "Step 1 of 8", "OVERDUE by 3:08", "on-the-call|Crisis lead", STEP)
        assert "OVERDUE 2: on-the-call +3:08 [j]" in lead.bar
        lead.pick("tick who is on", "Who is on the call\\?", "0 ticked")
        lead.tick("Crisis lead")
        lead.press("enter", "What came of it\\?", "all 3 of them")
        lead.press("m", "Later: legal, it, press", "c on-the-call", STEP)
        assert "OVERDUE 1: facts" in lead.bar
        assert "on-the-call" not in lead.bar
        lead.press("ctrl-c")
        assert lead.ends() == 130
        assert lead.paper.count("! OVERDUE") == lead.bells == 2
    assert night.run("status", "--check").code == 8


def test_a_machine_that_slept_for_an_hour_says_so(night: Night) -> None:
    with night.seat(80, "resume") as lead:
        lead.sees(STEP)
        lead.pick("note", "Note:")
        lead.keys("half a no")
        os.kill(lead.child.pid, signal.SIGSTOP)
        night.on(hours=1)
        lead.pump()
        os.kill(lead.child.pid, signal.SIGCONT)
        lead.wait("04:05 +1:00:00 went by without a look. The clock kept running.")
        lead.wait("! OVERDUE +6 steps: on-the-call, facts, stop-queue")
        lead.wait("LIVE amber-heron \\| T\\+1:00:00 \\| 1/8 \\| OVERDUE 6: on-the-call \\+57:00")
        assert "> half a no" in lead.text
        assert lead.paper.count("went by without a look") == 1
        lead.types("te", "Note -> half a note", "Noted", STEP)
        lead.press("ctrl-c")
        assert lead.ends() == 130
    board = night.status()
    assert board["said"] == board["sending"] == board["handed"] == board["unknown"] == []
    assert len(board["overdue"]) == 6


def test_a_clock_that_jumps_turns_no_order_around(night: Night) -> None:
    with night.seat(80, "resume") as lead:
        lead.sees(STEP)
        night.on(minutes=10)
        lead.wait("10:00 went by without a look")
        lead.pick("note", "Note:")
        lead.types("first", "Noted", STEP)
        night.on(minutes=-30)
        lead.wait("The machine's clock went back by 30:00. What is recorded keeps its times.")
        lead.wait("T\\+10:00")
        lead.pick("note", "Note:")
        lead.types("second", "Noted", STEP)
        night.on(hours=5)
        lead.wait("5:00:00 went by without a look")
        lead.pick("note", "Note:")
        lead.types("third", "Noted", STEP)
        lead.press("ctrl-c")
        assert lead.ends() == 130
    report = night.run("report", "-o", "-").out
    in_order(report, "T+10:00", "first", "T+10:00", "second", "T+4:40:00", "third")
    assert night.run("verify").code == 0
    assert "T-" not in report
