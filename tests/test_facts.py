"""What people type for a fact becomes one JSON value, or a sentence that says what would be accepted."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisiscli.facts import accepts, ago, read, sample, show
from crisiscli.runbook import Fact

WARSAW = ZoneInfo("Europe/Warsaw")
NIGHT = datetime(2026, 11, 22, 3, 37, 50, tzinfo=WARSAW).astimezone(UTC)
TYPES = ("yes_no", "choice", "text", "count", "percent", "time", "duration", "services")


def fact(kind: Any, **more: Any) -> Fact:
    return Fact(ask="?", type=kind, **more)


def given_value(kind: str, typed: Any, **more: Any) -> Any:
    return read(fact(kind, **more), typed, NIGHT, WARSAW)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        *[("yes_no", word, "yes") for word in ("yes", "Y", "tak", "DA", "true", True)],
        *[("yes_no", word, "no") for word in ("no", "n", "Nie", "nu", "false", False)],
        *[
            ("count", word, 4_700_000)
            for word in ("4700000", "4 700 000", "4,700,000", "4.700.000", "4\u00a0700\u00a0000", 4_700_000)
        ],
        ("count", "0", 0),
        *[("count", f"{word} 1200", 1_200) for word in ("about", "ca.", "około", "cam", "~")],
        ("percent", "60", 60),
        ("percent", "60 %", 60),
        ("percent", "60,5%", "60.5"),
        ("percent", 60.5, "60.5"),
        ("duration", "30m", 1_800),
        ("duration", "2h", 7_200),
        ("duration", "1h30m", 5_400),
        ("duration", "90 min", 5_400),
        ("duration", "2 days", 172_800),
        ("duration", 5_400, 5_400),
        ("text", "  kolejka płatności ", "kolejka płatności"),
        ("text", "{{ 7*7 }}", "{{ 7*7 }}"),
        ("text", "👩‍👧", "👩‍👧"),
    ],
)
def test_values_are_read(kind: str, typed: Any, value: Any) -> None:
    assert given_value(kind, typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("04:00", "2026-11-22T04:00:00+01:00"),
        ("4.00", "2026-11-22T04:00:00+01:00"),
        ("03:37", "2026-11-22T03:37:00+01:00"),
        ("23:50", "2026-11-21T23:50:00+01:00"),
        ("16:00", "2026-11-22T16:00:00+01:00"),
        ("14:30 tomorrow", "2026-11-23T14:30:00+01:00"),
        ("jutro o 14:30", "2026-11-23T14:30:00+01:00"),
        ("mâine la 9:15", "2026-11-23T09:15:00+01:00"),
        ("today 02:00", "2026-11-22T02:00:00+01:00"),
        ("4 pm", "2026-11-22T16:00:00+01:00"),
        ("12 am", "2026-11-23T00:00:00+01:00"),
        ("in 30 min", "2026-11-22T04:07:00+01:00"),
        ("+30m", "2026-11-22T04:07:00+01:00"),
        ("2026-12-01 09:00", "2026-12-01T09:00:00+01:00"),
        ("2026-11-22T04:00:00Z", "2026-11-22T04:00:00+00:00"),
        ("2026-07-01T04:00+02:00", "2026-07-01T04:00:00+02:00"),
    ],
)
def test_times_are_read_in_the_company_zone(typed: str, value: str) -> None:
    assert given_value("time", typed) == value
    assert given_value("time", value) == value


@pytest.mark.parametrize(("typed", "day"), [("03:37", 23), ("23:50", 22), ("04:00", 22)])
def test_a_promised_time_is_always_to_come(typed: str, day: int) -> None:
    assert given_value("time", typed, promise=True) == f"2026-11-{day}T{typed}:00+01:00"


def test_the_present_minute_is_not_to_come() -> None:
    on_the_minute = NIGHT.replace(second=0)
    assert read(fact("time", promise=True), "03:37", on_the_minute, WARSAW) == "2026-11-23T03:37:00+01:00"


def test_an_hour_that_comes_twice_or_never_is_asked_back() -> None:
    autumn = datetime(2026, 10, 24, 20, tzinfo=UTC)
    with pytest.raises(ValueError, match=r"twice.*02:30\+02:00 or 02:30\+01:00"):
        read(fact("time"), "02:30", autumn, WARSAW)
    first = read(fact("time"), "02:30+02:00", autumn, WARSAW)
    second = read(fact("time"), "02:30+01:00", autumn, WARSAW)
    assert datetime.fromisoformat(str(second)) - datetime.fromisoformat(str(first)) == timedelta(hours=1)
    with pytest.raises(ValueError, match="does not exist"):
        given_value("time", "2026-03-29 02:30")


@pytest.mark.parametrize(
    ("kind", "typed", "wanted"),
    [
        ("yes_no", "maybe", "yes or no"),
        ("count", "1200 or so", "whole number"),
        ("count", "4.7", "whole number"),
        ("count", "4 700,000", "whole number"),
        ("count", "-3", "whole number"),
        ("count", "٣٤", "whole number"),
        ("count", True, "whole number"),
        ("count", "9" * 40, "whole number"),
        ("percent", "half", "percentage"),
        ("percent", "-1", "percentage"),
        ("time", "25:00", "04:00"),
        ("time", "soon", "04:00"),
        ("time", "2026-02-30 10:00", "04:00"),
        ("duration", "30", "30m"),
        ("duration", "5 parsecs", "30m"),
        ("duration", "9999 days", "30m"),
        ("duration", -5, "30m"),
        ("text", "", "one line"),
        ("text", True, "one line"),
        ("text", ["a"], "one line"),
        ("text", "x" * 2_001, "2000"),
    ],
)
def test_a_refusal_says_what_would_be_accepted(kind: str, typed: Any, wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        given_value(kind, typed)


@pytest.mark.parametrize(
    "bad", ["a\x1b[31m", "a\u202eb", "a\ud800", "a\u2066b", "a\u2028b", "a\u00adb", "a\x00b", "\ue000"]
)
@pytest.mark.parametrize("kind", ["text", "services", "time"])
def test_what_cannot_be_seen_is_refused(kind: str, bad: str) -> None:
    typed = f"cards: down, alternative {bad}" if kind == "services" else bad
    with pytest.raises(ValueError, match=r"it holds U\+.*cannot be seen"):
        given_value(kind, typed)


def test_a_text_is_one_line() -> None:
    with pytest.raises(ValueError, match="one line"):
        given_value("text", "a\nb")


def test_options_are_taken_by_name_or_meaning() -> None:
    options = {"ours": "Our own mistake", "theirs": "A supplier"}
    assert given_value("choice", "OURS", options=options) == "ours"
    assert given_value("choice", "our own mistake", options=options) == "ours"
    with pytest.raises(ValueError, match="ours, theirs"):
        given_value("choice", "nobody", options=options)


def test_services_are_read_as_typed_and_as_data() -> None:
    typed = "Cards: down, alternative cash, eta 16:00 by Ops; app: slow"
    value = given_value("services", typed, of=("cards", "app"))
    assert value == [
        {"service": "cards", "state": "down", "alternative": "cash", "eta": "2026-11-22T16:00:00+01:00", "by": "Ops"},
        {"service": "app", "state": "slow"},
    ]
    assert given_value("services", value, of=("cards", "app")) == value
    assert json.loads(json.dumps(value)) == value


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("cards down", "does not say a state"),
        ("tills: down", "cards, app"),
        ("cards: sleepy", "works, slow or down"),
        ("cards: down; cards: slow", "twice"),
        ("cards: down, because rain", "not understood"),
        ([{"service": "cards", "state": "down", "colour": "red"}], "colour"),
        ([{"service": "cards"}], "its state"),
        ([7], "not a service"),
        ([], "no service"),
    ],
)
def test_services_are_refused_with_an_example(typed: Any, wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        given_value("services", typed, of=("cards", "app"))


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("yes_no", "yes", "yes"),
        ("count", 4_700_000, "4,700,000"),
        ("percent", "60.5", "60.5%"),
        ("time", "2026-11-22T03:00:00+00:00", "04:00, 22 Nov"),
        ("duration", 5_400, "1 h 30 min"),
        ("duration", 0, "0 s"),
        ("choice", "ours", "Our own mistake"),
        ("text", "[bold]x", "[bold]x"),
        ("services", [{"service": "cards", "state": "down", "alternative": "cash", "by": "Ops"}],
         "cards: down, alternative cash by Ops"),
        ("count", None, "unknown"),
        ("count", "not a number", "not a number"),
    ],
)  # fmt: skip
def test_values_are_shown_to_the_operator(kind: str, value: Any, shown: str) -> None:
    assert show(fact(kind, options={"ours": "Our own mistake"}, unit="people"), value, WARSAW) == shown


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("", NIGHT),
        ("now", NIGHT),
        ("12 min ago", NIGHT - timedelta(minutes=12)),
        ("12m", NIGHT - timedelta(minutes=12)),
        ("1h 5min ago", NIGHT - timedelta(minutes=65)),
        ("20 min temu", NIGHT - timedelta(minutes=20)),
        ("acum 20 min", NIGHT - timedelta(minutes=20)),
        ("03:05", datetime(2026, 11, 22, 3, 5, tzinfo=WARSAW)),
        ("14:05", datetime(2026, 11, 21, 14, 5, tzinfo=WARSAW)),
        ("2 am", datetime(2026, 11, 22, 2, 0, tzinfo=WARSAW)),
        ("yesterday 23:50", datetime(2026, 11, 21, 23, 50, tzinfo=WARSAW)),
        ("2026-11-22T02:00:00Z", datetime(2026, 11, 22, 2, tzinfo=UTC)),
        ("2026-11-20 09:00", datetime(2026, 11, 20, 9, tzinfo=WARSAW)),
    ],
)
def test_the_past_is_read(typed: str, at: datetime) -> None:
    found = ago(typed, NIGHT, WARSAW)
    assert found == at
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize("typed", ["in 5 min", "2026-12-01 09:00", "a while ago", "soon", "99:99", "today 23:00"])
def test_what_is_not_past_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"12 min ago|30m"):
        ago(typed, NIGHT, WARSAW)


@given(st.text(max_size=40), st.sampled_from(TYPES))
def test_anything_typed_is_read_or_refused_and_what_is_read_is_shown(typed: str, kind: str) -> None:
    noun = fact(kind, options={"a": "A"})
    try:
        value = read(noun, typed, NIGHT, WARSAW)
    except ValueError as error:
        assert len(str(error)) > 10
        return
    assert json.loads(json.dumps(value)) == value
    assert isinstance(show(noun, value, WARSAW), str)
    assert read(noun, value, NIGHT, WARSAW) == value


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_has_a_sample_that_reads_as_itself(kind: str) -> None:
    noun = fact(kind, options={"a": "A", "b": "Bee"}, of=("cards",))
    value = sample(noun)
    assert read(noun, value, NIGHT, WARSAW) == value
    assert accepts(noun)


def test_the_longest_value_is_the_sample() -> None:
    assert sample(fact("count", longest="4 700 000")) == 4_700_000
    assert sample(fact("text", longest="płatności kartą i BLIK")) == "płatności kartą i BLIK"
    assert sample(fact("count", longest="very many")) == 12_000
