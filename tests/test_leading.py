"""Handing the lead over, two people at two terminals, phases, going back: what the walk itself does."""

from __future__ import annotations

from pathlib import Path

import pytest

from crisiscli.incident.agenda import agenda, current
from crisiscli.journal import Journal
from crisiscli.screen import Line
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk import leading, phases, recording
from crisiscli.walk.news import News
from journeys import CODE, ME, Company
from scene import RUNBOOK, Scene

STEPS = RUNBOOK.replace(
    "      - {id: stop-sends, do: Stop it.}\n",
    """\
      - {id: stop-sends, do: Stop it., by: T+1m, answer: Queue length}
      - {id: freeze, do: Freeze it., by: T+5m}
  - id: settle
    title: Settle
    mode: do-confirm
    steps:
      - {id: look, do: Look., when: {is_attack: yes}}
      - {id: write, do: Write it down.}
""",
).replace(
    "facts:\n",
    "follow_ups:\n  - {id: thanks-all, at: T+1d, do: Thank everybody.}\nfacts:\n",
)


def lines(said: list[Line | str]) -> str:
    return "\n".join(line.text if isinstance(line, Line) else line for line in said)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path, STEPS)


def test_the_first_answer_wins_and_the_second_is_kept(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    first, terminal = scene.journal, Scripted({}, sys.stdout)
    second = Journal(first.store, first.code, first.clock, first.store.person("Ewa"))
    assert recording.record(second, terminal, "stop-sends", "step_answered", value="queue 0", how="confirmed")
    assert not recording.record(first, terminal, "stop-sends", "step_answered", value="queue 7", how="confirmed")
    said = capsys.readouterr().out
    assert "by Ewa: queue 0" in said
    assert first.incident.step("stop-sends").value == "queue 0"
    notes = [event.data["text"] for event in first.store.events(first.code) if event.kind == "noted"]
    assert notes == ["stop-sends, said second: queue 7"]


def test_an_answer_given_while_another_writes_is_never_lost(scene: Scene) -> None:
    """The check and the write are one: between them nobody else can get in."""
    journal = scene.journal
    other = Journal(journal.store, journal.code, journal.clock, journal.store.person("Ewa"))
    tried: list[int] = []

    def holds(incident: object) -> bool:
        if not tried:
            other.record("noted", text="came in between")
        tried.append(1)
        return True

    event = journal.record_while(holds, "noted", text="mine")
    assert event is not None
    assert len(tried) == 2, "the write must be tried again when somebody came in between"
    assert journal.incident.seq == event.seq


def test_back_reopens_the_step_that_was_walked_last(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    journal = scene.journal
    assert recording.before(journal) == ""
    journal.record("step_answered", step="stop-sends", value="0", how="confirmed")
    scene.at(1)
    journal.record("step_skipped", step="freeze", reason="nothing runs")
    assert recording.step_back(journal, Scripted({}, sys.stdout)) == "freeze"
    assert journal.incident.step("freeze").state == "open"
    kinds = [event.kind for event in journal.store.events(journal.code)]
    assert kinds[-2:] == ["step_skipped", "step_reopened"], "the old answer stays in the record"


def test_a_phase_says_how_it_is_used_and_what_it_leaves(scene: Scene) -> None:
    journal = scene.journal
    items = {item.step.id: item for item in agenda(journal.incident)}
    assert "READ-DO" in lines(phases.begins(journal, items["stop-sends"]))
    confirm = lines(phases.begins(journal, items["write"]))
    assert "DO-CONFIRM" in confirm
    assert "look" in confirm and "write" in confirm
    assert phases.ended(journal, "Stop").text.endswith("complete except stop-sends, freeze.")
    for name in ("stop-sends", "freeze"):
        journal.record("step_answered", step=name, value="done", how="confirmed")
    assert phases.ended(journal, "Stop").text.endswith("Stop: complete.")


def test_a_follow_up_rests_until_its_day(scene: Scene) -> None:
    journal = scene.journal
    for name in ("stop-sends", "freeze", "look", "write"):
        journal.record("step_answered", step=name, value="done", how="confirmed")
    assert current(agenda(journal.incident), journal.now()) is None
    scene.at(24 * 60 + 1)
    item = current(agenda(journal.incident), journal.now())
    assert item is not None
    assert item.step.id == "thanks-all"
    assert item.late(journal.now()) is None, "it is due, and not late at once"
    scene.at(27 * 60 + 1)
    assert item.late(journal.now())


def test_news_is_told_once(scene: Scene) -> None:
    journal = scene.journal
    news = News(scene.desk)
    scene.at(70 / 60)
    first = [line.text for line in news.lines()]
    assert [text for text in first if text.startswith("! OVERDUE  stop-sends")]
    assert news.lines() == []
    other = Journal(journal.store, journal.code, journal.clock, journal.store.person("Ewa"))
    other.record("fact_set", name="data_exposed", value="no", status="reported", source="Ewa")
    assert [line.text for line in news.lines()] == [
        f"{journal.now().astimezone(scene.desk.zone):%H:%M}  Ewa: fact data_exposed = no (reported, says Ewa)"
    ]


def test_a_clock_that_jumps_is_named(scene: Scene) -> None:
    news = News(scene.desk)
    scene.at(60)
    assert "1:00:00 went by without a look" in news.lines()[0].text
    scene.at(30)
    assert "went back by 30:00" in news.lines()[0].text


def test_the_packet_is_short_aloud_and_whole_in_the_file(scene: Scene) -> None:
    journal, zone = scene.journal, scene.desk.zone
    journal.record("step_told", step="freeze", person=journal.person("Ewa"), back="2026-11-22T02:05:00.000Z")
    aloud = lines(leading.spoken(journal, zone))
    assert len(aloud.splitlines()) <= 12
    assert "freeze: Ewa" in aloud
    assert "nothing in public" in aloud
    whole = "\n".join(leading.packet(journal, zone, "Tomasz"))
    for wanted in ("## Open", "told: freeze", "## Promised", "## Said", "## Who holds what", "is_attack"):
        assert wanted in whole


def test_the_lead_is_handed_over_and_the_next_one_types(company: Company) -> None:
    company.open()
    refused = company.run("handover", "Tomasz Nowak")
    assert refused.code == 2
    assert "I hand you the lead" in refused.out
    assert company.status()["lead"] == ME, "nothing changes before they say so"
    done = company.run("handover", "Tomasz Nowak", "--accepted", "I have it", "--file", "packet.md")
    assert done.code == 0, done.all
    assert company.status()["lead"] == "Tomasz Nowak"
    assert "# Handover of" in (company.folder / "packet.md").read_text(encoding="utf-8")
    company.run("report", "-o", "r.md")
    assert "**Lead handed over**: Ann Nowak to Tomasz Nowak: I have it" in (company.folder / "r.md").read_text("utf-8")


def test_on_the_phone_and_on_the_screen(company: Company) -> None:
    company.open()
    with company.sit("resume", cols=80, rows=40) as lead:
        lead.sees("What now\\?")
        lead.pick("hand the lead over", "Who takes the lead")
        lead.types("Tomasz Nowak", "I hand you the lead of", "Where", "Does Tomasz Nowak have it")
        lead.press("enter", "Press one of the letters")
        lead.press("d", "Tomasz Nowak leads amber-heron now", "crisis resume amber-heron")
        lead.press("ctrl-c")
        lead.ends()
    assert company.status()["lead"] == "Tomasz Nowak"
    assert (company.folder / f"{CODE}-handover.md").exists()
