"""Gates: every missing thing named, caps and cool-down with the time they open again, harmed people left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from crisiscli.dispatch import gates
from scene import RUNBOOK, Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path, RUNBOOK)


@pytest.fixture
def opened(scene: Scene) -> Scene:
    """Everything the light tone waits for has happened by T+40 minutes."""
    scene.at(20)
    for channel in ("x", "facebook", "ivr"):
        scene.word("explanation", channel)
    scene.fact("is_attack", "no", "confirmed")
    scene.at(30)
    scene.read("mood", "mostly_kind", role="social")
    scene.at(40)
    scene.read("mood", "mostly_kind", role="social")
    return scene


def test_every_missing_thing_is_named(scene: Scene) -> None:
    assert gates.shut(scene.desk, "light") == (
        "is_attack is unknown; it takes the word of Security",
        "explanation is not out on x, facebook, ivr",
        "mood: 0 of 2 readings by social",
    )
    scene.at(10)
    scene.word("explanation", "x")
    scene.fact("is_attack", "no")
    scene.read("mood", "mostly_kind", role="social")
    assert gates.shut(scene.desk, "light") == (
        "is_attack is only reported; it takes the word of Security",
        "explanation is not out on facebook, ivr",
        "mood: 1 of 2 readings by social",
    )
    scene.fact("is_attack", "yes", source="Ola")
    assert gates.shut(scene.desk, "light")[0] == "is_attack is disputed; the word of Security settles it"
    scene.fact("is_attack", "yes", "confirmed")
    assert gates.shut(scene.desk, "light")[0] == "is_attack is yes; it must be no"


def test_it_opens_when_all_of_it_is_there(opened: Scene) -> None:
    assert gates.shut(opened.desk, "light") == ()
    assert gates.shut(opened.desk, "explanation") == (), "no gate stands before it"
    opened.read("mood", "hostile", role="social")
    assert gates.shut(opened.desk, "light") == ("mood: hostile at T+40:00; it must be mostly_kind",)


def test_words_on_a_channel_that_is_down_reached_nobody(opened: Scene) -> None:
    opened.journal.record("channel_set", channel="ivr", health="down", why="vendor")
    assert gates.shut(opened.desk, "light") == (), "these words left before it went down"
    opened.at(50)
    opened.word("explanation", "ivr", "b")
    assert gates.shut(opened.desk, "light") == ()


def test_words_that_left_while_it_was_down_do_not_count(scene: Scene) -> None:
    scene.journal.record("channel_set", channel="ivr", health="down", why="vendor")
    scene.at(5)
    scene.word("explanation", "ivr")
    assert "explanation is not out on x, facebook, ivr (down)" in gates.shut(scene.desk, "light")
    scene.journal.record("channel_set", channel="ivr", health="up")
    assert "explanation is not out on x, facebook" in gates.shut(scene.desk, "light")


def test_cool_down_says_when_it_opens(opened: Scene) -> None:
    opened.at(60)
    opened.word("light", "x")
    opened.word("light", "facebook")
    opened.at(90)
    expected = "too soon: light went at 04:00, at least 2h apart; it opens at 06:00"
    assert gates.shut(opened.desk, "light_two") == (expected,)
    opened.at(60 + 119)
    assert gates.shut(opened.desk, "light_two") == (expected,)
    opened.at(60 + 120)
    assert gates.shut(opened.desk, "light_two") == ()


def test_a_message_on_many_channels_counts_once_and_does_not_shut_itself(opened: Scene) -> None:
    opened.at(60)
    opened.word("light", "x")
    opened.at(65)
    assert gates.shut(opened.desk, "light") == (), "facebook is part of the same sending"
    opened.word("light", "facebook")
    assert [post.channels for post in gates.posts(opened.desk, frozenset({"light"}))] == [{"x", "facebook"}]
    assert gates.shut(opened.desk, "light")[0].startswith("too soon"), "once more would be a second one"


def test_the_same_bytes_again_are_the_same_post_and_other_bytes_another(opened: Scene) -> None:
    opened.at(60)
    opened.word("light", "x")
    opened.at(200)
    opened.word("light", "x")
    assert len(gates.posts(opened.desk, frozenset({"light"}))) == 1
    opened.word("light", "x", "b")
    assert len(gates.posts(opened.desk, frozenset({"light"}))) == 2


def test_words_in_somebodys_hands_count(opened: Scene) -> None:
    opened.at(60)
    opened.journal.record("sending", rendering="light/x/pl@" + "a" * 16, rows=1)
    opened.journal.record(
        "handed", dispatch="d1", rendering="light/x/pl@" + "a" * 16, to="Jan", through="phone", back=""
    )
    assert gates.shut(opened.desk, "light_two")[0].startswith("too soon: light went at 04:00")


def test_the_cap_says_when_it_opens(opened: Scene) -> None:
    for minutes, message in ((60, "light"), (200, "light_two")):
        opened.at(minutes)
        opened.word(message, "x")
    opened.at(400)
    assert gates.shut(opened.desk, "light_two") == (
        "enough: 2 of at most 2 light messages are out in 24h; it opens at 04:00 on 2026-11-23",
    )
    opened.at(60 + 24 * 60)
    assert gates.shut(opened.desk, "light_two") == ()


def test_after_its_last_day_it_is_too_late(opened: Scene) -> None:
    opened.at(3 * 24 * 60)
    assert gates.shut(opened.desk, "light") == ()
    opened.at(3 * 24 * 60 + 1)
    assert gates.shut(opened.desk, "light") == ("too late: T+3d was 03:00",)


def test_a_cap_without_a_window_never_opens_again(tmp_path: Path) -> None:
    text = RUNBOOK.replace("{light: 2, within: 24h, until: T+3d, apart: 2h}", "{light: 1}")
    scene = Scene(tmp_path, text)
    scene.word("light_two", "x")
    assert "enough: 1 of at most 1 light messages are out" in gates.shut(scene.desk, "light")


def test_a_cap_nobody_can_read_stops_nobody(opened: Scene) -> None:
    opened.incident.runbook.gates["light_tone"].at_most["light"] = "two"
    opened.word("light_two", "x")
    opened.at(400)
    assert gates.shut(opened.desk, "light") == ()


def test_harmed_people_are_left_out(scene: Scene) -> None:
    assert gates.left_out(scene.desk, "light") == ("blocked",)
    assert gates.left_out(scene.desk, "light_two") == ()
    assert gates.left_out(scene.desk, "explanation") == ()
    assert gates.reached_anyway(scene.desk, "light", "facebook") == ("blocked",)
    assert gates.reached_anyway(scene.desk, "light", "x") == ()
    assert "everybody it is meant for is left out: blocked" in gates.shut(scene.desk, "light_three")
