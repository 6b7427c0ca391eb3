"""People at night: hours of duty, the call, who is tried and who is next, coming late."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crew import BOOK, CODE, PEOPLE, T0, Crew, kinds, person
from crisiscli.config import Person, load
from crisiscli.config.hours import WEEK, Span, duty, duty_text, merged, on_now, read_hours, uncovered, until
from crisiscli.dispatch import Desk
from crisiscli.dispatch.ladder import ladder, next_rung
from crisiscli.errors import UsageError
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk import calls, late
from crisiscli.walk.ladder import (
    check_back_lines,
    check_backs,
    holder_text,
    ladder_lines,
    no_answer,
    unclaimed,
    unclaimed_data,
    unclaimed_lines,
)
from journeys import Company

WARSAW = ZoneInfo("Europe/Warsaw")
SUNDAY_3AM = datetime(2026, 11, 22, 3, 0, tzinfo=WARSAW)


def with_hours(text: str) -> Person:
    return Person("x", "X", hours=text)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("24/7", ["the whole week"]),
        ("", ["the whole week"]),
        ("Sat 09:00-13:00", ["Sat 09:00 to Sat 13:00"]),
        ("mon 8-16", ["Mon 08:00 to Mon 16:00"]),
        ("Saturday 22:00-06:00", ["Sat 22:00 to Sun 06:00"]),
        ("Sun 22:00-06:00", ["Mon 00:00 to Mon 06:00", "Sun 22:00 to Mon 00:00"]),
        ("Fri-Mon 00:00-24:00", ["Mon 00:00 to Tue 00:00", "Fri 00:00 to Mon 00:00"]),
        ("Mon 08:00-12:00 11:00-15:00, Mon 15:00-16:00", ["Mon 08:00 to Mon 16:00"]),
        ("Mon Wed 08:00-09:00", ["Mon 08:00 to Mon 09:00", "Wed 08:00 to Wed 09:00"]),
    ],
)
def test_hours_as_people_write_them(text: str, spans: list[str]) -> None:
    assert [str(span) for span in read_hours(text)] == spans


@pytest.mark.parametrize(
    "text",
    ["nights", "Mon", "25:00-26:00", "08:61-09:00", "08:00-08:00", "Mon-Fry 8-9", "8-9 Mon", "8-9,", "24:00-06:00"],
)
def test_hours_nobody_can_read_say_how_to_write_them(text: str) -> None:
    with pytest.raises(ValueError, match="write it like"):
        read_hours(text)


def test_bad_hours_are_a_problem_with_their_place_and_the_person_is_called_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "crisis.yaml").write_text("people: people.yaml\n", encoding="utf-8")
    (tmp_path / "people.yaml").write_text("ann:\n  name: Ann\n  roles: [lead]\n  hours: nights\n", encoding="utf-8")
    config = load(tmp_path)
    (problem,) = config.problems
    assert (Path(problem.path).name, problem.span.line, problem.span.column) == ("people.yaml", 4, 10)
    assert "'nights' is not a day" in problem.what
    assert config.people["ann"].hours == ""
    assert config.gaps("lead") == ()


@pytest.mark.parametrize(
    ("hours", "moment", "said"),
    [
        ("22:00-06:00", SUNDAY_3AM, "on until 06:00"),
        ("Mon-Fri 08:00-18:00", SUNDAY_3AM, "off now: next on Mon 08:00"),
        ("Sat-Sun 00:00-24:00", SUNDAY_3AM, "on until 00:00"),
        ("Sat-Tue 00:00-24:00", SUNDAY_3AM, "on until Wed 00:00"),
        ("24/7", SUNDAY_3AM, "on, 24/7"),
        ("", SUNDAY_3AM, "hours not given"),
        ("Mon 08:00-09:00", SUNDAY_3AM + timedelta(days=2), "off now: next on Mon 08:00"),
        # the night the clocks go back: 03:30 comes after 02:30 twice, the wall clock settles it
        ("Sun 02:00-03:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "on until 03:00"),
    ],
)
def test_who_is_on_and_until_when(hours: str, moment: datetime, said: str) -> None:
    assert duty_text(with_hours(hours), moment, WARSAW) == said
    assert on_now(with_hours(hours), moment, WARSAW) == said.startswith(("on", "hours"))


def test_hours_follow_the_wall_clock_of_the_company() -> None:
    night = with_hours("22:00-06:00")
    moment = datetime(2026, 11, 22, 4, 59, tzinfo=UTC)
    assert on_now(night, moment, WARSAW)
    assert until(night, moment, WARSAW) == datetime(2026, 11, 22, 6, 0, tzinfo=WARSAW)
    assert not on_now(night, moment + timedelta(minutes=1), WARSAW)
    assert until(night, moment + timedelta(minutes=1), WARSAW) is None


@given(st.lists(st.tuples(st.integers(0, WEEK - 1), st.integers(1, WEEK)), max_size=8), st.integers(0, WEEK - 1))
def test_merged_spans_cover_exactly_what_the_parts_cover(parts: list[tuple[int, int]], minute: int) -> None:
    spans = [Span(start, start + length) for start, length in parts]
    whole = merged(spans)
    covered = any(a.start <= at < a.end for a in spans for at in (minute, minute + WEEK))
    assert any(span.start <= minute < span.end for span in whole) == covered
    assert all(a.end < b.start for a, b in pairwise(whole))


def test_gaps_of_a_role_are_found_before_the_crisis(tmp_path: Path) -> None:
    config = Crew(tmp_path).config
    assert config.gaps("press") == ()
    assert config.gaps("lead") == ()
    assert [str(gap) for gap in config.gaps("it")] == ["Mon 00:00 to Sat 00:00"]
    legal = [str(gap) for gap in config.gaps("legal")]
    assert legal[:2] == ["Mon 06:00 to Mon 08:00", "Mon 18:00 to Mon 22:00"]
    assert legal[-2:] == ["Sat 06:00 to Sat 22:00", "Sun 06:00 to Sun 22:00"]
    assert [str(gap) for gap in config.gaps("nobody")] == ["the whole week"]
    assert [str(gap) for gap in uncovered([with_hours("Mon-Fri 08:00-18:00")])][-1] == "Fri 18:00 to Mon 08:00"


def test_the_change_of_duty_is_exact_to_the_minute() -> None:
    for minute in range(0, 24 * 60, 7):
        moment = SUNDAY_3AM + timedelta(minutes=minute)
        found = duty(with_hours("Sun 09:00-13:00, Sun 14:00-15:00"), moment, WARSAW)
        assert found.change is not None
        for edge in (found.change - timedelta(minutes=1), found.change):
            on = on_now(with_hours("Sun 09:00-13:00, Sun 14:00-15:00"), edge, WARSAW)
            assert on == (found.on if edge < found.change else not found.on)


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(tmp_path)


@pytest.fixture
def desk(crew: Crew) -> Desk:
    return crew.open()


def names(desk: Desk, role: str) -> list[str]:
    return [rung.name for rung in ladder(desk, role)]


def test_the_ladder_goes_to_the_deputies_without_loops_and_wakes_people_last(desk: Desk) -> None:
    assert names(desk, "legal") == ["Dana Ionescu", "Ewa Kos", "Jan Lis", "Radu Marin"]
    assert holder_text(desk, "legal") == "nobody yet (Dana Ionescu, +40 721 000 111, on until 06:00)"
    desk.journal.give("legal", "Radu Marin")
    assert names(desk, "legal") == ["Radu Marin", "Dana Ionescu", "Ewa Kos", "Jan Lis"]
    assert holder_text(desk, "legal") == "Radu Marin, +40 721 000 112, off now: next on Mon 08:00"


def test_a_name_nobody_wrote_down_is_on_the_ladder_without_a_number(tmp_path: Path) -> None:
    desk = Crew(tmp_path, people="{}\n").open()
    assert ladder(desk, "legal") == []
    assert holder_text(desk, "legal") == "nobody yet, so you as lead"
    desk.journal.give("press", "Iga Mak")
    assert [(rung.name, rung.reach, rung.role) for rung in ladder(desk, "legal")] == [("Iga Mak", "", "press")]


def test_nobody_answers_and_the_ladder_is_climbed_to_its_end(crew: Crew, desk: Desk) -> None:
    terminal, out = person()
    assert no_answer(desk, terminal, "legal").name == "Ewa Kos"  # type: ignore[union-attr]  # None fails
    assert "Dana Ionescu did not answer for legal" in out.getvalue()
    assert (
        "Call next: Ewa Kos (Press desk), +48 555 000 103, on, 24/7. Their yes counts as the deputy's" in out.getvalue()
    )
    crew.watch.on(minutes=1)
    no_answer(desk, terminal, "legal")
    no_answer(desk, terminal, "legal")
    assert no_answer(desk, terminal, "legal") is None
    assert "Nobody is left on the ladder of legal" in out.getvalue()
    assert next_rung(desk, "legal") is None
    shown = [line if isinstance(line, str) else line.text for line in ladder_lines(desk, "legal")]
    assert shown[-1].startswith(
        "z Radu Marin, +40 721 000 112, off now: next on Mon 08:00, 1 try, last 03:09 no answer"
    )
    told = desk.journal.store.events(CODE)[-1].data
    assert set(told) == {"role", "person", "result", "back"}


def test_a_try_comes_back_after_five_minutes_until_somebody_answers(crew: Crew, desk: Desk) -> None:
    terminal, _ = person()
    no_answer(desk, terminal, "legal")
    incident = desk.journal.incident
    assert check_backs(incident, desk.journal.now()) == []
    crew.watch.on(minutes=5)
    (due,) = check_backs(incident, desk.journal.now())
    assert (due.role, desk.journal.name(due.person)) == ("legal", "Dana Ionescu")
    assert check_back_lines(desk, [due])[0].text.startswith(
        "! try again: Dana Ionescu, +40 721 000 111, on until 06:00"
    )
    desk.journal.give("legal", "Radu Marin")
    assert check_backs(incident, desk.journal.now()) == []


def test_roles_nobody_holds_stay_visible_with_whom_to_call(desk: Desk) -> None:
    assert unclaimed(desk.journal.incident) == ("legal", "press", "it")
    desk.journal.give("press", "Ewa Kos")
    no_answer(desk, person()[0], "legal")
    assert unclaimed(desk.journal.incident) == ("legal", "it")
    legal, _ = unclaimed_data(desk)
    assert (legal["title"], legal["call"], legal["tries"]) == ("Legal", "Ewa Kos", 1)
    shown = "\n".join(line.text for line in unclaimed_lines(desk))
    assert "Nobody yet for 2 roles" in shown
    assert "IT  Jan Lis, on until 00:00" in shown


def test_ticking_everybody_is_one_list_and_every_role_gets_its_name(desk: Desk) -> None:
    terminal, out = person("1 2 3 4 d")
    assert calls.call(desk, terminal, "call", ["lead", "legal", "press", "it"]) == ["lead", "legal", "press", "it"]
    said = out.getvalue()
    assert 'Say   "This is Ann Nowak. A small crisis, code name amber-heron.' in said
    assert "2 = Legal  Dana Ionescu, +40 721 000 111, on until 06:00" in said
    held = {role: desk.journal.name(who) for role, who in desk.journal.incident.roles.items()}
    assert held == {"legal": "Dana Ionescu", "press": "Ewa Kos", "it": "Jan Lis"}
    assert kinds(desk) == ["opened", "role_taken", "role_taken", "role_taken"]


def test_two_on_duty_are_the_only_reason_to_ask_who_came(tmp_path: Path) -> None:
    people = PEOPLE + 'ola: {name: Ola Wit, roles: [it], hours: "24/7"}\n'
    desk = Crew(tmp_path, people=people).open()
    terminal, out = person("1 d", "2")
    assert calls.call(desk, terminal, "call", ["it"]) == ["it"]
    assert "Who is on the call for IT?" in out.getvalue()
    assert desk.journal.name(desk.journal.incident.roles["it"]) == "Ola Wit"


def test_who_is_missing_is_one_key_each(crew: Crew, desk: Desk) -> None:
    """Legal: no answer, then the deputy takes it; press: a message; it: somebody else."""
    terminal, out = person("1 d", "z", "d", "t", "w", "Iga Mak")
    assert calls.call(desk, terminal, "call", ["lead", "legal", "press", "it"]) == ["lead", "legal", "it"]
    said = out.getvalue()
    assert "Not on the call: legal, press, it" in said
    assert "Legal: Dana Ionescu, +40 721 000 111, on until 06:00. What came of it?" in said
    assert "Legal: Ewa Kos (Press desk), +48 555 000 103, on, 24/7. What came of it?" in said
    held = {role: desk.journal.name(who) for role, who in desk.journal.incident.roles.items()}
    assert held == {"legal": "Ewa Kos", "it": "Iga Mak"}
    results = [(one.result, desk.journal.name(one.person)) for one in desk.journal.incident.tries["press"]]
    assert results == [("left a message", "Ewa Kos")]
    crew.watch.on(minutes=6)
    assert [one.role for one in check_backs(desk.journal.incident, desk.journal.now())] == ["press"]


def test_later_for_everybody_is_one_key_and_all_come_back(crew: Crew, desk: Desk) -> None:
    terminal, _ = person("d", "m")
    assert calls.call(desk, terminal, "call", ["legal", "press", "it"]) is None
    crew.watch.on(minutes=6)
    assert [one.role for one in check_backs(desk.journal.incident, desk.journal.now())] == ["legal", "press", "it"]
    assert next_rung(desk, "legal").name == "Dana Ionescu"  # type: ignore[union-attr]
    assert unclaimed_data(desk)[0]["tries"] == 0


def test_the_call_without_a_person_says_who_is_missing(desk: Desk) -> None:
    answers = {"steps": {"call": ["lead"]}, "missing": {"legal": "no answer", "press": {"took": "Iga Mak"}}}
    out = io.StringIO()
    assert calls.call(desk, Scripted(answers, out), "call", ["lead", "legal", "press", "it"]) == ["lead", "press"]
    assert [one.result for one in desk.journal.incident.tries["legal"]] == ["no answer"]
    assert [one.result for one in desk.journal.incident.tries["it"]] == ["not on the call"]
    with pytest.raises(UsageError, match=r"missing\.it cannot be 'gone'"):
        calls.call(
            desk, Scripted({"steps": {"call": ["lead"]}, "missing": {"it": "gone"}}, out), "call", ["lead", "it"]
        )


def test_a_role_is_given_from_a_list_that_says_who_is_on(desk: Desk) -> None:
    terminal, out = person("2", "1")
    calls.give_role(desk, terminal)
    assert "2 = Legal  nobody yet (Dana Ionescu, +40 721 000 111, on until 06:00)" in out.getvalue()
    assert desk.journal.name(desk.journal.incident.roles["legal"]) == "Dana Ionescu"
    terminal, out = person("2", "w", "Iga Mak")
    calls.give_role(desk, terminal)
    assert "2 = Legal  Dana Ionescu, +40 721 000 111, on until 06:00" in out.getvalue()
    assert desk.journal.name(desk.journal.incident.roles["legal"]) == "Iga Mak"


def steps_done(desk: Desk) -> dict[str, Any]:
    return {name: (record.value, record.at) for name, record in desk.journal.incident.steps.items()}


def test_coming_late_is_one_list_and_one_line_of_times(desk: Desk) -> None:
    assert late.comes_late(desk)
    terminal, out = person("1 2 d", "stop-sends 03:02", "1 d", "m")
    assert late.at_start(desk, terminal)
    said = out.getvalue()
    assert said.index("c stop-sends") < said.index("Who is on the call?"), "who was on the call that was made already"
    assert said.index("stop-sends: Stop the queue.  (due T+01:00)") < said.index("pin: Pin the post.")
    done = steps_done(desk)
    assert done["stop-sends"] == (late.DONE, T0 + timedelta(minutes=2))
    assert done["call"] == (late.DONE, desk.journal.now())
    assert not late.comes_late(desk)
    assert not late.at_start(desk, person()[0])


def test_times_are_optional_and_a_wrong_one_is_asked_again(desk: Desk) -> None:
    terminal, out = person("1 d", "pin 03:02", "stop-sends 02:10", "stop-sends 04:10", "stop-sends", "stop-sends x", "")
    assert late.caught_up(desk, terminal)
    for why in ("'pin' was not ticked", "is before T0 (03:00)", "has no time", "'x' is not a time"):
        assert why in out.getvalue(), why
    assert steps_done(desk)["stop-sends"] == (late.DONE, desk.journal.now())


@pytest.mark.parametrize(("minutes", "asked"), [(0, False), (2, False), (4, True)])
def test_a_list_is_worth_a_question_from_two_late_steps_on(crew: Crew, minutes: int, asked: bool) -> None:
    crew.watch.at = T0 + timedelta(minutes=minutes)
    assert late.comes_late(crew.open()) == asked


def test_done_already_from_the_answers_file(desk: Desk) -> None:
    out = io.StringIO()
    assert not late.at_start(desk, Scripted({}, out))
    assert late.at_start(desk, Scripted({"done": {"stop-sends": "03:02", "pin": True}}, out))
    assert steps_done(desk)["stop-sends"][1] == T0 + timedelta(minutes=2)
    assert not late.at_start(desk, Scripted({"done": {"stop-sends": "03:02", "pin": True}}, out))
    with pytest.raises(UsageError, match=r"done\.same-channel: no such step"):
        late.at_start(desk, Scripted({"done": ["same-channel"]}, out))
    with pytest.raises(UsageError, match="before T0"):
        late.at_start(desk, Scripted({"done": {"call": "02:00"}}, out))


def test_every_letter_keeps_its_meaning(desk: Desk) -> None:
    from crisiscli.screen import LETTERS
    from crisiscli.walk import missing, yes
    from crisiscli.walk.yes_changed import _ways

    texts = desk.drafts("holding")
    shown = [
        *missing._options(next_rung(desk, "legal"), 2),
        *yes._ways(desk, texts, "legal"),
        *_ways(desk, texts, "legal"),
    ]
    for option in shown:
        assert option.letter.isdigit() or option.letter in LETTERS, option
    meanings = {"z": "no answer", "y": "change", "b": "back", "l": "later", "w": "somebody else", "t": "told"}
    for option in shown:
        assert meanings.get(option.letter, option.value) == option.value


def test_a_call_in_a_real_terminal(company: Company) -> None:
    """80 columns, 24 rows: tick two, one does not answer, the deputy comes."""
    company.write("people.yaml", PEOPLE)
    company.write("book.yaml", BOOK)
    company.env["CRISIS_CLOCK"] = "2026-11-22T03:08:00+01:00"
    company.open(str(company.folder / "book.yaml"), "--at", "03:00")
    company.write("answers.yaml", "steps: {stop-sends: 0}")
    assert company.run("resume", "--answers", "answers.yaml").code == 2
    with company.sit("resume", cols=80, rows=24) as lead:
        lead.sees("What now")
        lead.pick("tick who is on the call", "Dana Ionescu", "Who is on the call|done \\(0 ticked\\)")
        lead.tick("Crisis lead", "Press desk", "IT")
        lead.press("enter", "press: Ewa Kos holds it now", "Not on the call: legal", "What came of it")
        lead.press("z", "Dana Ionescu did not answer", "Call next", "What came of it")
        lead.press("d", "legal: Ewa Kos holds it now")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    roles = company.status()["roles"]
    assert roles == {"press": "Ewa Kos", "it": "Jan Lis", "legal": "Ewa Kos"}
