"""Channel health: what a down channel does to the words, who is left without one, and what stands in."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys import CODE, ME, Company

WIDE = (Path(__file__).parent / "journeys" / "wide.yaml").read_text(encoding="utf-8")
OUTBOX = {"provider": "outbox", "folder": "outbox"}
CHANNELS = {
    "in_app": OUTBOX,
    "status_page": OUTBOX,
    "intranet": OUTBOX,
    "website": {"who": "Web desk", "through": "the CMS", "fallback": ["status_page"]},
    "ivr": {"who": "Telco desk", "through": "+48 22 000 00 00", "takes": {"day": "20m", "night": "60m"}},
}


@pytest.fixture
def wide(company: Company) -> Company:
    """An open incident with a front line, people without accounts, and a language that follows."""
    company.configure(CHANNELS)
    company.write("wide.yaml", WIDE)
    company.open("wide.yaml", "--fact=next_update=in 90 min")
    return company


def held(company: Company, *more: str) -> dict[str, str]:
    """What stays behind, with its reason, by place."""
    ended = company.run("send", "holding", "--confirm", CODE, "--json", *more)
    return {one["place"]: one["why"] for one in ended.data["held"]}


def test_every_channel_is_listed_with_its_carrier_and_what_is_up_there(wide: Company) -> None:
    wide.run("said", "We know", "--channel", "website", "--standing")
    found = {one["channel"]: one for one in wide.run("channel", "--json").data["channels"]}
    assert set(found) == {"intranet", "website", "in_app", "ivr", "status_page"}
    assert (found["website"]["health"], found["website"]["carrier"]) == ("up", "Web desk through the CMS")
    assert found["website"]["fallback"] == ["status_page"]
    assert len(found["website"]["up"]) == 1
    assert found["ivr"]["up"] == []


def test_a_down_channel_says_since_when_by_whom_and_who_loses_it(wide: Company) -> None:
    down = wide.run("channel", "ivr", "down", "--why", "trunk line cut")
    assert down.code == 0, down.all
    assert "DOWN" in down.out
    assert "says Ann Nowak: trunk line cut" in down.out
    assert "no_social (People without accounts): NO living channel" in down.out
    (found,) = wide.run("channel", "ivr", "--json").data["channels"]
    assert (found["health"], found["why"], found["by"]) == ("down", "trunk line cut", ME)
    assert "Words go out on ivr again" in wide.run("channel", "ivr", "up").out
    assert wide.run("channel", "ivr", "--json").data["channels"][0]["health"] == "up"
    assert "Channel ivr is **down**: trunk line cut" in wide.run("report", "-o", "-").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("websit", "down"), "Did you mean|website"),
        (("website", "broken"), "is no state of a channel"),
        (("website", "--why", "x"), "--why belongs to a state"),
    ],
)
def test_a_wrong_word_changes_nothing(wide: Company, words: tuple[str, ...], said: str) -> None:
    refused = wide.run("channel", *words)
    assert refused.code == 2
    assert any(part in refused.err for part in said.split("|")), refused.err
    assert all(one["health"] == "up" for one in wide.run("channel", "--json").data["channels"])


def test_words_for_a_down_channel_stay_and_name_what_can_stand_in(wide: Company) -> None:
    wide.run("channel", "website", "down", "--why", "data centre dead")
    wide.approve("holding")
    stays = held(wide)
    assert set(stays) == {"holding/website/pl"}
    assert "website is down since" in stays["holding/website/pl"]
    assert "data centre dead (instead: status_page" in stays["holding/website/pl"]
    said = [word for word in wide.status()["said"] if word["message"] == "holding"]
    assert {word["channel"] for word in said} == {"in_app", "status_page"}


def test_a_fallback_reaches_those_the_lost_channel_reached_and_nobody_else(wide: Company) -> None:
    wide.run("channel", "website", "down")
    wide.approve("holding")
    held(wide)
    (word,) = [word for word in wide.status()["said"] if word["channel"] == "status_page"]
    assert word["audience"] == ["customers"]


def test_up_again_the_words_go_there_once(wide: Company) -> None:
    wide.run("channel", "website", "down")
    wide.approve("holding")
    held(wide)
    wide.run("channel", "website", "up")
    handed = wide.run("send", "holding", "--confirm", CODE, "--json").data
    assert [one["place"] for one in handed["handed"]] == ["holding/website/pl"]
    assert handed["results"] == []


def test_an_audience_without_a_living_channel_is_named_with_what_could_reach_it(wide: Company) -> None:
    from crisiscli.cli.outside import Flags, Outside  # in this process: what is asked is data, not a screen
    from crisiscli.dispatch import Desk
    from crisiscli.dispatch.health import offers, orphans
    from crisiscli.journal import Journal
    from crisiscli.stores import open_store

    wide.run("channel", "ivr", "down")
    outside = Outside(Flags(dir=wide.folder))
    store = open_store(wide.state, "LIVE")
    desk = Desk(Journal(store, CODE, outside.clock, ""), outside.config)
    (orphan,) = orphans(desk, "holding")
    assert (orphan.audience, orphan.down, orphan.instead) == ("no_social", ("ivr",), ())
    wide.run("channel", "website", "down")
    desk.journal.refresh()
    assert [(one.channel, one.instead_of) for one in offers(desk, "holding")] == [
        ("status_page", "website"),
        ("in_app", "website"),
    ]
    store.close()


def test_the_person_may_try_a_down_channel_anyway_and_it_is_on_record(wide: Company) -> None:
    wide.run("channel", "in_app", "down", "--why", "app store outage")
    wide.approve("holding")
    with wide.sit("send", "holding", "--channel", "in_app") as lead:
        lead.sees("holding: what now\\?")
        lead.pick("go to sending", "DOWN +holding/in_app/pl", "A channel is down")
        lead.pick("try in_app anyway", "it is tried all the same", "Our own people first")
        lead.pick("go public now", "Why does the public hear first")
        lead.types("no intranet at night", f"Type {CODE}")
        lead.types(CODE, "sent +holding/in_app/pl")
        lead.press("ctrl-c")
    report = wide.run("report", "-o", "-").out
    assert "it is tried all the same, and counts as having reached nobody; went on because: no intranet" in report


def test_without_the_only_channel_she_goes_back_and_nothing_goes(wide: Company) -> None:
    for name in ("in_app", "website", "ivr"):
        wide.run("channel", name, "down")
    wide.run("channel", "status_page", "down")
    wide.approve("holding")
    with wide.sit("send", "holding") as lead:
        lead.sees("holding: what now\\?")
        lead.pick("go to sending", "A channel is down", "nothing else can go")
        lead.pick("back: nothing goes now", "Nothing has been sent", "holding: what now\\?")
        lead.press("ctrl-c")
    assert wide.status()["said"] == []
