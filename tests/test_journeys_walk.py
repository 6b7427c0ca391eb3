"""The first minutes, screen by screen: the picker, the call, the facts, a step with its clock, a decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.night import CODE, STEP, WIDTHS, Night, Seat, in_order


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path)


@WIDTHS
def test_the_first_minutes(night: Night, cols: int) -> None:
    with night.seat(cols, "start", "--code-name", CODE) as lead:
        lead.sees("LIVE: what you send from here is real", "What is happening\\?", "Not sure yet")
        first = lead.text.splitlines()
        assert "" not in first[first.index("What is happening?") :]
        lead.pick("A wrong message at night", "When did the first wrong message leave\\?", "Enter = now")
        lead.types("2 min ago", f"{CODE} is open", "T\\+02:00", STEP)
        in_order(
            lead.paper,
            "LIVE amber-heron is open. A wrong message at night",
            "T0 is 03:03 CET; the clock stands at T+02:00.",
            "Write the name down: you type it to send, and say it on the phone.",
            "The holding text, to read and copy any time with h:",
            "| Napiszemy tutaj o [next_update].",
            "WAITS: next_update is not known well enough",
            "Nothing has been sent.",
            "Stop and speak (READ-DO)",
            "LIVE T+02:00 Step 1 of 8",
            "due T+03:00 (1:00 left)",
            "Who Crisis lead:",
            "Call Crisis lead, Legal, IT, Press desk",
            "Nothing has been sent.",
        )
        assert lead.bar == "LIVE amber-heron | T+02:00 | 1/8 | due in 1:00 | ? help"
        the_call(lead)
        the_facts(lead)
        a_step(night, lead)
        a_decision(lead)
        check_answers(lead)
        lead.press("ctrl-c", "Everything up to here is saved", "Nothing was sent by leaving", "Next: crisis resume")
        assert lead.ends() == 130
        assert lead.bells == 0
    board = night.status()
    assert board["lead"] == "Ann Nowak"
    assert {"legal": "Radu Marin", "it": "Olga Zając", "press": "Tomasz Lis"}.items() <= board["roles"].items()
    assert [one["person"] for one in board["tried"]["legal"]] == ["Dana Ionescu"]
    assert board["said"] == board["sending"] == board["handed"] == []


def the_call(lead: Seat) -> None:
    """One tick list; nobody answers for legal, so the next one is called; somebody else takes IT."""
    lead.pick("tick who is on the call", "Who is on the call\\?", "0 ticked")
    in_order(
        lead.text,
        'Say "This is Ann Nowak. A wrong message at night, code name amber-heron. Join the call now.',
        "[1] ( ) Crisis lead",
        "[2] ( ) Legal Dana Ionescu, +40 721 000 111, on until 08:00",
        "[4] ( ) Press desk Tomasz Lis",
    )
    lead.tick("Crisis lead", "Press desk")
    lead.press("enter", "Not on the call: legal, it", "Legal: Dana Ionescu.*What came of it\\?", "somebody else")
    lead.press("z", "Legal: Radu Marin.*What came of it\\?", "somebody else")
    in_order(
        lead.text,
        "z 03:05 Dana Ionescu did not answer for legal (noted). Try again at 03:10.",
        "Call next: Radu Marin, +40 721 000 112, on, 24/7.",
        "[z] no answer: who is next",
        "[d] Radu Marin answered and takes it",
    )
    lead.press("d", "legal: Radu Marin holds it now", "IT: Ewa Kos.*What came of it\\?", "somebody else")
    lead.press("w", "Who takes it\\?")
    lead.types("Olga Zając", "it: Olga Zając holds it now", "c on-the-call: lead, legal, it, press", STEP)


def the_facts(lead: Seat) -> None:
    """Unknown is an answer; a wrong one says what would be accepted; somebody's word confirms."""
    lead.pick("ask now", "Are we under attack\\?", "unknown yet")
    lead.press("2", "is_attack = no. How sure is it\\?", "confirmed: IT says so \\(Olga Zając\\)")
    lead.press("1", "is_attack: no +confirmed by Olga Zając", "How many people got it\\?")
    lead.types("a lot")
    lead.wait("'a lot' is not a whole number; type a whole number, like 4 700 000")
    lead.press("\x15")
    lead.wait_gone("> a lot")
    lead.types("u", "people_reached: UNKNOWN +said by Ann Nowak", "c facts: asked", STEP)


def a_step(night: Night, lead: Seat) -> None:
    """The bar ticks while the question stands open and something is typed; the answer is a value, not a tick."""
    in_order(
        lead.text,
        "LIVE T+02:00 Step 3 of 8",
        "due T+08:00 (6:00 left)",
        "Who IT: Olga Zając",
        "Why Three went out before anyone pulled the plug.",
        "Do Stop the queue; revoke the key.",
        'Say "Stop the queue now. Tell me what is left in it."',
        "Nothing has been sent.",
    )
    lead.pick("done: note", "Queue length")
    lead.keys("0 wai")
    for clock in ("T\\+02:01", "T\\+02:02", "T\\+03:02"):
        night.on(seconds=60 if clock.startswith("T\\+03") else 1)
        lead.wait(f"LIVE amber-heron \\| {clock} \\| 3/8 \\| due in \\d:\\d\\d")
    assert "> 0 wai" in lead.text
    lead.press("enter", "Queue length -> 0 wai", "c stop-queue: 0 wai +\\(03:06\\)", STEP)


def a_decision(lead: Seat) -> None:
    lead.sees("Decide +Correct it in the channel that went wrong\\?")
    lead.pick("Hold it", "Why, in one line")
    lead.types("it looks like the attack", "c same-channel: hold", "Send +holding", STEP)
    in_order(lead.text, "Send holding", "Nothing has been sent.", "What now?")


def check_answers(lead: Seat) -> None:
    """The promise is asked for, then everything behind the words stands in one list, and can be changed there."""
    lead.pick("see the words", "holding waits for what nobody has said yet: next_update", "When do we speak next\\?")
    lead.types("in 90 min", "Is this what we know\\?", "\\[b\\] back")
    in_order(
        lead.text,
        "Check before we write: holding",
        "1 next_update 04:36, 22 Nov our promise, 03:06",
        "2 people_reached UNKNOWN said by Ann Nowak, 03:05 1 of 4 texts wait for it",
        "[g] go on",
    )
    lead.pick("change people_reached", "How many people got it\\?")
    lead.types("1 200", "Is this what we know\\?", "\\[b\\] back")
    in_order(lead.text, "Check before we write: holding", "2 people_reached 1,200 people reported by Ann Nowak, 03:06")
