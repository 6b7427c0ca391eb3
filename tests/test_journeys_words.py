"""The words, screen by screen: preview, meters, a yes by phone and one with a change, sending, what came of it."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import MAIL_RULES
from journeys.night import CODE, WIDTHS, Night, Seat, in_order
from servers import Server

NOW = "holding: what now\\? .*\\[\\?\\] help"
WAYS = "How is the yes given\\? .*\\[b\\] back"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    folder = tmp_path_factory.mktemp("servers")
    with (
        Server("smtp_server.py", folder / "mail", "--rules", json.dumps(MAIL_RULES)) as mail,
        Server("http_server.py", folder / "web") as web,
    ):
        yield mail, web


@pytest.fixture(scope="module")
def prepared(servers: tuple[Server, Server], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A night up to its first word: the website takes everything, X breaks off, one of two customers is unknown."""
    mail, web = servers
    url = f"http://127.0.0.1:{web.port}"
    night = Night(
        tmp_path_factory.mktemp("prepared") / "company",
        {
            "website": {"provider": "webhook", "url": f"{url}/ok", "secret": "env:HOOK"},
            "x": {"provider": "webhook", "url": f"{url}/status/500", "secret": "env:HOOK"},
            "email": {
                "provider": "smtp",
                "host": "127.0.0.1",
                "port": mail.port,
                "tls": "none",
                "from": "press@acme.example",
            },
        },
        recipients={"customers": {"email": "customers.csv"}},
    )
    night.write("customers.csv", "email,lang\ngood@example.com,pl\nbad@example.com,pl\n")
    night.ready()
    return night.folder


@pytest.fixture
def night(prepared: Path, tmp_path: Path) -> Night:
    shutil.copytree(prepared, tmp_path / "company")
    return Night.found(tmp_path / "company")


@WIDTHS
def test_from_the_preview_to_what_came_of_it(night: Night, servers: tuple[Server, Server], cols: int) -> None:
    mail, web = servers
    heard = len(web.heard("request"))
    with night.seat(cols, "send", "holding") as lead:
        lead.sees("Is this what we know\\?", "\\[b\\] back")
        lead.press("g", NOW)
        the_preview(lead)
        old = a_yes_by_phone(lead)
        a_fact_changes(lead, old)
        a_yes_with_a_change(lead)
        assert len(web.heard("request")) == heard, "nothing leaves before the code name is typed"
        the_gate_and_the_results(lead)
        by_hand(lead)
        lead.press("ctrl-c")
        assert lead.ends() == 130
        assert lead.bells == 0
    sent = [json.loads(base64.b64decode(one["body"]))["data"] for one in web.heard("request")[heard:]]
    assert [(one["channel"], "Przepraszamy." in one["text"]) for one in sent] == [("website", False), ("x", True)]
    assert all("04:45" in one["text"] for one in sent)
    assert [one["to"] for one in mail.heard("accepted")][-1] == ["good@example.com"]
    what_status_says(night, cols)


def the_preview(lead: Seat) -> None:
    in_order(
        lead.paper,
        "holding/website/pl Website, webhook can be replaced or taken down",
        "| Napiszemy tutaj o 04:35.",
        "holding/x/pl X, webhook can be deleted, copies stay",
        "[######------------------] 71 of 280 weighted characters fits",
        "needs a yes from legal",
        "holding/sms/pl SMS, manual cannot be unsent",
        "46 of 201 UCS-2 characters fits (1 SMS part, because of ś)",
        "| Dostało ją 1 200 osób.",
        "Tag M",
        "names these 4 texts exactly as they stand.",
        "Nothing of this message has been sent. Approving does not send.",
        "holding: what now?",
        "[g] go to sending (not now: needs a yes from legal)",
    )
    lead.press("g")
    lead.wait("go to sending cannot be chosen now: needs a yes from legal")
    assert lead.bar == "LIVE amber-heron | T+00:00 | 5/8 | due in 15:00 | ? help"


def a_yes_by_phone(lead: Seat) -> str:
    lead.pick("approve: record a yes", WAYS)
    in_order(
        lead.text,
        "Yes of: Legal (Dana Ionescu)",
        "> Dana Ionescu, +40 721 000 111, on until 08:00",
        "Radu Marin, +40 721 000 112",
        "covers holding/website/pl, holding/x/pl, holding/sms/pl, holding/email/pl",
        "(not now: Dana Ionescu holds legal)",
        "by phone: they said yes and the tag",
    )
    (tag,) = set(re.findall(r"Tag (M\d-\w{4}) covers", lead.new))
    lead.pick("by phone", "Who said yes\\?", "Enter = Dana Ionescu")
    lead.types("", "On which number, at what time\\?", "Enter = \\+40 721 000 111, 03:05")
    assert lead.new.count("Enter = +40") == 1
    lead.types("", "Which tag did they say\\?")
    lead.types(tag.lower().replace("-", " "), "Facts they leave open\\?")
    lead.types("", "Approved: holding/website/pl, .*\\(phone\\)\\. Nothing has been sent\\.", NOW)
    return str(tag)


def a_fact_changes(lead: Seat, old: str) -> None:
    """Another time makes other words; the yes does not cover them, and the screen says whose yes that was."""
    lead.pick("change a fact", "Which fact\\?", "back")
    lead.pick("next_update", "When do we speak next\\?")
    lapsed = f"yes of Dana Ionescu \\({old}\\) does not cover the new words"
    lead.types("in 100 min", lapsed, "04:35, 22 Nov -> 04:45", NOW)
    assert f"Tag {old}" not in lead.new
    assert "needs a yes from legal" in lead.new


def a_yes_with_a_change(lead: Seat) -> None:
    lead.pick("approve: record a yes", WAYS)
    lead.press("y", "Change which text\\?", "back")
    lead.pick("holding/x/pl", "Ctrl-S", "71 of 280 weighted characters fits")
    lead.keys(" Przepraszamy.")
    lead.wait("85 of 280 weighted characters +fits")
    assert "LIVE" in lead.bar
    lead.press("ctrl-s", "\\| .*Przepraszamy\\.", "The new tag is", "Do they say yes to these words\\?", "keep the old")
    (tag,) = set(re.findall(r"The new tag is (M\d-\w{4})", lead.new))
    lead.pick("by phone", "Who said yes\\?")
    lead.types("", "On which number")
    lead.types("", "Which tag")
    lead.types(tag, "Approved: .*with a change on holding/x/pl\\)\\. Nothing has been sent\\.", NOW)


def the_gate_and_the_results(lead: Seat) -> None:
    lead.pick("go to sending", f"Type {CODE}, or press Enter to go back")
    in_order(
        lead.text,
        "LIVE. These go out now, in this order:",
        "1 holding/website/pl public",
        "2 holding/x/pl public",
        "3 holding/email/pl 2 people",
        "by hand holding/sms/pl",
        "Send all of this?",
    )
    lead.types("")
    lead.sees("went back", "Nothing has been sent", NOW)
    lead.pick("go to sending", f"Type {CODE}")
    lead.types(CODE, "holding/sms/pl: hand it over\\?", "stays approved")
    in_order(
        lead.text,
        "+ sent holding/website/pl",
        "? UNKNOWN holding/x/pl The answer was 500",
        "It may be out: look before sending again.",
        "+ sent holding/email/pl 1 of 2",
        "! FAILED holding/email/pl bad@example.com",
        "550 5.1.1 no such user",
        "It was not accepted.",
    )


def by_hand(lead: Seat) -> None:
    """What no provider carries is handed over with one key: a packet, and what came of it."""
    lead.pick("hand over now", "text begins", "Napiszemy o 04:45", "text ends", "is it out\\?", "nobody can tell")
    in_order(lead.text, "Approved by Dana Ionescu, M", "Take the text between the marks exactly as it stands.")
    lead.pick("it is out: note the proof", "Proof")
    lead.types("sent from the desk", "c confirmed +holding/sms/pl +sent from the desk", NOW)
    in_order(lead.text, "holding/x/pl: unknown", "holding/sms/pl: sent", "holding/email/pl: sent, failed")
    assert "promise 1:40:00" in lead.bar


def what_status_says(night: Night, cols: int) -> None:
    with night.seat(cols, "status") as board:
        assert board.ends() == 0
        in_order(
            board.paper,
            "LIVE amber-heron A wrong message at night v1 T+00:00 03:05 lead Ann Nowak",
            "> NOW first-word",
            "Said in public: 3",
            "+ sent 03:05 holding/website/pl",
            "c confirmed 03:05 holding/sms/pl",
            "? UNKNOWN holding/x/pl may be out; look before sending again",
            "! failed holding/email/pl was not accepted",
            "Promised next word by 04:45 (1:40:00 left)",
            "Facts 3 of 3 known",
            "Go on: crisis resume",
        )
