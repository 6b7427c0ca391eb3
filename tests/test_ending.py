"""The end: what is up, frozen, undecided, unanswered or unknown is asked about first, and nothing is swept away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from journeys import CODE, ME, Company
from servers import Server

WIDE = (Path(__file__).parent / "journeys" / "wide.yaml").read_text(encoding="utf-8")
NIGHT = "2026-11-22T03:05:00+01:00"
DECIDED = "--decide=same-channel=hold:another push looks like the attack"


@pytest.fixture
def night(company: Company) -> Company:
    """An open incident: nothing said, nothing answered, one follow-up in two days."""
    company.configure({name: {"provider": "outbox", "folder": "outbox"} for name in ("in_app", "website", "intranet")})
    company.write("clock", NIGHT)
    company.env["CRISIS_CLOCK"] = f"@{company.folder / 'clock'}"
    company.write("wide.yaml", WIDE)
    company.open("wide.yaml", "--fact=next_update=in 90 min")
    return company


def spoken(company: Company) -> Company:
    """The same with the holding out, the freeze answered, and one hand-over without an answer."""
    company.write("answers.yaml", json.dumps({"steps": {"freeze": "done"}}))
    company.run("resume", "--answers", "answers.yaml")
    company.approve("holding")
    sent = company.run("send", "holding", "--confirm", CODE, "--json")
    assert sent.code == 0, sent.all
    return company


def ended(company: Company) -> dict[str, Any]:
    found: dict[str, Any] = company.status()["ended"]
    return found


def test_without_a_person_every_missing_flag_is_named_at_once_and_nothing_is_kept(night: Company) -> None:
    spoken(night)
    asked = night.run("end")
    assert asked.code == 2
    for flag in (
        "--reason WHY",
        "--taken-down website",
        "--taken-down in_app",
        "--released freeze=done",
        "--decide same-channel=now|hold:WHY",
    ):
        assert flag in asked.err.replace("\n", " ")
    half = night.run("end", "--reason", "over", "--taken-down", "website", "--taken-down", "in_app", DECIDED)
    assert half.code == 2
    assert "Start the scheduled posts: not done yet" in half.err
    assert "same-channel" not in half.err
    assert len(night.status()["up"]) == 2
    assert ended(night) is None


def test_every_flag_has_its_line_in_the_report(night: Company) -> None:
    spoken(night)
    done = night.run(
        "end", "--reason", "all clear", "--taken-down", "website", "--owner", "in_app=Ewa Kos",
        "--released", "freeze=owner:Jan Kos", DECIDED,
    )  # fmt: skip
    assert done.code == 0, done.all
    assert ended(night)["completeness"] == "Complete except 1 open step, 1 hand-over without an answer"
    report = night.run("report", "-o", "-").out
    assert "Taken down: website pl" in report
    assert "pl stays up; Ewa Kos takes it down" in report
    assert "Step `freeze` let go again" in report
    assert "**Decided** `same-channel`: hold, because: another push looks like the attack" in report


def test_a_person_is_asked_in_order_only_for_what_is_open(night: Company) -> None:
    spoken(night)
    with night.sit("end", cols=80, rows=24) as lead:
        lead.sees("Still up: holding on website/pl")
        lead.pick("it is taken down", "Still up: holding on in_app/pl")
        lead.pick("it stays up: somebody owns it", "Who takes it down later")
        lead.types("Ewa Kos", "freeze stopped it: Stop the scheduled posts", "Start the scheduled posts: is it done")
        lead.pick("done", "Never decided: same-channel", "Correct it there")
        lead.pick("Hold it", "Why, in one line")
        lead.types("it looks like an attack", "handed to .* nobody answered", "holding/ivr/pl: is it out")
        lead.pick("it is out: note", "Proof")
        lead.types("rang it", "If it ends now: Complete", "1 follow-up to come", "2026-11-24 03:05", "Why does it end")
        lead.types("all clear since 14:00", "has ended: Complete except 1 open step")
        assert lead.ends() == 0
    assert ended(night)["completeness"] == "Complete except 1 open step"


def test_going_back_keeps_what_was_settled_and_does_not_end(night: Company) -> None:
    spoken(night)
    with night.sit("end") as lead:
        lead.sees("Still up: holding on website/pl")
        lead.pick("it is taken down", "Still up: holding on in_app/pl")
        lead.pick("back: the incident goes on", "It goes on")
        assert lead.ends() == 1
    assert [word["channel"] for word in night.status()["up"]] == ["in_app"]
    assert ended(night) is None


def test_what_was_let_go_again_is_not_asked_about_twice(night: Company) -> None:
    spoken(night)
    with night.sit("end", "--taken-down", "website", "--taken-down", "in_app") as lead:
        lead.sees("Start the scheduled posts: is it done")
        lead.pick("somebody else does it", "Who does it")
        lead.types("Jan Kos", "Never decided: same-channel")
        lead.pick("back: the incident goes on", "It goes on")
        assert lead.ends() == 1
    asked = night.run("end", "--reason", "over")
    assert asked.code == 2
    assert "same-channel" in asked.err
    assert "freeze" not in asked.err


def test_an_early_exit_needs_a_reason_and_no_decision(night: Company) -> None:
    assert night.run("end", "--early").code == 2
    done = night.run("end", "--early", "--reason", "a planned test nobody told us about")
    assert done.code == 0, done.all
    assert ended(night)["completeness"] == f"Ended early by {ME}"


def test_an_early_exit_is_offered_to_a_person_while_nothing_was_said(night: Company) -> None:
    with night.sit("end") as lead:
        lead.sees("Nothing was said in public. How does it end")
        lead.pick("this is not a crisis", f"Ended early by {ME}", "Why is it not a crisis")
        lead.types("", "It goes on")
        assert lead.ends() == 1
    assert ended(night) is None
    with night.sit("end") as lead:
        lead.sees("How does it end")
        lead.pick("it is over: end it in order", "Never decided: same-channel")
        lead.press("ctrl-c")


def test_there_is_no_early_exit_after_a_public_word(night: Company) -> None:
    night.run("said", "We know", "--channel", "x")
    refused = night.run("end", "--early", "--reason", "nothing happened")
    assert refused.code == 6
    assert "spoke in public" in refused.err
    with night.sit("end") as lead:
        lead.sees("Never decided: same-channel")
        lead.press("ctrl-c")


def test_an_early_exit_still_lets_go_what_was_stopped(night: Company) -> None:
    night.write("answers.yaml", json.dumps({"steps": {"freeze": "done"}}))
    night.run("resume", "--answers", "answers.yaml")
    asked = night.run("end", "--early", "--reason", "a test")
    assert asked.code == 2
    assert "--released freeze=done" in asked.err
    assert night.run("end", "--early", "--reason", "a test", "--released", "freeze=posts run again").code == 0
    assert "posts run again" in night.run("report", "-o", "-").out


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--taken-down", "x"), "Nothing of ours is up on x"),
        (("--released", "same-channel=done"), "stopped nothing"),
        (("--decide", "freeze=now:x"), "no decision of this runbook"),
        (("--decide", "same-channel=later:x"), "not one of its options"),
        (("--decide", "same-channel"), "NAME=VALUE"),
    ],
)
def test_a_flag_for_something_else_is_refused_before_anything_is_kept(
    night: Company, flags: tuple[str, ...], said: str
) -> None:
    refused = night.run("end", "--reason", "over", DECIDED, *flags)
    assert refused.code == 2
    assert said in refused.err
    assert "Decided" not in night.run("report", "-o", "-").out


def test_a_decision_may_be_left_out_only_with_a_reason(night: Company) -> None:
    night.run("said", "We know", "--channel", "x")
    done = night.run("end", "--reason", "over", "--decide", "same-channel=skip:the channel was never used")
    assert done.code == 0, done.all
    assert "**skipped**: the channel was never used" in night.run("report", "-o", "-").out


def test_an_answers_file_ends_it_too(night: Company) -> None:
    spoken(night)
    from crisiscli.cli.outside import Flags, Outside
    from crisiscli.dispatch import Desk
    from crisiscli.journal import Journal
    from crisiscli.stores import open_store
    from crisiscli.terminal.scripted import Scripted
    from crisiscli.walk.ending import end

    answers = {
        "end": {
            "reason": "over",
            "taken_down": ["website", "in_app"],
            "released": {"freeze": True},
            "decide": {"same-channel": {"option": "hold", "why": "it looks like an attack"}},
        }
    }
    store = open_store(night.state, "LIVE")
    with (night.folder / "said.txt").open("w", encoding="utf-8") as said:
        desk = Desk(Journal(store, CODE, Outside(Flags()).clock, ""), Outside(Flags(dir=night.folder)).config)
        desk.journal.actor = desk.journal.incident.lead
        assert end(desk, Scripted(answers, said))
    store.close()
    assert ended(night)["reason"] == "over"


def test_what_has_ended_does_not_end_again(night: Company) -> None:
    assert night.run("end", CODE, "--early", "--reason", "a test").code == 0
    again = night.run("end", CODE, "--early", "--reason", "a test")
    assert again.code == 6
    assert "has ended already" in again.err


def test_an_incident_with_nothing_open_is_complete_though_follow_ups_come(night: Company) -> None:
    answers = {"steps": {"freeze": "done"}, "decisions": {"same-channel": "hold"}, "skip": {"first-word": "by phone"}}
    night.write("answers.yaml", json.dumps(answers))
    night.run("said", "We know", "--channel", "x")
    assert night.run("resume", "--answers", "answers.yaml").code in (0, 1)
    done = night.run("end", "--reason", "over", "--released", "freeze=done")
    assert done.code == 0, done.all
    assert ended(night)["completeness"] == "Complete"
    assert "1 follow-up to come" in done.err
    assert "2026-11-24 03:05  closure  Look back." in done.err


def test_a_follow_up_whose_day_has_come_is_an_open_step(night: Company) -> None:
    night.run("said", "We know", "--channel", "x")
    night.write("clock", "2026-11-24T03:06:00+01:00")
    done = night.run("end", "--reason", "over", DECIDED)
    assert done.code == 0, done.all
    assert ended(night)["completeness"] == "Complete except 3 open steps"
    assert "to come" not in done.err


def test_an_unknown_outcome_is_asked_about_and_may_stay_unknown(company: Company, web: Server) -> None:
    hook = {"provider": "webhook", "url": f"http://127.0.0.1:{web.port}/500", "secret": "env:HOOK"}
    company.configure({"website": hook})
    company.write("wide.yaml", WIDE)
    company.open("wide.yaml", "--fact=next_update=in 90 min")
    company.approve("holding", "--channel=website")
    assert company.run("send", "holding", "--channel", "website", "--confirm", CODE).code == 5
    with company.sit("end", DECIDED) as lead:
        lead.sees("UNKNOWN +holding/website/pl", "is it out")
        lead.pick("decide later", "1 unknown outcome", "Why does it end")
        lead.types("over", "has ended: Complete except")
        assert lead.ends() == 0
    assert "1 unknown outcome" in ended(company)["completeness"]
