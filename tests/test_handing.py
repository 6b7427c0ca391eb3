"""Handing over: the packet, who takes it and when to ask again, what came of it, and the warnings before it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crisiscli.cli.outside import Flags, Outside
from crisiscli.dispatch import Desk, batch, hand
from crisiscli.dispatch.handing import due_answers
from crisiscli.dispatch.warnings import open_languages, warnings
from crisiscli.journal import Journal
from crisiscli.stores import open_store
from journeys import CODE, Company, Lead

WIDE = (Path(__file__).parent / "journeys" / "wide.yaml").read_text(encoding="utf-8")
SAME = "Wiemy o dziwnej wiadomości"
OTHER = "Mamy awarię. Prosimy o cierpliwość."
IVR = {
    "who": "Telco desk",
    "through": "+48 22 000 00 00",
    "takes": {"day": "20m", "night": "60m"},
    "proof": "rang it",
    "fallback": ["branch"],
}
NIGHT = "2026-11-22T03:05:00+01:00"
NOON = "2026-11-22T12:05:00+01:00"
NO_NEXT = WIDE.replace("          - next_update: Następna informacja o {{ next_update }}.\n", "")


def opened(company: Company, ivr: dict[str, object] = IVR, text: str = WIDE, at: str = NIGHT) -> Company:
    """An incident whose holding is approved; the clock stands in a file beside it."""
    company.configure(
        {
            "ivr": ivr,
            "website": {"who": "Web desk", "through": "the CMS"},
            "in_app": {"provider": "outbox", "folder": "outbox"},
            "intranet": {"provider": "outbox", "folder": "outbox"},
        }
    )
    company.write("clock", at)
    company.env["CRISIS_CLOCK"] = f"@{company.folder / 'clock'}"
    company.write("wide.yaml", text)
    company.open("wide.yaml", "--fact=next_update=in 90 min")
    company.approve("holding")
    return company


@pytest.fixture
def night(company: Company) -> Company:
    return opened(company)


@pytest.fixture
def desk(night: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The desk of the incident, in this process, with the clock in its file."""
    monkeypatch.setenv("CRISIS_CLOCK", night.env["CRISIS_CLOCK"])
    store = open_store(night.state, "LIVE")
    outside = Outside(Flags(dir=night.folder))
    journal = Journal(store, CODE, outside.clock, "")
    journal.actor = journal.incident.lead
    yield Desk(journal, outside.config)
    store.close()


def to_hands(lead: Lead, channel: str = "") -> None:
    """From the first screen of `crisis send` to the question about hand-overs, past the warnings."""
    lead.sees("holding: what now\\?")
    lead.pick("go to sending", "Our own people first")
    lead.pick("go public now", "Why does the public hear first")
    lead.types("the intranet sleeps at night", "by hand: " if channel else f"Type {CODE}")


def handed(company: Company, *more: str) -> dict[str, str]:
    """The packets of everything that goes by hand now, by place."""
    ended = company.run("send", "holding", "--confirm", CODE, "--json", *more)
    assert ended.code == 0, ended.all
    return {one["place"]: "\n".join(one["packet"]) for one in ended.data["handed"]}


def test_a_packet_says_what_it_replaces_from_when_and_whose_yes_it_carries(night: Company) -> None:
    night.run("said", "We look into it", "--channel", "website", "--standing")
    packets = handed(night)
    web, ivr = packets["holding/website/pl"], packets["holding/ivr/pl"]
    assert 'Replaces: what was said there, up since 03:05: "We look into it"' in web
    assert "Replaces: nothing of ours" in ivr
    assert "Approved by Ann Nowak, M" in ivr
    assert "From now until replaced or taken down." in ivr
    assert "Answer with: rang it" in ivr
    again = night.run("send", "holding/website", "--sent", "https://acme.example")
    assert again.code == 0
    night.run("fact", "next_update=in 2 h")
    night.approve("holding")
    assert (
        'Replaces: holding, up since 03:05: "Sprawdzamy' in handed(night, "--channel", "website")["holding/website/pl"]
    )


@pytest.mark.parametrize(("at", "minutes"), [(NIGHT, 60), (NOON, 20)])
def test_who_takes_it_and_when_to_ask_again_depend_on_the_hour(company: Company, at: str, minutes: int) -> None:
    opened(company, at=at)
    handed(company, "--channel", "ivr")
    (hand,) = company.status()["handed"]
    assert (hand["to"], hand["through"]) == ("Telco desk", "+48 22 000 00 00")
    wanted = datetime.fromisoformat(at) + timedelta(minutes=minutes)
    assert datetime.fromisoformat(hand["check_back"]) == wanted


def test_a_hand_over_is_due_from_its_check_back_on_until_somebody_answers(desk: Desk, night: Company) -> None:
    (parcel,) = batch(desk, "holding", ["ivr"]).parcels
    made = hand(desk, parcel)
    now = datetime.fromisoformat(NIGHT)
    assert due_answers(desk, now + timedelta(minutes=59)) == []
    (due,) = due_answers(desk, now + timedelta(minutes=60))
    assert (due.place, due.to, due.dispatch) == ("holding/ivr/pl", "Telco desk", made.dispatch.id)
    night.run("send", "holding/ivr", "--sent", "rang it")
    desk.journal.refresh()
    assert due_answers(desk, now + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("words", "says"), [(f"  {SAME.upper()} ", "Switch on prompt 12"), (OTHER, "prompt 12 says other words")]
)
def test_a_recorded_prompt_is_switched_on_only_when_it_says_the_approved_words(
    company: Company, words: str, says: str
) -> None:
    one = {"message": "holding", "language": "pl", "prompt": "12", "words": words}
    opened(company, {**IVR, "prerecorded": [one]}, NO_NEXT)
    packet = handed(company, "--channel", "ivr")["holding/ivr/pl"]
    assert says in packet
    (hand,) = company.status()["handed"]
    assert hand["through"].startswith("prompt 12, ") == (says == "Switch on prompt 12")


def test_the_recordings_words_are_an_edit_that_needs_a_new_yes(company: Company) -> None:
    one = {"message": "holding", "language": "pl", "prompt": "12", "words": OTHER}
    opened(company, {**IVR, "prerecorded": [one]})
    with company.sit("send", "holding", "--channel", "ivr") as lead:
        to_hands(lead)
        lead.types(CODE, "holding/website/pl +by hand", "Hand over what goes by hand")
        lead.pick("later: it stays approved", "Prompt 12 is recorded, and says other words", OTHER, "hand it over")
        lead.pick("say what prompt 12 says instead", "does not cover it", "what now")
        lead.press("ctrl-c")
    assert company.status()["handed"] == []
    waits = company.run("send", "holding", "--channel", "ivr", "--confirm", CODE)
    assert waits.code == 6
    assert "needs a yes from lead" in waits.err
    company.approve("holding")
    packet = handed(company, "--channel", "ivr")["holding/ivr/pl"]
    assert "Switch on prompt 12" in packet
    assert f"\n{OTHER}\n" in packet


def test_an_answers_file_may_take_the_recordings_words(company: Company) -> None:
    one = {"message": "holding", "language": "pl", "prompt": "12", "words": OTHER}
    opened(company, {**IVR, "prerecorded": [one]})
    answers = {
        "steps": {"freeze": "done"},
        "decisions": {"same-channel": "hold"},
        "send": {"holding": CODE},
        "hand": {"holding/ivr/pl": "recording"},
    }
    company.write("answers.yaml", json.dumps(answers))
    company.run("resume", "--answers", "answers.yaml")
    waits = company.run("send", "holding", "--channel", "ivr", "--confirm", CODE)
    assert "needs a yes from lead" in waits.err


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"ivr": {"prerecorded": [{"message": "holding", "language": "pl", "prompt": "12"}]}}, "needs words"),
        ({"x": {"prerecorded": []}}, "holds spoken prompts; x is read"),
        ({"ivr": {"prerecorded": {"message": "holding"}}}, "must be a list"),
        (
            {"ivr": {"prerecorded": [{"message": "a", "language": "pl", "prompt": n, "words": "b"} for n in "12"]}},
            "There is a prompt for a in pl already",
        ),
    ],
)
def test_a_recording_that_cannot_be_told_apart_is_found(company: Company, given: dict[str, object], rule: str) -> None:
    from crisiscli.config import load

    company.configure(given)  # type: ignore[arg-type]  # wrong on purpose
    assert rule in " ".join(problem.what for problem in load(company.folder).problems)


def test_all_at_once_is_one_key_and_one_file_that_can_be_forwarded(night: Company) -> None:
    with night.sit("send", "holding", cols=80, rows=24) as lead:
        to_hands(lead)
        lead.types(CODE, "sent +holding/in_app/pl", "Hand over what goes by hand\\? holding/website/pl, 2 left")
        lead.pick("all 2 at once", "2 texts are handed over, not confirmed", "All packets are in")
        assert lead.ends() == 0
    path = night.folder / f"{CODE}-handover-0305.txt"
    text = path.read_text(encoding="utf-8")
    assert "1 of 2   holding/website/pl   for Web desk, through the CMS" in text
    assert "2 of 2   holding/ivr/pl   for Telco desk" in text
    assert "\nSprawdzamy wiadomość\n\nWiemy o dziwnej wiadomości." in text
    assert "\x1b" not in text
    assert {one["place"] for one in night.status()["handed"]} == {"holding/website/pl", "holding/ivr/pl"}


def test_an_older_packet_file_is_never_written_over(
    desk: Desk, night: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crisiscli.walk.packets import write_packets

    monkeypatch.chdir(night.folder)
    made = [hand(desk, parcel) for parcel in batch(desk, "holding").handed]
    first, second = write_packets(desk, made), write_packets(desk, made)
    assert [path.name if path else None for path in (first, second)] == [
        f"{CODE}-handover-0305.txt",
        f"{CODE}-handover-0305-2.txt",
    ]


@pytest.mark.skipif(os.name == "nt", reason="folders that may not be written to")
def test_a_folder_that_takes_nothing_sends_the_packets_beside_the_record(
    desk: Desk, night: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crisiscli.walk.packets import write_packets

    gone = night.folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    path = write_packets(desk, [hand(desk, batch(desk, "holding").handed[0])])
    assert path is not None
    assert path.parent == night.state


def test_a_declined_hand_over_goes_to_somebody_else_under_the_same_yes(night: Company) -> None:
    with night.sit("send", "holding", "--channel", "ivr") as lead:
        to_hands(lead)
        lead.types(CODE, "Hand over what goes by hand\\? holding/website/pl")
        lead.pick("later: it stays approved", "takes 20m by day, 60m by night; asked again at 04:05", "hand it over")
        lead.pick("hand over now: Telco desk", "text begins", "text ends", "is it out\\?")
        lead.pick("they declined", "What did they say")
        lead.types("nobody on shift", "! declined", "the yes still holds", "Who carries it")
        lead.pick("hand it to somebody else", "To whom")
        lead.types(" (deputy)", "Through what")
        lead.types("", "text begins", "is it out\\?")
        lead.pick("it is out: paste", "saves")
        lead.paste("Wiemy o dziwnej wiadomości. Inna")
        lead.press("ctrl-s", "differs", "Proof")
        lead.types("rang it at 03:09", "c confirmed", "what now")
        lead.press("ctrl-c")
    (word,) = [word for word in night.status()["said"] if word["channel"] == "ivr"]
    assert (word["how"], word["proof"]) == ("confirmed", "rang it at 03:09")
    report = night.run("report", "-o", "-").out
    assert "nobody on shift" in report
    assert "the live text differs" in report
    assert night.run("verify").code == 0


def test_a_declined_hand_over_goes_to_a_fallback_channel(night: Company) -> None:
    text = WIDE.replace(
        "      spoken:\n", "      branch:\n        pl:\n          - empathy: Powiedz to.\n      spoken:\n"
    )
    other = Company(night.folder.parent / "other")
    opened(other, text=text)
    with other.sit("send", "holding", "--channel", "ivr") as lead:
        to_hands(lead)
        lead.types(CODE, "Hand over what goes by hand\\?")
        lead.pick("later: it stays approved", "hand it over")
        lead.pick("hand over now", "is it out\\?")
        lead.pick("they declined", "What did they say")
        lead.types("no", "Who carries it")
        lead.pick("use branch instead", "Powiedz to", "How is the yes given")
        lead.press("ctrl-c")
    (row,) = [one for one in other.status()["steps"] if one["id"] == "first-word"]
    assert row["state"] == "open"
    assert other.status()["handed"] == []


def test_the_front_line_comes_first_or_a_reason_is_on_record(night: Company) -> None:
    with night.sit("send", "holding") as lead:
        lead.sees("holding: what now\\?")
        lead.pick("go to sending", "WARNING +front_line \\(Call centre\\) has not been told", "Our own people first")
        lead.pick("tell them first", "Nothing has been sent", "First our own people: brief", "brief: what now\\?")
        lead.pick("back", "holding: what now\\?")
        lead.press("ctrl-c")
    assert night.status()["said"] == []
    assert "Warned" not in night.run("report", "-o", "-").out
    night.approve("brief")
    assert night.run("send", "brief", "--confirm", CODE).code == 0
    with night.sit("send", "holding") as lead:
        lead.sees("holding: what now\\?")
        lead.pick("go to sending", f"Type {CODE}")
        assert "has not been told" not in lead.new
        lead.press("ctrl-c")


def test_going_public_first_keeps_the_typed_reason(night: Company) -> None:
    with night.sit("send", "holding") as lead:
        to_hands(lead)
        lead.types(CODE, "sent +holding/in_app/pl", "Hand over")
        lead.press("ctrl-c")
    report = night.run("report", "-o", "-").out
    assert "the public would hear first; went on because: the intranet sleeps at night" in report


def about(desk: Desk, message: str) -> dict[str, str]:
    return {one.about: one.what for one in warnings(desk, batch(desk, message))}


def test_a_batch_for_our_own_people_and_the_public_together_keeps_the_order(desk: Desk, night: Company) -> None:
    assert "order" in about(desk, "holding")
    night.run("said", "read this", "--channel", "intranet", "--inside")
    desk.journal.refresh()
    assert "order" not in about(desk, "holding")


def test_a_missing_follower_is_warned_of_and_stays_open_until_it_is_out(desk: Desk, night: Company) -> None:
    assert about(desk, "holding")["language"] == "holding does not go out in en now; it follows by 03:35"
    assert open_languages(desk.journal.incident) == []
    night.run("send", "holding", "--channel", "in_app", "--confirm", CODE)
    desk.journal.refresh()
    (owed,) = open_languages(desk.journal.incident)
    assert (owed.message, owed.language) == ("holding", "en")
    assert owed.due == datetime.fromisoformat(NIGHT) + timedelta(minutes=30)


@pytest.mark.parametrize(("place", "answer"), [("in_app", ()), ("website", ("--declined", "nobody there"))])
def test_a_follower_is_owed_no_more_once_it_is_out_or_in_somebodys_hands(
    company: Company, place: str, answer: tuple[str, ...]
) -> None:
    family = "short" if place == "in_app" else "page"
    words = "          - empathy: We know.\n"
    leaf = (
        words if family == "short" else "          title: We know\n          body:\n            - empathy: We know.\n"
    )
    text = WIDE.replace(
        f"      {family}:\n        pl:\n          ", f"      {family}:\n        en:\n{leaf}        pl:\n          "
    )
    opened(company, text=text)
    company.run("send", "holding", "--channel", "ivr", "--confirm", CODE)
    company.run("send", "holding/ivr/pl", "--sent", "rang it")
    assert [one["language"] for one in owed(company)] == ["en"]
    sent = company.run("send", "holding", "--channel", place, "--confirm", CODE)
    assert sent.code == 0, sent.all
    assert owed(company) == []
    if answer:
        assert company.run("send", f"holding/{place}/en", *answer).code == 0
        assert [one["language"] for one in owed(company)] == ["en"]


def owed(company: Company) -> list[dict[str, str]]:
    """The languages the record still owes."""
    store = open_store(company.state, "LIVE")
    found = open_languages(Journal(store, CODE, Outside(Flags()).clock, "").incident)
    store.close()
    return [{"message": one.message, "language": one.language} for one in found]


def test_an_all_clear_names_who_got_the_first_word_and_is_left_out(desk: Desk, night: Company) -> None:
    night.approve("all_clear")
    desk.journal.refresh()
    assert "first word" not in about(desk, "all_clear")
    handed(night)
    night.run("send", "holding/ivr", "--sent", "rang it")
    desk.journal.refresh()
    assert "does not reach no_social, who got the first word (holding)" in about(desk, "all_clear")["first word"]


def test_nothing_to_send_warns_of_nothing(desk: Desk) -> None:
    assert warnings(desk, batch(desk, "brief")) == []
