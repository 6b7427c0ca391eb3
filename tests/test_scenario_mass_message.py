"""A wrong message to millions: one person at one screen, from twelve minutes late to the closing two days later."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journeys.night import CODE, STEP, Night, Seat, in_order

ROOT = Path(__file__).parents[1]
RUNBOOK = "erroneous-mass-message"
LATE = datetime(2026, 11, 22, 2, 12, tzinfo=UTC)
"""03:12 in Warsaw, twelve minutes after the message; half of the bank is asleep."""


@pytest.fixture
def bank(tmp_path: Path) -> Night:
    """The bank of docs/example, with every text handed to a person."""
    bank = Night(tmp_path, languages=["pl", "en"])
    bank.write("people.yaml", (ROOT / "docs/example/people.example.yaml").read_text(encoding="utf-8"))
    bank.at(LATE)
    return bank


def done(lead: Seat, words: str, after: str = STEP) -> None:
    """A `do` or `watch` step: what was seen, and on."""
    lead.press("d", ":|What was seen")
    lead.types(words, after)


def skip(lead: Seat, *reasons: str, after: str = STEP) -> None:
    """Steps that are left, each with its reason; `after` comes after the last."""
    for number, reason in enumerate(reasons, start=1):
        lead.press("s", "Why is it skipped")
        lead.types(reason, "skipped: ", after if number == len(reasons) else STEP)


def known(lead: Seat, *keys: str, after: str = STEP) -> None:
    """One fact after the other, a key for the value and one for whose word it is; then what follows the last."""
    for key in keys[:-1]:
        lead.press(key, "\\[b\\] back")
    lead.press(keys[-1], after)


def by_phone(lead: Seat, who: str) -> None:
    """The yes of somebody on the phone to what the question names."""
    lead.press("a", f"Yes of: .*{who}", "How is the yes given", "\\[b\\] back")
    (tag,) = set(re.findall(r"Tag (M\d+-\w{4}) covers", lead.new))
    lead.pick("by phone", "Who said yes")
    lead.types("", "On which number")
    lead.types("", "Which tag")
    lead.types(tag[:-1] + "O", "is not the tag of these words")
    lead.keys("backspace", tag[-1])
    lead.press("enter", "Facts they leave open|approved, not sent.*what now.*help")
    if "Facts they leave open" in lead.new:
        lead.types("", "approved, not sent.*what now.*help")


def out(lead: Seat, after: str, *, other: str = "") -> None:
    """The message on the screen: the lead's yes, another one's where it needs one, and all of it handed over."""
    lead.press("a", "Yes of: Crisis lead", "How is the yes given", "\\[b\\] back")
    lead.press("1", "needs a yes from \\w+.*what now.*help" if other else "approved, not sent.*what now.*help")
    if other:
        by_phone(lead, other)
    lead.press("g", "a person hands every text over", "Hand over what goes by hand", "stay approved")
    lead.press("m", "are handed over, not confirmed", after)


def came_back(lead: Seat, since: str | None, after: str = STEP) -> None:
    """Everything that was handed over is out since then; nobody is asked when it was handed over this minute."""
    lead.press("m", "Proof")
    if since is None:
        lead.types("seen from outside", "c confirmed", after)
        return
    lead.types("seen from outside", "Since when is it up")
    lead.types(since, "c confirmed", after)


def test_a_wrong_message_is_walked_from_late_to_the_closing_two_days_later(bank: Night) -> None:
    assert "No incident is open." in bank.run().out
    with bank.seat(80, "start", RUNBOOK, "--code-name", CODE) as lead:
        _late(lead)
        _call(lead)
        _decide(lead)
        _speak(bank, lead)
        _explain(bank, lead)
        _calm(bank, lead)
        _human(lead)
        lead.press("q", "Saved", f"crisis resume {CODE}", "Next follow-up: backlog, Mon 23 Nov 03:00")
        assert lead.ends() == 0
    bank.on(days=1)
    home = bank.run().out
    in_order(
        home, "An incident is open.", "Follow-up backlog", "(due now)", "Follow-up lessons", f"crisis resume {CODE}"
    )
    bank.on(days=1)
    with bank.seat(80, "resume") as lead:
        _close(lead)
        _end(lead)
        assert lead.ends() == 0
    _report_tells_it(bank)


def _late(lead: Seat) -> None:
    """What was done before anybody typed is one list, with the times that are known; nothing rings before it."""
    lead.sees("When did the first wrong message leave")
    lead.types("12 min ago", "The holding text, to read and copy", "What is done already", "0 ticked")
    assert "! OVERDUE" not in lead.paper
    assert "on-the-call: Call: Messaging owner" in lead.text
    lead.tick("stop-sends", "freeze", "capture", "roles")
    lead.press("enter", "At what times")
    lead.types("03:02, 03:04, 03:06, 03:07", "c stop-sends: done before this was opened, at 03:02", STEP)


def _call(lead: Seat) -> None:
    """Three are on the call; one is reached through the ladder, one is not, and she never has to call herself."""
    lead.sees("you, Ann Nowak", "Call Messaging owner, IT operations", "OVERDUE")
    lead.press("d", "Who is on the call")
    lead.tick("Messaging", "Security", "Front-line")
    lead.press("d", "messaging: Bartek Lis holds it now", "front_line: Ewa Kos holds it now", "Not on the call: it")
    lead.sees("IT operations: Bartek Lis, ", "all 3 of them")
    lead.press("z", "Bartek Lis did not answer for it", "Call next: Celina Wrona", "all 3 of them")
    lead.press("d", "it: Celina Wrona holds it now", "Social lead: Darek", "all 2 of them")
    lead.press("z", "Nobody is left on the ladder of social", "Press desk: Darek", "\\[l\\] later")
    lead.press("l", "c on-the-call: messaging, it, security, front_line", "Decide \\(DO-CONFIRM\\)", STEP)
    assert "Ann Nowak did not answer" not in lead.paper
    assert "Ready to confirm" not in lead.paper, "the phase is late already"


def _decide(lead: Seat) -> None:
    """Unknown is an answer, somebody is told, a value is confirmed by its role, a decision has its reason."""
    lead.sees("Ask Are we under attack")
    known(lead, "d", "u", after="is_attack: UNKNOWN.*Was anybody.*" + STEP)
    lead.press("t", "> Grażyna Dudek", "Who was told")
    lead.types("", "Check back in")
    lead.types("15m", "Grażyna Dudek has it: touched. Check back at 03:27", STEP)
    known(
        lead, "d", "1", "1", after="login_load: As usual confirmed by Celina Wrona.*Decide Correct in the channel.*help"
    )
    lead.press("3", "Why, in one line")
    lead.types("site, app and hotline cover everybody", "c same-channel: no", "Ask When do we speak next", STEP)
    lead.press("d", "When do we speak next")
    lead.types("in 30 min", "next_update: 03:42, 22 Nov our promise", "Send front_line_brief", STEP)


def _speak(bank: Night, lead: Seat) -> None:
    """The front line, then the world; what was handed over is asked about once, all together."""
    lead.press("d", "Check before we write: front_line_brief", "Is this what we know")
    lead.press("g", "Tag M0-\\w{4} names", "front_line_brief: what now.*help")
    out(lead, "c tell-front-line: front_line_brief.*Send holding.*" + STEP)
    bank.on(minutes=1)
    lead.press("d", "Nie wiemy jeszcze, czy to pomyłka", "O 03:42 napiszemy", "holding: what now.*help")
    out(lead, "c first-word: holding.*Do Pin the post.*" + STEP)
    assert "Nothing has been sent. 16 handed over, not confirmed." in lead.text
    lead.press("k", "What is done already", "ticked")
    lead.tick("pin", "press-line", "roster")
    lead.press("enter", "At what times")
    bank.on(minutes=15)
    lead.types("", "16 texts were handed over. Are they out", "What came back", "asked again")
    came_back(lead, "03:20", "Told Grażyna Dudek has it.*" + STEP)
    known(lead, "d", "2", after="How sure is it.*back")
    lead.press("3", "money_or_data_touched: no confirmed by Grażyna Dudek", "Ask Is it still going out", STEP)
    known(lead, "d", "2", after="How sure is it.*back")
    lead.press("1", "still_sending: no", "How many messages went out")
    lead.types("14 100 000", "How sure is it.*back")
    lead.press("1", "How many people got at least one")
    lead.types("4 700 000", "How sure is it.*back")
    lead.press("1", "What does a tap on it open")
    lead.types("u", "Does the wrong message hold")
    known(lead, "2", "1", after="c size: asked.*Can people still pay.*" + STEP)
    known(lead, "d", "1", "1", "2", "1", after="c services: asked.*Do people believe.*" + STEP)
    skip(lead, "Darek is asleep", "Grażyna comes back to it")


def _explain(bank: Night, lead: Seat) -> None:
    """The cause, two yeses to the explanation, and a fact that changes after it went."""
    lead.sees("Go through the audiences")
    done(lead, "people at tills: the card desk calls them", "Is there a story of real harm.*" + STEP)
    known(lead, "d", "2", "1", after="c harm-stories: asked.*Ask Who caused it.*" + STEP)
    known(lead, "d", "1", "1", after="The wrong words exactly")
    for words in (
        "Testowe powiadomienie",
        "test nowej funkcji trafił na prawdziwą listę",
        "a test went to the real list",
    ):
        lead.types(words, "How sure is it.*back")
        lead.press("1", ": confirmed|confirmed by Bartek Lis")
    lead.sees("c find-cause: asked", "Send reply_pack", STEP)
    skip(lead, "the desk has its own", "no letters tonight")
    lead.press("d", "We promised to speak by 03:42, and explanation is that word", "When do we speak next")
    lead.types("in 60 min", "Is this what we know|explanation: what now")
    if "Is this what we know" in lead.new:
        lead.press("g", "explanation: what now.*help")
    lead.sees("help")
    out(lead, "c explanation-out: explanation.*Watch.*" + STEP, other="Grażyna Dudek")
    done(lead, "40 of 100 afraid, kind jokes; Ewa reads on", "mood: how is it now.*back")
    lead.press("2", "mood: mixed", "how many were positive, neutral, negative")
    lead.types("30, 40, 50", "sentiment: 58 % positive or neutral of 120", STEP)
    skip(lead, "Celina watches", "IT watches", "in the file", after="All-clear, and what it cost.*Ready to confirm")
    lead.press("d", STEP)
    lead.press("f", "Which fact")
    lead.types("can_pay", "So far: yes", "\\[b\\] back")
    lead.press("2", "How sure is it.*back")
    lead.press("1", "These went out with an old value", "explanation", "can_pay yes -> no", "say why")
    lead.press("l", STEP)


def _calm(bank: Night, lead: Seat) -> None:
    """IT's four facts, the decision, the all-clear with IT's yes, and the decision what it costs us."""
    bank.on(minutes=50)
    known(lead, "d", "1", "1", "1", "1", "2", after="How sure is it.*back")
    lead.press("1", "Since when has everything worked")
    lead.types("04:00", "How sure is it.*back")
    lead.press("1", "c works-again: asked", "14 texts were handed over", "asked again")
    came_back(lead, "03:40", "Watch: Mentions a minute.*" + STEP)
    skip(lead, "Ewa goes on reading", after="Decide Is it over.*" + STEP)
    lead.press("1", "Why, in one line")
    lead.types("stable for thirty minutes", "c all-clear: over", "Send all_clear", STEP)
    lead.press("d", "Check before we write: all_clear", "Is this what we know")
    lead.press("g", "all_clear: what now.*help")
    out(lead, "c all-clear-out: all_clear.*Take down the banner.*" + STEP, other="Celina Wrona")
    done(lead, "banner, pin and prompt at 04:20", "What do we offer the people it hurt.*" + STEP)
    lead.press("3", "Why, in one line")
    lead.types("nobody lost money or a payment", "c compensation: none", STEP)
    lead.press("g", "Which message", "all_clear  ?12 handed over", "back")
    lead.pick("all_clear", "say what came of what was handed over \\(12 open\\)", "help")
    lead.press("1", "12 texts were handed over. Are they out", "asked again")
    came_back(lead, None, "all_clear: what now.*help")
    lead.press("b", STEP)


def _human(lead: Seat) -> None:
    """The gate of the light words names everything that is missing; then everything rests."""
    skip(lead, "no clock is running", after="Be human, then stop.*Ready to confirm")
    lead.press("d", "Do we say something light", STEP)
    lead.press("1", "Why, in one line")
    lead.types("people joke kindly", "Send light", STEP)
    lead.press("d", "The gate is shut: ", "light: what now.*help")
    in_order(
        lead.text,
        "The gate is shut: is_attack is unknown; it takes the word of Security on call",
        "The gate is shut: mood: mixed at T+28:00; it must be mostly_kind",
        "The gate is shut: sentiment: 58 % positive or neutral of 120 at T+28:00; 60 % is needed",
    )
    lead.press("b", "light is not out yet|Send light", STEP)
    skip(lead, "the gate is shut, and people are angry", "thanks go with the closing")
    done(lead, "two go home", "Do we go on talking about it.*" + STEP)
    lead.press("1", "Why, in one line")
    lead.types("stale by night", "Every step is walked or rests", "and 5 more follow-ups", "\\[\\?\\] help")


def _close(lead: Seat) -> None:
    """Two days later: the follow-ups that are due, the late ones first, and the last word."""
    lead.sees("now T\\+2 d", "Answer every post", "Follow-up due closure", STEP)
    done(lead, "all answered, 31 complaints", "Debrief everybody.*" + STEP)
    done(lead, "all but Bartek; the colleague is well", "Send lessons.*" + STEP)
    skip(lead, "after the review")
    done(lead, "80 of 100 kind, yes, Ann", "Send closure.*" + STEP)
    lead.press("d", "Is this what we know|closure: what now")
    if "Is this what we know" in lead.new:
        lead.press("g", "closure: what now")
    lead.sees("help")
    out(lead, "c closure: closure.*Every step is walked.*help", other="Grażyna Dudek")


def _end(lead: Seat) -> None:
    """What is up comes down, what was stopped runs again, what came of the last hand-overs, and why it ends."""
    lead.press("x", "texts of ours are still up", "What happens to them", "the incident goes on")
    lead.press("m", "freeze stopped it", "Start the campaigns.*is it done", "the incident goes on")
    lead.press("d", "texts were handed over. Are they out", "asked again")
    came_back(lead, None, "If it ends now: Complete")
    lead.sees("4 follow-ups to come", "Nobody is reminded of them after the end", "Why does it end")
    lead.types("calm, and the last word is out", f"{CODE} has ended: Complete")


def _report_tells_it(bank: Night) -> None:
    assert bank.run("verify").code == 0
    report = bank.run("report", "-o", "-").out
    in_order(
        report,
        f"# LIVE: Erroneous mass message ({CODE})",
        "Ended T+2 d",
        "Messaging owner | Bartek Lis",
        "Executive approver | Grażyna Dudek",
        "Nobody held by name, so the lead: Social lead, Press desk, Customer inclusion",
        "## Targets against actuals",
        "| call_open | 15:00 | 12:00 | met",
        "| first_word | 15:00 | 20:00 | **missed**",
        "| front_line_lag | 0:00 | 0:00 | met",
        "## Promises made in public",
        "| 03:42:00 |",
        "## What was said",
        "`front_line_brief/intranet/pl` | our own people",
        "`holding/website/pl`",
        "`explanation/press/pl`",
        "`all_clear/ivr/pl`",
        "`closure/email/pl`",
        "## Decisions",
        "Correct in the channel that went wrong? **Use the other channels**",
        "because: site, app and hotline cover everybody",
        "What do we offer the people it hurt? **None",
        "## Checklist",
        "`stop-sends` Cancel the queue",
        "`light-out`",
        "the gate is shut, and people are angry",
        "## Signals",
        "mood: mixed",
        "## Who was called",
        "## Still up, and what runs again",
        "`freeze` Start the campaigns, scheduled posts and adverts again: done",
        "## Follow-ups",
        "## Exact texts",
        "yes of Grażyna Dudek for executive: phone, +48 555 000 107",
        "## Timeline",
        "Step `stop-sends` answered (confirmed, at 03:02:00)",
        "Tried Bartek Lis (`it`): no answer",
        "handed to Ann Nowak through copy and paste",
        "Seen for `watch-mood`: 40 of 100 afraid",
        "events fit together",
    )


def test_a_call_that_was_made_already_puts_people_into_their_roles(bank: Night) -> None:
    with bank.seat(80, "start", RUNBOOK, "--code-name", CODE) as lead:
        lead.sees("When did the first wrong message leave")
        lead.types("12 min ago", "What is done already", "0 ticked")
        lead.tick("stop-sends", "on-the-call")
        lead.press("enter", "At what times")
        lead.types(
            "03:02, 03:05", "c on-the-call: done before this was opened, at 03:05", "Who is on the call", "0 ticked"
        )
        lead.tick("Messaging", "Security")
        lead.press("d", "messaging: Bartek Lis holds it now", "all 4 of them")
        lead.press("m", "Do Stop all campaigns", STEP)
        lead.press("q", "Saved")
        assert lead.ends() == 0
    board = bank.status()
    assert {step["id"]: step["holder"] for step in board["steps"]}["stop-sends"] == "Bartek Lis"


def test_the_same_as_a_drill_is_scored_and_compared_with_the_last_one(bank: Night) -> None:
    slow = _drill(bank, "slow-otter", 20, "nobody was hurt, tell him so")
    in_order(slow, "You finished in T+", "! missed Call open T+20:00", "! missed First public words", "+ ok Gates")
    in_order(slow, "Late steps 18", "+ ok Bad news 4 of 4 answered")
    assert "Last time" not in slow
    quick = _drill(bank, "quick-otter", 6, "stop it, it is no correction")
    in_order(quick, "You finished in T+", "+ ok Call open T+06:00", "+ ok Bad news 1 of 1 answered")
    in_order(quick, "Last time", "slow-otter")
    assert "No incident is open." in bank.run().out
    assert not list(bank.folder.rglob("live.db")), "a drill leaves the live record alone"


def _drill(bank: Night, code: str, minutes: int, reaction: str) -> str:
    """A drill sixty times as fast: so many of its minutes pass before the call, then bad news is reacted to."""
    with bank.seat(80, "drill", RUNBOOK, "--code-name", code, "--speed", "60") as lead:
        lead.sees("When did the first wrong message leave")
        lead.types("", f"DRILL {code} is open", "\\[DRILL", STEP)
        done(lead, "0 waiting, last send 03:02", "Call Messaging owner.*" + STEP)
        bank.on(seconds=minutes)
        lead.wait("INJECT")
        lead.press("d", "Who is on the call")
        lead.tick("Messaging", "Security", "Front-line")
        lead.press("d", "messaging: Bartek Lis holds it now", "all 3 of them")
        lead.press("m", "c on-the-call", STEP)
        lead.press("n", "Note")
        lead.types(reaction, "Noted", STEP)
        lead.press("x", "Nothing was said in public. How does it end", "the incident goes on")
        lead.press("1", "Why is it not a crisis")
        lead.types(
            "it was a drill", f"{code} has ended: Ended early by Ann Nowak", "You finished in", "Again: crisis drill"
        )
        assert lead.ends() == 0
        return lead.paper
