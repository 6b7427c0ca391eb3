"""Whose yes counts for which words: given in advance, under a mandate, for a mass, and when a promise is too near."""

from __future__ import annotations

import pytest

from journeys import CODE, ME, SMALL, Company
from servers import Server

SEAL = """\
    pre_approved:
      by: Grażyna Dudek
      on: 2026-01-10
      until: {until}
      may_vary:
{open}
"""
GATED = """
gates:
  calm:
    opens_when:
      - fact: cause
        is: ours
"""
SEND = ("send", "holding", "--channel", "in_app", "--confirm", CODE)


def sealed(until: str, *may_vary: str) -> str:
    """The small runbook with its holding approved in advance."""
    seal = SEAL.format(until=until, open="\n".join(f"        - {name}" for name in may_vary))
    return SMALL.replace("    approve:\n      - lead\n", f"    approve:\n      - lead\n{seal}")


@pytest.fixture
def outbox(company: Company) -> Company:
    company.configure({"in_app": {"provider": "outbox", "folder": "outbox"}})
    return company


def sent(company: Company) -> int:
    folder = company.folder / "outbox" / CODE
    return len(list(folder.glob("*.txt"))) if folder.exists() else 0


def in_advance(company: Company) -> tuple[int, str]:
    tag = company.tag("holding", "--channel=in_app")
    ended = company.run("approve", "holding", "--channel", "in_app", "--by", "x", "--how", "in-advance", "--tag", tag)
    return ended.code, ended.all


def test_words_approved_in_advance_go_under_that_name(outbox: Company) -> None:
    outbox.open_small(sealed("2099-12-31", "next_update"))
    assert in_advance(outbox)[0] == 0
    assert outbox.run(*SEND).code == 0
    assert sent(outbox) == 1
    report = outbox.run("report", "-o", "-").out
    assert "yes of Grażyna Dudek for lead: in advance" in report


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (sealed("2026-01-31", "next_update"), "ended on 2026-01-31"),
        (sealed("2099-12-31", "cause"), "not next_update"),
        (SMALL, "nobody approved these words in advance"),
    ],
)
def test_an_approval_in_advance_has_an_end_and_leaves_only_named_facts_open(
    outbox: Company, text: str, why: str
) -> None:
    outbox.open_small(text)
    code, said = in_advance(outbox)
    assert code == 6
    assert why in said
    assert outbox.run(*SEND).code == 6
    assert sent(outbox) == 0


def test_a_mandate_covers_new_values_of_the_facts_left_open_and_nothing_else(outbox: Company) -> None:
    outbox.open_small(SMALL)
    only = ("--channel=in_app",)
    tag = outbox.tag("holding", *only)
    said = ("approve", "holding", *only, "--by", ME, "--may-vary", "next_update", "--tag", tag)
    assert outbox.run(*said).code == 0
    assert outbox.run("fact", "next_update=in 3 h").code == 0
    assert outbox.run(*SEND).code == 6
    tag = outbox.tag("holding", *only)
    under = outbox.run("approve", "holding", *only, "--by", ME, "--how", "mandate", "--tag", tag)
    assert under.code == 0, under.all
    assert outbox.run(*SEND).code == 0
    assert sent(outbox) == 1


def test_without_an_open_fact_there_is_no_mandate(outbox: Company) -> None:
    outbox.open_small(SMALL)
    outbox.approve("holding", "--channel=in_app")
    outbox.run("fact", "next_update=in 3 h")
    tag = outbox.tag("holding", "--channel=in_app")
    ended = outbox.run("approve", "holding", "--channel=in_app", "--by", ME, "--how", "mandate", "--tag", tag)
    assert ended.code == 6
    assert "leaves exactly these facts open" in ended.err


def test_a_promise_that_is_almost_due_cannot_be_made(outbox: Company) -> None:
    outbox.open_small(SMALL)
    outbox.run("fact", "next_update=in 4 min")
    outbox.approve("holding", "--channel=in_app")
    refused = outbox.run(*SEND)
    assert refused.code == 6
    assert "less than 5 minutes away" in refused.err
    assert sent(outbox) == 0


def test_a_mass_send_wants_the_number_and_a_second_person(company: Company) -> None:
    company.configure(
        {"email": {"provider": "outbox", "folder": "outbox"}},
        mass_send=2,
        recipients={"customers": {"email": "customers.csv"}},
    )
    company.write("customers.csv", "email\na@example.com\nb@example.com\nc@example.com\n")
    company.open_small(SMALL)
    company.approve("holding", "--channel=email")
    send = ("send", "holding", "--channel", "email", "--confirm", CODE)
    assert "--recipients 3" in company.run(*send).err
    alone = company.run(*send, "--recipients", "3")
    assert alone.code == 6
    assert "two people" in alone.err
    assert sent(company) == 0
    tag = company.tag("holding", "--channel=email")
    said = ("approve", "holding", "--channel=email", "--by", "Jan Drugi", "--role", "lead", "--how", "phone")
    assert company.run(*said, "--tag", tag).code == 0
    assert company.run(*send, "--recipients", "3").code == 0
    assert sent(company) == 3


def test_a_forbidden_mass_goes_by_hand(company: Company) -> None:
    company.configure(
        {"email": {"provider": "outbox", "folder": "outbox"}},
        mass_send="forbidden",
        recipients={"customers": {"email": "customers.csv"}},
    )
    company.write("customers.csv", "email\na@example.com\n")
    company.open_small(SMALL)
    company.approve("holding", "--channel=email")
    handed = company.run("send", "holding", "--channel", "email", "--confirm", CODE)
    assert handed.code == 0
    assert "text begins" in handed.out
    assert sent(company) == 0


def test_four_eyes_refuses_the_authors_own_yes(outbox: Company) -> None:
    outbox.configure({"in_app": {"provider": "outbox", "folder": "outbox"}}, four_eyes=True)
    outbox.open_small(SMALL)
    with outbox.sit("send", "holding") as lead:
        lead.pick("go on", "holding: what now\\?")
        lead.pick("edit a text", "Edit which text")
        lead.pick("holding/in_app/pl", "saves")
        lead.press("!")
        lead.press("ctrl-s", "New words on holding/in_app/pl", "what now\\?")
        lead.pick("approve", "How is the yes given")
        lead.pick("myself", "cannot be the one who approves them")
        lead.press("ctrl-c")
        lead.ends()
    assert outbox.run(*SEND).code == 6
    assert sent(outbox) == 0


def test_a_shut_gate_names_what_is_missing(outbox: Company) -> None:
    text = SMALL.replace("    approve:\n      - lead\n", "    gate: calm\n    approve:\n      - lead\n") + GATED
    outbox.open_small(text)
    outbox.approve("holding", "--channel=in_app")
    refused = outbox.run(*SEND)
    assert refused.code == 6
    assert "cause is" in refused.err
    assert sent(outbox) == 0


def test_a_server_that_hangs_does_not_make_everybody_unknown(company: Company, web: Server) -> None:
    """Ten people on a list, a mail server that never greets: three are unknown, seven are still approved."""
    channel = {"provider": "smtp", "host": "127.0.0.1", "port": web.port, "tls": "none", "timeout": 1}
    company.configure(
        {"email": {**channel, "from": "press@acme.example"}},
        recipients={"customers": {"email": "customers.csv"}},
    )
    company.write("customers.csv", "email\n" + "".join(f"p{number}@example.com\n" for number in range(10)))
    company.open_small(SMALL)
    company.approve("holding", "--channel=email")
    ended = company.run("send", "holding", "--channel", "email", "--confirm", CODE, "--json")
    assert ended.code == 5
    (result,) = ended.data["results"]
    assert (result["sent"], result["failed"], result["unknown"], result["left"]) == (0, 0, 3, 7)
