"""Not sure yet, then a full outage: one person at one screen, from the first minute to the closing two days later."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from journeys.night import STEP, Night, Seat

PEOPLE = """\
ann: {name: Ann Nowak, phone: "+40 721 000 100", roles: [lead]}
darek: {name: Darek Lis, phone: "+40 721 000 101", roles: [lead, second_shift]}
bartek: {name: Bartek Ion, phone: "+40 721 000 102", roles: [it], hours: 24/7}
celina: {name: Celina Pop, phone: "+40 721 000 103", roles: [security], hours: 24/7}
mihai: {name: Mihai Rus, phone: "+40 721 000 104", roles: [legal], hours: 24/7}
"""
BACK = "\\[b\\] back"
"""A question whose last key is drawn: what is printed above it comes before it listens."""
MENU = "what now\\?.*\\[\\?\\] help"
"""A message's question, drawn to its last key."""


@pytest.fixture
def bank(tmp_path: Path) -> Night:
    """A Romanian bank without one provider: every text is handed to a person."""
    bank = Night(tmp_path, timezone="Europe/Bucharest", languages=["ro", "en"])
    bank.write("people.yaml", PEOPLE)
    return bank


def done(lead: Seat, *words: str) -> None:
    """`do` steps, one after the other: the value, and on."""
    for one in words:
        lead.press("d", ": >")
        lead.types(one, STEP)


def out(lead: Seat, after: str, *, down: bool = False, yes: str = "1") -> None:
    """The message on the screen: the yes, and all of it handed over at once."""
    lead.press("a", "How is the yes given")
    lead.press(yes, "approved, not sent", MENU)
    if down:
        lead.press("g", "! DOWN", "A channel is down")
        lead.press("d", "Hand over what goes by hand")
    else:
        lead.press("g", "Hand over what goes by hand")
    lead.press("m", "are handed over, not confirmed", after)


def came_back(lead: Seat, since: str = "") -> None:
    """Everything that was handed over is out."""
    lead.press("m", "Proof")
    lead.types("seen from outside", "Since when is it up")
    lead.types(since, STEP)


def skip_last(lead: Seat, reason: str) -> None:
    """The last open step is skipped; nothing is left but what has its own day."""
    lead.press("s", "Why is it skipped")
    lead.types(reason, "skipped: ", "Every step is walked", "help")


def known(lead: Seat, *keys: str) -> None:
    """Answers by key, each on a question of its own."""
    for key in keys:
        lead.press(key, BACK)


def skip(lead: Seat, *reasons: str) -> None:
    for reason in reasons:
        lead.press("s", "Why is it skipped")
        lead.types(reason, "skipped: ", STEP)


def test_not_sure_yet_becomes_a_full_outage_and_is_closed_two_days_later(bank: Night) -> None:
    with bank.seat(80, "start", rows=40) as lead:
        _first_minutes(bank, lead)
        _switch(bank, lead)
        _see_and_know(bank, lead)
        _speak(lead)
        _explain(bank, lead)
        _long_haul(bank, lead)
        lead.press("q", "Saved", "crisis resume")
        assert lead.ends() == 0
    with bank.seat(80, "resume", rows=40, CRISIS_USER="Darek Lis") as lead:
        _over(bank, lead)
        assert lead.ends() == 0
    bank.on(days=1)
    home = bank.run(CRISIS_USER="Darek Lis").out
    assert "backlog" in home
    assert "compensation-out" not in home, "nothing is paid back, so nothing is to be said about it"
    bank.on(days=1)
    with bank.seat(80, "resume", rows=40, CRISIS_USER="Darek Lis") as lead:
        _close(lead)
        assert lead.ends() == 0
    _report_tells_it(bank)


def _first_minutes(bank: Night, lead: Seat) -> None:
    lead.sees("LIVE: what you send", "What is happening", "\\[0\\] Not sure yet")
    lead.press("0", "When did it begin")
    lead.types("", "holding text, to read and copy", "Step 1 of 5", "Bartek Ion", STEP)
    done(lead, "the fire test was stopped")
    lead.press("d", "Who is on the call")
    lead.tick("IT operations", "Security")
    lead.press("d", "it: Bartek Ion holds it now", "What came of it")
    lead.press("m", "Later: front_line, social, press", "Step 3 of 5", STEP)
    lead.press("d", "What do we see")
    lead.types("Cards and app fail", "Who notices it")
    lead.types("everybody at tills", "How many people")
    lead.types("u", "Are we under attack")
    lead.press("u", "When do we speak next")
    lead.types("in 30 min", "our promise", "Step 4 of 5", STEP)
    bank.on(minutes=3)
    lead.press("d", "front_line_brief/intranet/ro", "front_line_brief: what now.*\\[\\?\\] help")
    out(lead, "front_line_brief is out, or in somebody's hands")
    lead.press("d", "holding/website/ro", "holding: what now.*\\[\\?\\] help")
    out(lead, "first-say: front_line_brief, holding.*Step 5 of 5.*Which runbook is it.*" + STEP)


def _switch(bank: Night, lead: Seat) -> None:
    bank.on(minutes=5)
    lead.pick("full-outage", "goes on with: Full outage", "What is done already")
    lead.tick("stop-changes", "freeze")
    lead.press("enter", "At what times")
    lead.types("", "c stop-changes", "Step 1 of 47", STEP)


def _see_and_know(bank: Night, lead: Seat) -> None:
    lead.press("d", "\\(x\\) IT operations", "\\( \\) Channel engineer", "\\(x\\) Security")
    lead.press("d", "What came of it")
    lead.press("m", "Step 2 of 47", STEP)
    assert bank.run("channel", "website", "down", "--why", "data centre dead").code == 0
    lead.wait("channel website is down")
    done(lead, "website dead, status page lives", "business is empty, Darek is second")
    lead.sees("Which services are down")
    lead.press("d", "cards\\?")
    known(lead, "3", "1", "1", "3", "1", "1", "1")
    lead.press("1", "x down +cards", "cards \\(down\\): what can people use")
    lead.types("cash", "app \\(down\\): what can people use")
    lead.types("phone", "stand by a time")
    lead.press("enter", "How sure is it")
    lead.press("1", "x down +app +use phone", "Are we under attack", STEP)
    known(lead, "d", "2")
    lead.press("1", "is_attack: no +confirmed by Celina Pop", STEP)
    known(lead, "d")
    lead.press("u", "Is anybody|From what time", STEP)
    lead.press("d", "From what time")
    lead.types("u", "By what time")
    lead.types("u", "When do we speak next", STEP)
    lead.press("d", "When do we speak next")
    lead.types("in 40 min", "tell-front-line|Step 11 of 47", STEP)


def _speak(lead: Seat) -> None:
    lead.press("d", "Check before we write: front_line_brief", "Is this what we know", BACK)
    lead.press("g", "front_line_brief: what now.*\\[\\?\\] help")
    lead.press("a", "How is the yes given")
    lead.press("1", "approved, not sent", MENU)
    lead.press("g", "Older words are still in somebody's hands", "What came back")
    lead.press("m", "Proof")
    lead.types("read aloud", "Since when is it up")
    lead.types("", "Hand over what goes by hand")
    lead.press("m", "Step 12 of 47", STEP)
    lead.press("d", "holding/status_page/ro", "holding: what now.*\\[\\?\\] help")
    out(lead, STEP, down=True)
    done(lead, "two radio desks", "status page seen")
    known(lead, "d", "2")
    lead.press("1", "help_line: Only the branches answer", STEP)
    skip(lead, "IT looks later")
    lead.press("1", "Why, in one line")
    lead.types("security sees a pump", "Step 18 of 47", STEP)
    known(lead, "d", "1")
    lead.press("1", "Clock started +dora_initial_4h: tell Financial supervisor", "personal data")
    known(lead, "2")
    lead.press("1", "Does NIS2 bind us")
    known(lead, "2")
    lead.press("1", "Clock off +nis2_early_warning", STEP)
    lead.press("d", "Who comes when")
    lead.types("Ewa comes at six", "Everybody knows within the hour", "Ready to confirm")


def _explain(bank: Night, lead: Seat) -> None:
    bank.on(minutes=15)
    lead.wait("OVERDUE +board-again")
    lead.press("d", "Step 20 of 47", STEP)
    lead.press("d", "Which have changed", "cards: down")
    lead.press("enter", "How sure is it")
    lead.press("1", "What has changed since the last update")
    lead.types("Am repornit serverele.", "The same sentence in English")
    lead.types("We have restarted the servers.", "were handed over. Are they out", "What came back")
    came_back(lead, "04:14")
    lead.press("2", "Why, in one line")
    lead.types("nobody stands by one", "Send +status", STEP)
    lead.press("d", "We promised to speak by 04:53, and status is that word", "When do we speak next")
    lead.types("in 40 min", "Check before we write: status", BACK)
    lead.press("g", "status: what now.*\\[\\?\\] help")
    out(lead, "Step 23 of 47.*" + STEP, down=True)
    done(lead, "one rumour of hacking")
    skip(lead, "nobody knows it")
    lead.press("2", "Why, in one line")
    lead.types("nobody knows it", "Step 26 of 47", STEP)
    done(lead, "twelve called")
    lead.press("d", "full_notice/status_page/ro", MENU)
    out(lead, "Step 28 of 47.*" + STEP, down=True)
    lead.press("s", "Why is it skipped")
    lead.types("there is no estimate", "The long haul", "Ready to confirm")


def _long_haul(bank: Night, lead: Seat) -> None:
    """Half an hour later the words that were handed over are up, so the promise was kept."""
    bank.on(minutes=40)
    lead.wait("it is handed over, not confirmed")
    lead.press("d", "Step 29 of 47", STEP)
    lead.press("s", "Why is it skipped")
    lead.types("security watches on", "Are they out", "What came back.*asked again")
    came_back(lead, "04:31")
    skip(lead, "social watches on")
    lead.press("2", "Why, in one line")
    lead.types("not before there is news", "What do we pay back", STEP)
    lead.press("1", "Why, in one line")
    lead.press("enter", "None has a because")
    lead.types("every fee was waived at its source", "Step 32 of 47", STEP)
    done(lead, "two were relieved")
    lead.press("d", "When did the supervisor get")
    lead.types("05:00", "How sure is it")
    lead.press("1", "Clock stopped +dora_initial_4h", "Clock started +dora_intermediate", STEP)
    lead.press("i", "Who takes the lead")
    lead.types("Darek Lis", "Does Darek Lis have it")
    lead.press("d", "Darek Lis leads", STEP)
    done(lead, "Darek, since now")


def _over(bank: Night, lead: Seat) -> None:
    """The second shift: recovered, signed off, stable for an hour, all-clear."""
    lead.sees("Nothing is lost", "Step 35 of 47", STEP)
    assert bank.run("channel", "website", "up").code == 0
    lead.press("d", "Which have changed")
    lead.tick("cards: down", "app: down")
    lead.press("d", "cards\\?")
    lead.press("1", "app\\?")
    lead.press("1", "How sure is it")
    lead.press("1", "Do services that were down work again", "back")
    lead.press("1", "How sure is it")
    lead.press("1", "By when do late payments")
    lead.types("18:00", "How sure is it")
    lead.press("1", "These went out with an old value", "services cards down -> works", "Correct what is out.*say why")
    lead.press("l", "Step 36 of 47", STEP)
    skip(lead, "it all came back at once")
    done(lead, "every owner signed", "paid, withdrew, logged in")
    lead.press("1", "waiting 60m +\\(next look at", STEP)
    bank.on(minutes=61)
    lead.wait("Check back +stable")
    lead.press("d", "Has every service worked")
    known(lead, "1")
    lead.press("1", "Since when has everything worked")
    lead.types("05:00", "How sure is it")
    lead.press("1", "Are all balances right")
    known(lead, "1")
    lead.press("1", "Is anybody's money wrong")
    known(lead, "2")
    lead.press("1", STEP)
    lead.press("d", STEP)
    lead.press("1", "Why, in one line")
    lead.types("signed off by all", "Send +all_clear", STEP)
    lead.press("d", "Check before we write: all_clear", "Is this what we know.*back")
    lead.press("g", MENU)
    lead.press("a", "How is the yes given")
    lead.press("1", "needs a yes from it", MENU)
    lead.press("a", "Yes of: IT operations \\(Bartek Ion\\)", "How is the yes given")
    tag = re.findall(r"Tag (M\d-\w{4})", lead.text)[-1]
    lead.press("2", "Who said yes")
    lead.types("", "On which number")
    lead.types("", "Which tag did they say")
    lead.types(tag, "Facts they leave open")
    lead.types("", "approved, not sent", MENU)
    lead.press("g", "Hand over what goes by hand")
    assert "does not reach" not in lead.new, "the audiences of the first runbook are the same people"
    lead.press("m", "Every step is walked", "Follow-up +backlog", "closing-word", "help")
    lead.press("q", "Saved", "Next follow-up: backlog")


def _close(lead: Seat) -> None:
    """Two days later: what came back, the follow-ups, everything taken down and let go again, the end."""
    lead.sees("What came back.*asked again")
    came_back(lead)
    lead.sees("Follow-ups")
    done(lead, "nothing is unanswered")
    skip_last(lead, "explained in the papers today")
    lead.press("x", "texts of ours are still up", "What happens to them")
    lead.press("m", "first-stop stopped it", "is it done")
    lead.press("d", "stop-changes stopped it", "is it done")
    lead.press("d", "freeze stopped it", "is it done")
    lead.press("d", "If it ends now: Complete", "closing-word", "Why does it end")
    lead.types("stable for two days", "has ended: Complete", "crisis report")


def _report_tells_it(bank: Night) -> None:
    assert bank.run("report").code == 0
    told = next(bank.folder.glob("*-report.md")).read_text(encoding="utf-8")
    for words in (
        "Began with Not sure yet",
        "| - | `first-stop` | confirmed |",
        "because: every fee was waived at its source",
        "kept at 04:31",
        "website | down | data centre dead",
        "told 2026-11-22 05:00, in time",
        "does not apply",
        "to Darek Lis",
        "Reason: stable for two days",
    ):
        assert words in told, words


def test_a_drill_of_the_outage_brings_bad_news_and_ends_with_a_score(bank: Night) -> None:
    """Ten seconds on the machine's clock are ten minutes of the drill; nothing real can leave."""
    with bank.seat(80, "drill", "full-outage", "--speed", "60", rows=40) as lead:
        lead.sees("When did the first customer fail")
        lead.types("", "DRILL", "Step 1 of 47", STEP)
        bank.on(seconds=12)
        lead.wait("INJECT +Branch in the centre")
        lead.wait("INJECT +Journalist")
        lead.press("x", "How does it end")
        lead.press("1", "Why is it not a crisis")
        lead.types("the hour is over", "has ended")
        assert lead.ends() == 0
    assert not (bank.state / "live.db").exists()
    score = bank.run("drill", "--last")
    assert score.code == 0, score.all
    for words in ("Ended early by Ann Nowak", "Call open", "First public words", "Late steps", "0 of 2 answered"):
        assert words in score.all, score.all
