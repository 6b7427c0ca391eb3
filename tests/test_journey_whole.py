"""The main job in a real terminal: from `crisis start` to delivered words and a report that agrees with them."""

from __future__ import annotations

import base64
import email
import email.message
import email.policy
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from conftest import MAIL_RULES
from journeys import CODE, SECRET, Company, Lead
from servers import Server

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = "what now\\?"
STEP = "What now\\?"
HANDS = "Hand over what goes by hand\\?"


class Arrived(NamedTuple):
    """What stands in the servers' own logs and in the outbox after the walk."""

    mails: list[email.message.EmailMessage]
    hooks: list[dict[str, Any]]
    files: list[Path]
    report: str
    status: dict[str, Any]


def settle_in(company: Company, mail: Server, web: Server) -> None:
    company.configure(
        {
            "email": {
                "provider": "smtp",
                "host": "127.0.0.1",
                "port": mail.port,
                "tls": "none",
                "from": "Acme Bank <press@acme.example>",
            },
            "website": {"provider": "webhook", "url": f"http://127.0.0.1:{web.port}/ok", "secret": "env:HOOK"},
            "in_app": {"provider": "outbox", "folder": "outbox"},
            "ivr": {"who": "Telco vendor desk", "through": "+48 22 000 00 00", "takes": "20m", "proof": "rang it"},
        },
        recipients={"recipients": {"email": "customers.csv"}},
    )
    people = ("Ola,good@example.com,pl", "Jan,bad@example.com,pl", "Iga,busy@example.com,pl")
    company.write("customers.csv", "\n".join(("name,email,lang", *people, "")))


def stop_and_gather(lead: Lead) -> None:
    """The first phase: one step answered, a call ticked, the rest ticked as done already."""
    lead.sees("LIVE +amber-heron is open", "Nothing has been sent", STEP)
    lead.pick("done: note", "Queue length and time of the last send")
    lead.types("0 waiting, last send 03:03", "Call Messaging owner", STEP)
    lead.pick("tick who is on the call", "Who is on the call")
    lead.tick("Messaging", "IT op", "Security", "Front-line", "Social")
    lead.press("enter", "Not on the call: press", "What came of it")
    lead.pick("later", "Do Stop all campaigns", STEP)
    lead.pick("tick several", "What is done already")
    lead.tick("freeze:", "capture:", "roles:", "pin:", "press-line:", "roster:")
    lead.press("enter", "At what times")
    lead.types("", "Ready to confirm")
    lead.pick("done from memory", "Ask Are we under attack", STEP)


def decide(lead: Lead) -> None:
    """The second: facts with their status, a decision with its reason, the promise."""
    lead.pick("ask now", "Are we under attack", "unknown yet")
    lead.pick("no", "How sure is it")
    lead.pick("confirmed", "Ask Was anybody's money or data touched", STEP)
    lead.pick("ask now", "money or data", "unknown yet")
    lead.pick("unknown yet", "money_or_data_touched: UNKNOWN", "Ask How are log-in and the app", STEP)
    lead.pick("ask now", "unknown yet")
    lead.pick("Slow", "How sure is it")
    lead.pick("only reported(?!,)", "Decide Correct in the channel", STEP)
    lead.pick("Prepare it and hold", "Why, in one line")
    lead.types("another push looks like the attack", "Ask When do we speak next", STEP)
    lead.pick("ask now", "When do we speak next")
    lead.types("in 90 min", "Send front_line_brief", STEP)


def hand_all_over(lead: Lead, proof: str) -> None:
    """Every hand-over of a batch, one key each, and what came of it."""
    while "hand it over" in lead.new or "Hand over what goes" in lead.new:
        lead.pick("hand over now", "text begins", "text ends", "is it out\\?")
        lead.pick("it is out: note", "Proof")
        lead.types(proof, "c confirmed", f"({HANDS}|hand it over\\?|Step \\d+ of.*{STEP})")


def brief_the_front_line(lead: Lead) -> None:
    lead.pick("see the words")
    tell_facts(lead, "Nobody broke in.*front_line_brief: what now\\?")
    lead.pick("approve", "How is the yes given")
    lead.pick("myself", "Approved: front_line_brief", "Nothing has been sent", NOW)
    lead.pick("go to sending", "a person hands every text over", HANDS)
    hand_all_over(lead, "read out at 03:12")


def first_word(lead: Lead) -> None:
    lead.sees("c tell-front-line", "Send holding", STEP)
    lead.pick("see the words")
    tell_facts(lead, "holding: what now\\?")
    lead.pick("approve", "How is the yes given")
    lead.pick("myself", "Approved: holding", NOW)
    lead.pick("go to sending", "1 holding/website/pl", "by hand holding/ivr/pl", f"Type {CODE}")
    lead.types(CODE, "\\+ sent +holding/website/pl", "\\+ sent +holding/in_app/pl", HANDS)
    hand_all_over(lead, "I rang it")
    lead.sees("c first-word: holding", "Ask Is it still going out", STEP)


FACTS = {
    "When do we speak next": "in 120 min",
    "exactly as they appeared": "Testowe powiadomienie ęśąćż",
    "The cause in plain Polish": "test trafił na prawdziwą listę",
    "The same in English": "a test went to the real list",
}


def tell_facts(lead: Lead, until: str) -> None:
    """Answers each question as it comes: the words of FACTS, confirmed, and unknown for everything else."""
    asked = (
        "(unknown yet \\[b\\] back|u = unknown yet, Enter = back|How sure is it\\?.*\\[b\\] back"
        "|Is this what we know\\?.*\\[b\\] back)"
    )
    while True:
        lead.sees(f"({asked}|{until})")
        if re.search(until, lead.new):
            return
        told = next((words for question, words in FACTS.items() if question in lead.new), "u")
        if "Is this what we know" in lead.new:
            lead.pick("go on", until)
        elif "How sure" in lead.new:
            lead.pick("confirmed", f"({asked}|{until})")
        elif "u = unknown yet" in lead.new:
            lead.types(told, f"({asked}|{until})")
        else:
            lead.pick("unknown yet", f"({asked}|{until})")


def explain(lead: Lead) -> None:
    """The step is picked from the overview; the second yes comes by phone, with the tag."""
    lead.pick("roles: who holds what", "Which role")
    lead.pick("Executive approver", "Who takes executive")
    lead.pick("Grażyna Dudek", "holds it now", STEP)
    lead.pick("overview", "Go to which step")
    lead.types("explanation-out", "Send explanation", STEP)
    lead.pick("see the words")
    tell_facts(lead, "explanation: what now\\?")
    lead.pick("approve", "Yes of: Crisis lead", "How is the yes given")
    lead.pick("myself", "Approved", NOW)
    lead.pick("approve", "Yes of: Executive approver", "How is the yes given")
    tag = re.findall(r"Tag (M\d-[0-9A-Z]{4}) covers", lead.new)[-1]
    lead.pick("by phone", "Who said yes")
    lead.types("", "On which number")
    lead.types("+48 555 000 107, 03:29", "Which tag did they say")
    lead.types(tag.lower().replace("-", " "), "Facts they leave open")
    lead.types("", "Approved: explanation", NOW)
    lead.pick("go to sending", "explanation/email/pl +3 people", f"Type {CODE}")
    lead.types(CODE, "\\+ sent +explanation/email/pl +1 of 3", "FAILED.*550", "FAILED.*451", HANDS)
    assert "bad@example.com" in lead.new
    assert "busy@example.com" in lead.new
    lead.pick("back: they stay approved", "They stay approved", "what now\\?")


def walk(company: Company) -> None:
    with company.sit("start", "erroneous-mass-message", "--code-name", CODE) as lead:
        lead.sees("When did the first wrong message leave")
        lead.types("3 min ago")
        stop_and_gather(lead)
        decide(lead)
        brief_the_front_line(lead)
        first_word(lead)
        explain(lead)
        lead.press("ctrl-c")
        assert lead.ends() == 130


def finish(lead: Lead) -> None:
    """What is up comes down, what was stopped runs again, what nobody decided is decided; then the reason."""
    asked = "(Still up|still up:|is it done\\?|Never decided|is it out\\?|Are they out\\?|Why does it end)"
    lead.sees("texts of ours are still up", "back: the incident goes on")
    while "Why does it end" not in lead.new:
        if "are still up" in lead.new:
            lead.pick("all \\d+ are taken down", asked)
        elif "is it done" in lead.new:
            lead.pick("done", asked)
        elif "Never decided" in lead.new:
            lead.press("1", "Why, in one line")
            lead.types("decided at the end", asked)
        else:
            lead.pick("(not yet|later)", asked)
    lead.types("it is over, mood is calm", f"{CODE} has ended")


def end(company: Company) -> None:
    with company.sit("end") as lead:
        finish(lead)
        assert lead.ends() == 0


def look(company: Company, mail: Server, web: Server) -> Arrived:
    wrote = company.run("report", "-o", "report.md")
    assert wrote.code == 0, wrote.all
    return Arrived(
        [
            email.message_from_bytes(base64.b64decode(one["content"]), policy=email.policy.default)
            for one in mail.heard("accepted")
        ],
        web.heard("request"),
        sorted((company.folder / "outbox" / CODE).glob("*.txt")),
        (company.folder / "report.md").read_text(encoding="utf-8"),
        company.status(),
    )


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    folder = tmp_path_factory.mktemp("servers")
    with (
        Server("smtp_server.py", folder / "mail", "--rules", json.dumps(MAIL_RULES)) as mail,
        Server("http_server.py", folder / "web") as web,
    ):
        yield mail, web


@pytest.fixture(scope="module")
def arrived(servers: tuple[Server, Server], tmp_path_factory: pytest.TempPathFactory) -> Arrived:
    """The whole journey, walked once."""
    company = Company(tmp_path_factory.mktemp("company"))
    settle_in(company, *servers)
    walk(company)
    end(company)
    return look(company, *servers)


def words_of(letter: email.message.EmailMessage) -> str:
    """A letter's words as they were approved: the subject, an empty line, the body."""
    return f"{letter['Subject']}\n\n{letter.get_content()}".replace("\r\n", "\n").removesuffix("\n")


def texts_of(report: str) -> dict[str, tuple[str, str]]:
    """The report's exact texts: sha256 and words by place."""
    found = re.findall(r"^### `(.*?)`\n\nsha256 `(.*?)`\n\n```text\n(.*?)\n```$", report, re.DOTALL | re.MULTILINE)
    return {place: (sha256, words) for place, sha256, words in found}


def rows_of(report: str, heading: str) -> list[list[str]]:
    """The rows of the table under a heading."""
    part = report.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in rows[1:]]


def wall(moment: datetime) -> str:
    return moment.astimezone(WARSAW).strftime("%H:%M:%S")


def said_at(report: str, place: str) -> str:
    """The wall clock at which the report says that a place had its words."""
    (found,) = [row[0].split()[1] for row in rows_of(report, "What was said") if row[2] == f"`{place}`"]
    return found


def test_the_mail_server_was_asked_for_three_people_and_took_one_letter(
    servers: tuple[Server, Server], arrived: Arrived
) -> None:
    asked = [one["address"] for one in servers[0].heard("recipient")]
    assert asked == ["good@example.com", "bad@example.com", "busy@example.com"]
    assert [one["to"] for one in servers[0].heard("accepted")] == [["good@example.com"]]
    assert [letter["To"] for letter in arrived.mails] == ["good@example.com"]


def test_every_recipient_has_an_outcome_of_its_own_in_the_report(arrived: Arrived) -> None:
    told = [row[4] for row in rows_of(arrived.report, "Timeline")]
    (outcome,) = [row for row in told if "**Outcome** `explanation/email/pl`" in row]
    assert "1 sent, 2 failed" in outcome
    assert "550 5.1.1 no such user" in outcome
    assert "451 4.7.1 try again later" in outcome
    assert "  - failed: bad@example.com" in arrived.report
    assert "  - failed: busy@example.com" in arrived.report
    assert "`explanation/email/pl`: 2 failed" in arrived.report.split("**Not settled:**")[1]


def test_the_letter_holds_the_words_the_report_shows(arrived: Arrived) -> None:
    (letter,) = arrived.mails
    sha256, words = texts_of(arrived.report)["explanation/email/pl"]
    assert words_of(letter) == words
    assert hashlib.sha256(words.encode()).hexdigest() == sha256
    assert "Testowe powiadomienie ęśąćż" in words
    assert letter["From"] == "Acme Bank <press@acme.example>"


def test_webhooks_are_signed_and_hold_the_words_the_report_shows(arrived: Arrived) -> None:
    places = []
    for hook in arrived.hooks:
        body = base64.b64decode(hook["body"])
        Webhook(SECRET).verify(body, hook["headers"])
        data = json.loads(body)["data"]
        place = f"{data['message']}/{data['channel']}/{data['language']}"
        places.append(place)
        assert (data["sha256"], data["text"]) == texts_of(arrived.report)[place]
        assert hashlib.sha256(data["text"].encode()).hexdigest() == data["sha256"]
        assert hook["headers"]["webhook-id"] == data["dispatch"]
    assert places == ["holding/website/pl", "holding/website/en", "explanation/website/pl", "explanation/website/en"]
    assert len({hook["headers"]["webhook-id"] for hook in arrived.hooks}) == len(arrived.hooks)


def test_a_changed_body_does_not_verify(arrived: Arrived) -> None:
    body = base64.b64decode(arrived.hooks[0]["body"]).replace(b"holding", b"h0lding")
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body, arrived.hooks[0]["headers"])


def test_the_outbox_holds_the_exact_bytes(arrived: Arrived) -> None:
    texts = texts_of(arrived.report)
    found = {}
    for path in arrived.files:
        about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        found[f"{about['message']}/{about['channel']}/{about['language']}"] = path.read_bytes()
        assert hashlib.sha256(path.read_bytes()).hexdigest() == about["sha256"]
    messages, languages = ("holding", "explanation"), ("pl", "en")
    assert set(found) == {f"{message}/in_app/{language}" for message in messages for language in languages}
    for place, content in found.items():
        assert content.decode("utf-8") == texts[place][1]
        assert hashlib.sha256(content).hexdigest() == texts[place][0]


def test_a_hand_over_stands_with_its_taker_and_its_proof(arrived: Arrived) -> None:
    told = " ".join(row[4] for row in rows_of(arrived.report, "Timeline"))
    assert "`holding/ivr/pl` handed to Telco vendor desk through +48 22 000 00 00" in told
    assert "`holding/ivr/pl` confirmed as out by a person: I rang it" in told
    words = {f"{w['message']}/{w['channel']}/{w['language']}": w for w in arrived.status["said"]}
    assert words["holding/ivr/pl"]["how"] == "confirmed"
    assert words["holding/ivr/pl"]["proof"] == "I rang it"
    assert words["holding/website/pl"]["how"] == "sensed"
    assert words["explanation/email/pl"]["rows"] == 1


def test_the_reports_times_are_those_of_what_arrived(arrived: Arrived) -> None:
    (letter,) = arrived.mails
    near = [wall(letter["Date"].datetime + timedelta(seconds=late)) for late in range(-2, 6)]
    assert said_at(arrived.report, "explanation/email/pl") in near
    for hook in arrived.hooks:
        data = json.loads(base64.b64decode(hook["body"]))["data"]
        stamped = datetime.fromtimestamp(int(hook["headers"]["webhook-timestamp"]), WARSAW)
        near = [wall(stamped + timedelta(seconds=late)) for late in range(-2, 6)]
        assert said_at(arrived.report, f"{data['message']}/website/{data['language']}") in near


def test_nothing_left_before_its_approval(arrived: Arrived) -> None:
    rows = [row[4] for row in rows_of(arrived.report, "Timeline")]
    for number, row in enumerate(rows):
        sending = re.match(r"Sending `(\S+)` through", row)
        if sending:
            before = [other for other in rows[:number] if other.startswith("**Approved**")]
            assert any(f"`{sending[1]}`" in other for other in before), row


def test_approvals_say_whose_how_and_which_tag(arrived: Arrived) -> None:
    part = arrived.report.split("### `explanation/email/pl`", 1)[1].split("\n### ", 1)[0]
    lead, executive = re.findall(r"^- yes of (.*)$", part, re.MULTILINE)
    assert lead.startswith("Ann Nowak for lead: self")
    assert executive.startswith("Grażyna Dudek for executive: phone, +48 555 000 107, 03:29, tag M")
    assert executive.endswith("recorded by Ann Nowak")
    tags = set(re.findall(r"tag (M\d-\w{4})", lead + executive))
    assert len(tags) == 1


def test_words_that_never_left_are_not_among_what_was_said(arrived: Arrived) -> None:
    said = [row[2] for row in rows_of(arrived.report, "What was said")]
    assert "`explanation/x/pl`" not in said
    part = arrived.report.split("### `explanation/x/pl`", 1)[1].split("\n### ", 1)[0]
    assert "send record" not in part


def test_targets_are_measured_and_the_end_hides_nothing(arrived: Arrived) -> None:
    targets = {row[0]: row for row in rows_of(arrived.report, "Targets against actuals")}
    assert targets["first_word"][3:] == ["met", "website"]
    assert targets["front_line_lag"][3] == "met"
    assert targets["call_open"][3] == "met"
    (ended,) = re.findall(r"Ended T\+\d\d:\d\d: Complete except (.*)\.", arrived.report)
    left = [
        step
        for step in arrived.status["steps"]
        if step["state"] in ("open", "told", "parked") and step["phase"] != "Follow-ups"
    ]
    assert f"{len(left)} open steps" in ended
    assert "never sent" in ended
    assert "2 failed" in ended
    assert "Reason: it is over, mood is calm" in arrived.report
    assert arrived.status["ended"]["reason"] == "it is over, mood is calm"
    assert arrived.status["up"] == []


def test_the_record_is_whole(arrived: Arrived) -> None:
    events = rows_of(arrived.report, "Timeline")
    assert [int(row[0]) for row in events] == list(range(1, len(events) + 1))
    assert f"{len(events)} events fit together" in arrived.report
