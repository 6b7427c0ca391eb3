"""Two people, two terminals: the lead changes hands, and two windows on one incident see one truth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journeys.night import CODE, STEP, WIDTHS, Night, in_order

OUTBOX = {"provider": "outbox", "folder": "outbox"}
NOW = "holding: what now\\? .*\\[\\?\\] help"


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path, {"website": OUTBOX, "x": OUTBOX})


@WIDTHS
def test_the_lead_changes_hands(night: Night, cols: int) -> None:
    night.ready()
    night.on(minutes=16)
    with night.seat(cols, "resume") as ann:
        ann.sees("last entry T\\+00:00, now T\\+16:00", "Nothing is lost", STEP)
        ann.press("i", "Who takes the lead\\?")
        ann.types("Tomasz Lis", "Does Tomasz Lis have it\\?", "I keep the lead")
        in_order(
            ann.paper,
            'Say "Tomasz Lis, this is Ann Nowak. I hand you the lead of amber-heron',
            "I read you where we are. Say: I have it.",
            "Where T+16:00, step 5",
            "Said nothing in public",
            "amber-heron-handover.md",
            "[d] Tomasz Lis said: I have it",
        )
        assert "OVERDUE" in ann.text.split("Then read")[1]
        ann.press("b", "Ann Nowak keeps the lead", STEP)
        assert night.status()["lead"] == "Ann Nowak"
        ann.press("i", "Who takes the lead\\?")
        ann.types("Tomasz Lis", "Does Tomasz Lis have it\\?", "I keep the lead")
        ann.press("d", "Tomasz Lis leads amber-heron now", "\\+48 555 000 104", "types: crisis resume", STEP)
        ann.press("q", "Saved. The clock keeps running", "crisis resume")
        assert ann.ends() == 0
    packet = (night.folder / "amber-heron-handover.md").read_text(encoding="utf-8")
    in_order(packet, "# Handover of amber-heron to Tomasz Lis", "OVERDUE", "first-word", "is_attack", "Dana Ionescu")
    with night.seat(cols, "resume", CRISIS_USER="Tomasz Lis") as tomasz:
        tomasz.sees("Nothing is lost", "Crisis lead: you", STEP)
        tomasz.press("ctrl-c")
        assert tomasz.ends() == 130
    assert night.status()["lead"] == "Tomasz Lis"
    assert "I have it" in night.run("report", "-o", "-").out


def test_two_windows_on_one_incident(night: Night) -> None:
    """The first answer wins and the second is kept as a note; a fact is seen in both; sending from both sends once."""
    night.begin()
    night.answer("roles: {legal: Dana Ionescu, it: Ewa Kos}\nsteps: {on-the-call: all}\nfacts: {is_attack: unknown}")
    with night.seat(80, "resume") as ann, night.seat(80, "resume", CRISIS_USER="Ewa Kos") as ewa:
        for window in (ann, ewa):
            window.sees("Ask", STEP)
        ann.pick("ask now", "Are we under attack\\?")
        ann.press("u", "How many people got it\\?")
        ann.types("u", "Stop the queue", STEP)
        ewa.sees("answered facts", timeout=20)
        ewa.press("o", "facts was answered at another terminal first, by Ann Nowak", "Stop the queue", STEP)
        for window in (ann, ewa):
            window.pick("done: note", "Queue length")
        ann.types("nothing waits", "c stop-queue: nothing waits", STEP)
        ewa.wait("Ann Nowak: answered stop-queue: nothing waits")
        ewa.types("three wait", "stop-queue was answered at another terminal first, by Ann Nowak: nothing waits")
        ewa.sees("What you typed is kept as a note", "Correct it in the channel", STEP)
        ann.wait("Ewa Kos: note: stop-queue, said second: three wait")

        ewa.pick("change a fact", "Which fact\\?", "back")
        ewa.pick("people_reached", "How many people got it\\?")
        ewa.types("1200", "people_reached: 1,200 people", STEP)
        ann.wait(r"(?sm)Ewa Kos: fact people_reached = 1,?200.*^What now\?$")
        boards = [night.run("status", CODE, "--json", CRISIS_USER=name).data for name in ("Ann Nowak", "Ewa Kos")]
        assert boards[0] == boards[1]
        assert boards[0]["steps"][2]["value"] == "nothing waits"
        for window in (ann, ewa):
            window.press("ctrl-c")
            assert window.ends() == 130
    night.run("fact", "next_update=in 90 min")
    night.yes()
    with night.seat(80, "send", "holding") as ann, night.seat(80, "send", "holding", CRISIS_USER="Ewa Kos") as ewa:
        for window in (ann, ewa):
            window.sees(NOW)
            window.pick("go to sending", f"Type {CODE}")
        ann.types(CODE, "\\+ sent +holding/website/pl", "\\+ sent +holding/x/pl", "hand it over|goes by hand")
        ewa.types(CODE, "(NOT SENT|nothing was left to send)")
        assert "+ sent" not in ewa.new
        for window in (ann, ewa):
            window.press("ctrl-c")
            assert window.ends() == 130
    left = [json.loads(path.read_text(encoding="utf-8")) for path in (night.folder / "outbox").rglob("*.json")]
    assert sorted(one["channel"] for one in left) == ["website", "x"]
    assert night.run("verify", "--json").data["problems"] == []
