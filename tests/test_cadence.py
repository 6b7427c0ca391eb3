"""When the world must hear from us next, the longest silence, and the deadlines others set."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crisiscli.incident import stamp
from crisiscli.incident.cadence import next_word
from crisiscli.incident.duties import Duty, duties
from scene import RUNBOOK, T0, Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path, RUNBOOK)


def minutes(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds() / 60


def after(scene: Scene, moment: float) -> tuple[float | None, float | None]:
    """When the next word is due, and how late it is, in minutes from T0."""
    found = next_word(scene.incident, scene.at(moment))
    return minutes(found.due - T0 if found.due else None), minutes(found.late)


def test_before_the_first_word_its_target_rules(scene: Scene) -> None:
    assert after(scene, 10) == (15, None)
    assert after(scene, 18) == (15, 3)
    assert minutes(next_word(scene.incident, scene.at(18)).silence) == 18


def test_our_own_people_are_not_the_world(scene: Scene) -> None:
    scene.at(5)
    scene.word("brief", "intranet", public=False)
    assert after(scene, 10) == (15, None)


def test_early_words_come_every_half_hour_and_later_ones_every_hour(scene: Scene) -> None:
    scene.at(10)
    scene.word("holding", "x")
    assert after(scene, 12) == (40, None)
    assert after(scene, 45) == (40, 5)
    assert after(scene, 130) == (40, 90), "a deadline that passed does not come back when the first hours are over"
    scene.at(119)
    scene.word("holding", "x", "b")
    assert after(scene, 125) == (149, None)
    scene.at(120)
    scene.word("holding", "x", "c")
    assert after(scene, 125) == (180, None)


def test_words_said_outside_the_program_count(scene: Scene) -> None:
    scene.at(3)
    scene.journal.record("said", text="We know", channel="x", at=stamp(scene.at(2)), by="", proof="", public=True)
    assert after(scene, 3) == (32, None)


def test_after_the_all_clear_none_is_owed(scene: Scene) -> None:
    scene.at(10)
    scene.word("holding", "x")
    scene.at(50)
    scene.word("all_clear", "x")
    found = next_word(scene.incident, scene.at(500))
    assert (found.due, found.late, found.silence) == (None, None, None)
    assert minutes(found.longest) == 40
    assert found.longest_from == T0 + timedelta(minutes=10)


def test_the_longest_silence_counts_the_one_before_the_first_word_and_the_present_one(scene: Scene) -> None:
    scene.at(25)
    scene.word("holding", "x")
    assert minutes(next_word(scene.incident, scene.at(30)).longest) == 25
    assert minutes(next_word(scene.incident, scene.at(90)).longest) == 65


def test_an_armed_or_ended_incident_owes_none(scene: Scene) -> None:
    scene.incident.armed = True
    assert next_word(scene.incident, scene.at(90)).due is None
    scene.incident.armed = False
    scene.at(60)
    scene.journal.record("ended", completeness="complete", reason="over")
    found = next_word(scene.incident, scene.at(900))
    assert found.due is None
    assert minutes(found.longest) == 60


def test_a_runbook_with_nothing_to_say_in_public_owes_none(tmp_path: Path) -> None:
    head, _, _ = RUNBOOK.partition("  holding:\n")
    scene = Scene(tmp_path, head + "targets: {first_word: 15m}\n")
    assert next_word(scene.incident, scene.at(90)).data() == {
        "due": None, "silence_seconds": None, "late_seconds": None, "longest_seconds": None, "longest_from": None,
        "allowed_seconds": None,
    }  # fmt: skip


def duty(scene: Scene, name: str, at: float) -> Duty:
    return {found.name: found for found in duties(scene.incident, scene.at(at))}[name]


def test_an_unset_anchor_is_not_started(scene: Scene) -> None:
    found = duty(scene, "gdpr_33", 10)
    assert (found.state, found.due, found.in_time) == ("not_started", None, None)
    assert found.data()["state"] == "not_started"
    assert duty(scene, "nis2", 10).started == scene.incident.learned
    scene.incident.armed = True
    assert duty(scene, "nis2", 10).state == "not_started"


def test_a_clock_starts_when_its_condition_began_to_hold_and_not_when_it_was_said_again(scene: Scene) -> None:
    scene.at(10)
    scene.fact("data_exposed", "yes")
    scene.at(50)
    scene.fact("data_exposed", "yes", "confirmed", "Legal")
    found = duty(scene, "gdpr_33", 60)
    assert found.started == T0 + timedelta(minutes=10)
    assert found.due == T0 + timedelta(minutes=10, hours=72)
    assert found.state == "running"


def test_a_quarrel_does_not_move_the_deadline_and_taking_it_back_stops_the_clock(scene: Scene) -> None:
    scene.at(10)
    scene.fact("data_exposed", "yes")
    scene.at(20)
    scene.fact("data_exposed", "no", source="Ola")
    assert scene.incident.fact("data_exposed").status == "disputed"
    assert duty(scene, "gdpr_33", 25).started == T0 + timedelta(minutes=10)
    scene.at(30)
    scene.fact("data_exposed", "yes", "confirmed")
    assert duty(scene, "gdpr_33", 35).started == T0 + timedelta(minutes=10)
    scene.at(40)
    scene.fact("data_exposed", "no", "confirmed")
    assert duty(scene, "gdpr_33", 45).state == "not_started"
    scene.at(50)
    scene.fact("data_exposed", "yes", "confirmed")
    assert duty(scene, "gdpr_33", 55).started == T0 + timedelta(minutes=50)


def test_a_time_fact_is_an_anchor_by_its_value(scene: Scene) -> None:
    assert duty(scene, "intermediate", 5).state == "not_started"
    sent = T0 - timedelta(hours=5)
    scene.fact("first_report", sent.isoformat())
    assert duty(scene, "intermediate", 5).due == sent + timedelta(hours=72)


def test_told_stops_the_clock(scene: Scene) -> None:
    scene.at(10)
    scene.fact("data_exposed", "yes")
    assert duty(scene, "gdpr_33", 73 * 60).state == "overdue"
    scene.fact("authority_told", (T0 + timedelta(hours=70)).isoformat())
    found = duty(scene, "gdpr_33", 73 * 60)
    assert (found.state, found.in_time) == ("told", True)
    scene.fact("authority_told", (T0 + timedelta(hours=72, minutes=30)).isoformat(), "confirmed")
    found = duty(scene, "gdpr_33", 74 * 60)
    assert (found.state, found.in_time) == ("told", False)
    assert "compliant" not in str(found.data())


def test_a_time_that_has_not_come_yet_tells_nobody(scene: Scene) -> None:
    scene.fact("data_exposed", "yes")
    scene.fact("authority_told", (T0 + timedelta(hours=3)).isoformat())
    assert duty(scene, "gdpr_33", 60).state == "running"
    assert duty(scene, "gdpr_33", 181).state == "told"
