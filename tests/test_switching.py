"""From one runbook to the next in one incident: what was reached, known and stopped counts on; so does the tongue."""

from __future__ import annotations

from typing import Any

import pytest

from crisiscli.walk.tongues import FOLLOWS, narrowed
from journeys import Company
from test_answers import bound  # noqa: F401  # `bound` is a fixture
from test_shipped_unsure import SEEN, first_minutes


def plan(must: list[str], **follow: str) -> dict[str, Any]:
    return {"id": "x", "languages": {"must": must, "follow": follow}}


@pytest.mark.parametrize(
    ("company", "must", "follow"),
    [
        ((), ["pl"], {"en": "30m", "ro": "15m"}),
        (("pl", "en"), ["pl"], {"en": "30m"}),
        (("ro", "en"), ["ro"], {"en": "30m"}),
        (("en", "pl"), ["en", "pl"], {}),
        (("de",), ["pl"], {"en": "30m", "ro": "15m"}),
        (("de", "ro"), ["ro"], {}),
    ],
)
def test_only_the_languages_of_the_company_are_spoken(
    company: tuple[str, ...], must: list[str], follow: dict[str, str]
) -> None:
    before = plan(["pl"], en="30m", ro="15m")
    assert narrowed(before, company) == {"id": "x", "languages": {"must": must, "follow": follow}}
    assert before == plan(["pl"], en="30m", ro="15m")


def test_a_must_language_is_never_lost_when_the_company_speaks_it() -> None:
    assert narrowed(plan(["pl", "en"]), ("en", "pl"))["languages"] == {"must": ["en", "pl"], "follow": {}}
    assert narrowed(plan(["pl"], en="1h"), ("pl", "en"))["languages"]["follow"] == {"en": "1h"}
    assert FOLLOWS == "30m"


def test_a_romanian_company_speaks_no_polish(bound: Company) -> None:  # noqa: F811
    bound.configure({"website": {"provider": "outbox", "folder": "outbox"}}, languages=["ro", "en"])
    first_minutes(bound, "full-outage")
    status = bound.status()
    assert status["said"]
    assert {word["language"] for word in status["said"]} == {"ro"}
    assert not list((bound.folder / "outbox").rglob("*pl*"))


def test_what_was_reached_and_known_before_counts_on(bound: Company) -> None:  # noqa: F811
    first_minutes(bound, "full-outage")
    status = bound.status()
    (call,) = [target for target in status["targets"] if target["name"] == "call_open"]
    assert call["met"] is True
    assert status["facts"]["what_happened"]["value"] == SEEN
    assert SEEN in bound.run("report", "-o", "-").out.split("## Facts")[1].split("\n## ")[0]
    assert "people_hit" in status["facts"]


def test_what_was_stopped_before_is_let_go_at_the_end(bound: Company) -> None:  # noqa: F811
    first_minutes(bound, "full-outage")
    asked = bound.run("end", "--reason", "over", "--no-input")
    assert "first-stop" in asked.all
