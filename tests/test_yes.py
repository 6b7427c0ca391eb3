"""The yes: up the ladder when nobody answers, with a change, in advance, from an own terminal, with broken glass."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from crew import BOOK, CODE, PEOPLE, Crew, kinds, known, nothing_recorded, person, words
from crisiscli.dispatch import Desk, Yes, approve
from crisiscli.dispatch.ahead import ahead_tag, approve_ahead, open_facts
from crisiscli.dispatch.approving import approve_changed, in_advance, mandate
from crisiscli.dispatch.changing import alike, changed
from crisiscli.errors import AnswerNeeded, Refused
from crisiscli.terminal.scripted import Scripted
from crisiscli.walk import yes
from crisiscli.walk.ladder import check_backs, no_answer
from journeys import ME, Company

CHANGE = "Wiemy o tym. Napiszemy o 05:00."


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(tmp_path)


@pytest.fixture
def desk(crew: Crew) -> Desk:
    found = crew.open()
    known(crew, found)
    return found


def ask(desk: Desk, *lines: str) -> str:
    """Asks for the yes to the holding; what the screen said."""
    terminal, out = person(*lines)
    yes.ask_for(desk, terminal, words(desk))
    return out.getvalue()


def yeses(desk: Desk) -> set[tuple[str, str, str]]:
    """Whose yes for which role, and how."""
    found = desk.journal.store.approvals(CODE)
    return {(desk.journal.name(one.person), one.role, one.how) for one in found}


def tag(desk: Desk) -> str:
    return desk.tag(words(desk))


def test_by_phone_the_one_on_duty_is_offered_with_number_and_time(desk: Desk) -> None:
    desk.journal.give("legal", "Dana Ionescu")
    said = ask(desk, "2", "", "", tag(desk).lower().replace("-", " "), "next_update")
    assert "Yes of: Legal (Dana Ionescu)\n> Dana Ionescu, +40 721 000 111, on until 06:00\n" in said
    assert "Enter alone = Dana Ionescu" in said
    assert "Enter alone = +40 721 000 111, 03:08" in said
    assert "Nothing has been sent" in said
    assert yeses(desk) == {("Dana Ionescu", "legal", "phone")}
    assert desk.journal.store.approvals(CODE)[0].detail == "+40 721 000 111, 03:08"
    assert all(text.ready for text in words(desk))


def test_nobody_answers_the_deputys_deputy_says_yes(desk: Desk) -> None:
    """Dana holds it: Ewa's yes counts when Dana was called in vain, Jan's when Ewa was too."""
    desk.journal.give("legal", "Dana Ionescu")
    for who in ("Jan Lis", "Ewa Kos"):
        with pytest.raises(Refused, match=r"legal is held by Dana Ionescu, \+40 721 000 111, on until 06:00, not by"):
            approve(desk, words(desk), Yes(who, "phone", ("legal",), tag=tag(desk)))
    said = ask(desk, "z", "z", "2", "", "", tag(desk), "")
    assert said.count("did not answer for legal") == 2
    assert "> Jan Lis (IT), on until 00:00" in said
    assert yeses(desk) == {("Jan Lis", "legal", "phone")}
    assert desk.journal.name(desk.journal.incident.roles["legal"]) == "Dana Ionescu"
    assert all(text.ready for text in words(desk))


def test_whoever_answers_is_not_called_again(crew: Crew, desk: Desk) -> None:
    desk.journal.give("legal", "Dana Ionescu")
    ask(desk, "z", "2", "Dana Ionescu", "", tag(desk), "")
    crew.watch.on(minutes=6)
    assert check_backs(desk.journal.incident, desk.journal.now()) == []


def test_when_everybody_was_called_it_says_what_may_still_go(desk: Desk) -> None:
    said = ask(desk, "z", "z", "z", "z", "b")
    assert "Everybody was called and nobody answered" in said
    assert "these words are not: nobody approved these words in advance" in said
    assert "breaks the glass (7)" in said
    assert yeses(desk) == set()


def test_a_deputy_takes_no_role_and_somebody_named_by_phone_does(desk: Desk) -> None:
    approve(desk, words(desk), Yes("Iga Mak", "phone", ("legal",), tag=tag(desk)))
    assert desk.journal.name(desk.journal.incident.roles["legal"]) == "Iga Mak"


def test_the_lead_breaks_the_glass_with_a_reason_that_is_loud(desk: Desk) -> None:
    desk.journal.give("legal", "Dana Ionescu")
    no_answer(desk, person()[0], "legal")
    said = ask(desk, "7", "please", "Dana and Ewa were called, the branch opens at six")
    assert "BREAK THE GLASS: you approve in the place of Legal (Dana Ionescu, +40 721 000 111" in said
    assert "Called: 1 try, last 03:08 no answer. The report shows this yes" in said
    assert "Ewa Kos was not called yet: +48 555 000 103, on, 24/7" in said
    assert "A reason has at least 3 words" in said
    assert "GLASS BROKEN by Ann Nowak for legal" in said
    assert yeses(desk) == {("Ann Nowak", "legal", "break-glass")}
    (warned,) = desk.journal.incident.warnings
    assert (warned.about, warned.message) == ("break_glass", "holding")
    assert warned.what == "approved in the place of legal by the lead (legal: 1 try)"
    assert warned.reason.startswith("Dana and Ewa were called")
    assert all(text.ready for text in words(desk))


def test_glass_is_broken_by_the_lead_alone_with_words_and_for_others(crew: Crew, desk: Desk) -> None:
    reason = "nobody answers the phone"
    desk.journal.give("legal", "Dana Ionescu")
    other = crew.desk("Ewa Kos")
    for where, who, detail, why in (
        (other, "Ewa Kos", reason, "Only the lead, Ann Nowak"),
        (other, "Ann Nowak", reason, "Only the lead, Ann Nowak"),
        (desk, "Ewa Kos", reason, "Only the lead, Ann Nowak"),
        (desk, "Ann Nowak", "quick", "needs a reason of some words"),
    ):
        with nothing_recorded(desk), pytest.raises(Refused, match=why):
            approve(where, words(where), Yes(who, "break-glass", ("legal",), detail=detail))
    desk.journal.give("legal", "Ann Nowak")
    with pytest.raises(Refused, match="needs no broken glass"):
        approve(desk, words(desk), Yes("Ann Nowak", "break-glass", ("legal",), detail=reason))
    assert desk.journal.incident.warnings == []


def test_going_back_from_the_glass_records_nothing(desk: Desk) -> None:
    desk.journal.give("legal", "Dana Ionescu")
    with nothing_recorded(desk):
        assert "Nothing was recorded" in ask(desk, "7", "")


def test_four_eyes_holds_behind_broken_glass_too(tmp_path: Path) -> None:
    crew = Crew(tmp_path, four_eyes="true")
    desk = crew.open()
    known(crew, desk)
    desk.journal.give("legal", "Dana Ionescu")
    desk.journal.record("edited", place="holding/in_app/pl", message="holding", title=None, body=CHANGE, was="")
    with pytest.raises(Refused, match="cannot be the one who approves them"):
        approve(desk, words(desk), Yes("Ann Nowak", "break-glass", ("legal",), detail="nobody answers the phone"))
    assert yeses(desk) == set()
    assert desk.journal.incident.warnings == []


def new_tag(desk: Desk, place: str = "holding/in_app/pl") -> str:
    return desk.tag(changed(desk, words(desk), [place], CHANGE))


def test_yes_with_this_change_is_one_action(desk: Desk) -> None:
    desk.journal.give("legal", "Dana Ionescu")
    old, new = tag(desk), new_tag(desk)
    said = ask(desk, "y", "2", CHANGE, "2", "", "", new)
    assert f"| {CHANGE}" in said
    assert f"The new tag is {new}. Tag {old} does not name these words" in said
    assert kinds(desk)[-2:] == ["edited", "approved"]
    fresh = {text.channel.id: text for text in words(desk)}
    assert fresh["in_app"].rendering is not None
    assert fresh["in_app"].rendering.text == CHANGE
    assert tag(desk) == new
    assert all(text.ready for text in fresh.values())


@pytest.mark.parametrize(
    "lines",
    [
        ("y", "b"),
        ("y", "2", ""),
        ("y", "2", CHANGE, "b"),
        ("y", "2", CHANGE, "2", "", "", "M0-2222", ""),
        ("y", "2", CHANGE, "2", "Ewa Kos", "", "TAG"),
        ("y", "2", CHANGE, "2", "", "", "OLD", ""),
    ],
)
def test_a_change_that_is_broken_off_leaves_no_edit(desk: Desk, lines: tuple[str, ...]) -> None:
    """Back, an empty edit, another tag, the old tag, or somebody who may not say yes."""
    desk.journal.give("legal", "Dana Ionescu")
    named = {"TAG": new_tag(desk), "OLD": tag(desk)}
    with nothing_recorded(desk):
        ask(desk, *(named.get(line, line) for line in lines))
    assert desk.journal.incident.edits == {}
    assert yeses(desk) == set()


def test_a_change_goes_to_every_place_with_the_same_words(tmp_path: Path) -> None:
    crew = Crew(
        tmp_path,
        book=BOOK.replace("      - in_app\n      - email\n    approve", "      - in_app\n      - push\n    approve"),
    )
    desk = crew.open()
    known(crew, desk)
    texts = words(desk)
    short = next(text for text in texts if text.channel.id == "in_app")
    assert [one.channel.id for one in alike(texts, short)] == ["in_app", "push"]
    after = changed(desk, texts, [one.place for one in alike(texts, short)], CHANGE)
    approve_changed(desk, texts, after, Yes("Dana Ionescu", "phone", ("legal",), tag=desk.tag(after)))
    assert set(desk.journal.incident.edits) == {"holding/in_app/pl", "holding/push/pl"}


def test_under_four_eyes_who_types_the_change_cannot_say_yes_to_it(tmp_path: Path) -> None:
    crew = Crew(tmp_path, four_eyes="true")
    desk = crew.open()
    known(crew, desk)
    after = changed(desk, words(desk), ["holding/in_app/pl"], CHANGE)
    with nothing_recorded(desk), pytest.raises(Refused, match="cannot be the one who approves them"):
        approve_changed(desk, words(desk), after, Yes(ME, "self", ("legal",)))
    approve_changed(desk, words(desk), after, Yes("Dana Ionescu", "phone", ("legal",), tag=desk.tag(after)))
    assert all(text.ready for text in words(desk))


def test_words_somebody_else_changed_meanwhile_take_no_change(crew: Crew, desk: Desk) -> None:
    texts = words(desk)
    after = changed(desk, texts, ["holding/in_app/pl"], CHANGE)
    crew.know(crew.desk("Ewa Kos"), cause="inna przyczyna")
    with nothing_recorded(desk), pytest.raises(Refused, match="The words changed while"):
        approve_changed(desk, texts, after, Yes(ME, "self", ("legal",)))


SEALED = BOOK.replace(
    "    approve:\n      - legal\n",
    "    approve:\n      - legal\n    pre_approved:\n      by: dana\n      on: 2026-11-01\n      until: 2027-05-01\n"
    "      may_vary:\n        - next_update\n        - cause\n",
)


def test_approved_in_advance_is_one_key_and_an_edit_names_whom_to_ask(tmp_path: Path) -> None:
    crew = Crew(tmp_path, book=SEALED)
    desk = crew.open()
    known(crew, desk)
    desk.journal.record("edited", place="holding/in_app/pl", message="holding", title=None, body=CHANGE, was="")
    said = ask(desk, "5", "b")
    assert "the words were edited; ask Dana Ionescu, +40 721 000 111, on until 06:00" in said
    assert yeses(desk) == set()
    desk.journal.record("edit_dropped", place="holding/in_app/pl")
    said = ask(desk, "5")
    assert "approved in advance by Dana Ionescu" in said
    assert yeses(desk) == {("Dana Ionescu", "legal", "in advance")}


def test_a_mandate_covers_nothing_that_other_conditions_changed(tmp_path: Path) -> None:
    """The facts are the same, but a decision brought a sentence the approver never saw."""
    more = "          - extra: I jeszcze jedno.\n            when: {decided: same-channel, is: now}\n"
    crew = Crew(tmp_path, book=BOOK.rstrip("\n") + "\n" + more)
    desk = crew.open()
    texts = known(crew, desk)
    approve(desk, texts, Yes("Dana Ionescu", "phone", ("legal",), tag=tag(desk), may_vary=("next_update",)))
    crew.know(desk, next_update="2026-11-22T05:00:00.000Z")
    assert mandate(desk, words(desk))[1] == ("legal",)
    desk.journal.record("decided", step="same-channel", option="now", why="", facts={})
    assert mandate(desk, words(desk)) == ("", ())


def test_the_mandate_is_the_leads(crew: Crew, desk: Desk) -> None:
    approve(desk, words(desk), Yes("Dana Ionescu", "phone", ("legal",), tag=tag(desk), may_vary=("next_update",)))
    crew.know(desk, next_update="2026-11-22T05:00:00.000Z")
    other = crew.desk("Jan Lis")
    with pytest.raises(Refused, match="filled by the lead, Ann Nowak"):
        approve(other, words(other), Yes("Jan Lis", "mandate"))
    assert "under Dana Ionescu's yes" in ask(desk, "6")
    assert ("Ann Nowak", "legal", "mandate") in yeses(desk)


def test_a_terminal_of_ones_own(crew: Crew, desk: Desk) -> None:
    """Dana may hold legal, so her own yes takes it; Iga may not, and nobody says yes in another's name."""
    iga = crew.desk("Iga Mak")
    with pytest.raises(Refused, match=r"people\.yaml names Dana Ionescu, Radu Marin for legal, not Iga Mak"):
        approve(iga, words(iga), Yes("Iga Mak", "terminal", ("legal",), tag=tag(iga)))
    with pytest.raises(Refused, match="Dana Ionescu is not the one who types here"):
        approve(desk, words(desk), Yes("Dana Ionescu", "terminal", ("legal",), tag=tag(desk)))
    dana = crew.desk("Dana Ionescu")
    said = ask(dana, "1")
    assert "legal: Dana Ionescu holds it now" in said
    assert yeses(desk) == {("Dana Ionescu", "legal", "terminal")}


def armed(tmp_path: Path) -> tuple[Crew, Desk]:
    crew = Crew(tmp_path)
    desk = crew.open(armed_until=crew.watch.at)
    desk.journal.record("stood_by", role="legal", person=desk.journal.person("Dana Ionescu"))
    return crew, desk


def begin(crew: Crew, desk: Desk) -> None:
    now = crew.watch.now().isoformat()
    desk.journal.record("begun", t0=now, learned=now)


def test_a_yes_ahead_covers_the_words_when_it_begins(tmp_path: Path) -> None:
    crew, desk = armed(tmp_path)
    assert set(open_facts(desk, "holding")) == {"cause", "next_update"}
    name = ahead_tag(desk, "holding")
    found = approve_ahead(
        desk, "holding", Yes("Dana Ionescu", "phone", tag=name, detail="22:10"), ["cause", "next_update"]
    )
    assert (found.tag, found.roles, found.how) == (name, ("legal",), "phone")
    begin(crew, desk)
    texts = known(crew, desk)
    assert in_advance(desk, texts) == ("Dana Ionescu", "")
    ask(desk, "5")
    assert yeses(desk) == {("Dana Ionescu", "legal", "in advance")}
    assert desk.journal.store.approvals(CODE)[0].detail == f"while it was armed, tag {name}"
    assert all(text.ready for text in words(desk))


@pytest.mark.parametrize(
    ("left", "edit", "why"),
    [
        (["next_update"], False, "Dana Ionescu left next_update open, not cause; ask Dana Ionescu, +40 721 000 111"),
        (["cause", "next_update"], True, "the words were edited; ask Dana Ionescu"),
    ],
)
def test_a_yes_ahead_covers_only_the_runbooks_words_and_what_it_left_open(
    tmp_path: Path, left: list[str], edit: bool, why: str
) -> None:
    crew, desk = armed(tmp_path)
    approve_ahead(desk, "holding", Yes("Dana Ionescu", "phone", tag=ahead_tag(desk, "holding")), left)
    begin(crew, desk)
    known(crew, desk)
    if edit:
        desk.journal.record("edited", place="holding/in_app/pl", message="holding", title=None, body=CHANGE, was="")
    seal, why_not = in_advance(desk, words(desk))
    assert seal == ""
    assert why_not.startswith(why)
    with pytest.raises(Refused, match="No approval given in advance"):
        approve(desk, words(desk), Yes("Dana Ionescu", "in advance"))


def test_a_yes_ahead_wants_the_tag_the_right_person_and_an_armed_incident(tmp_path: Path) -> None:
    crew, desk = armed(tmp_path)
    name = ahead_tag(desk, "holding")
    for said, vary, why in (
        (Yes("Dana Ionescu", "phone", tag="M0-2222"), [], "is not the tag of these words"),
        (Yes("Dana Ionescu", "phone"), [], "No tag is not the tag"),
        (Yes("Iga Mak", "phone", ("legal",), tag=name), [], "legal is held by Dana Ionescu"),
        (Yes("Dana Ionescu", "break-glass", tag=name, detail="one two three"), [], "no way to say yes ahead"),
        (Yes("Dana Ionescu", "phone", tag=name), ["nothing"], "There is no fact nothing"),
    ):
        with nothing_recorded(desk), pytest.raises(Refused, match=re.escape(why)):
            approve_ahead(desk, "holding", said, vary)
    begin(crew, desk)
    with pytest.raises(Refused, match="only while an incident is armed"):
        approve_ahead(desk, "holding", Yes("Dana Ionescu", "phone", tag=name), [])


def test_broken_glass_in_an_answers_file_needs_its_own_reason(desk: Desk) -> None:
    desk.journal.give("legal", "Dana Ionescu")
    texts = words(desk)
    given = {
        text.place: {"person": ME, "role": "legal", "how": "break-glass", "sha256": text.rendering.sha256}
        for text in texts
        if text.rendering
    }
    with pytest.raises(Refused, match="needs a reason"):
        yes.from_answers(desk, Scripted({"approve": given}, io.StringIO()), texts)
    for one in given.values():
        one["detail"] = "Dana was called twice"
    yes.from_answers(desk, Scripted({"approve": given}, io.StringIO()), texts)
    assert yeses(desk) == {(ME, "legal", "break-glass")}
    with pytest.raises(AnswerNeeded):
        yes.from_answers(desk, Scripted({}, io.StringIO()), _edited(desk))


def _edited(desk: Desk) -> list[yes.Text]:
    desk.journal.record("edited", place="holding/in_app/pl", message="holding", title=None, body=CHANGE, was="")
    return words(desk)


@pytest.fixture
def opened(company: Company) -> Company:
    company.write("people.yaml", PEOPLE)
    company.env["CRISIS_CLOCK"] = "2026-11-22T03:08:00+01:00"
    company.open_small(BOOK)
    return company


def test_headless_tries_then_broken_glass(opened: Company) -> None:
    first = opened.run("approve", "holding", "--no-answer", "legal", "--json")
    assert first.data == {
        "schema_version": 1,
        "role": "legal",
        "tries": "1 try, last 03:08 no answer",
        "next": {"name": "Ewa Kos", "role": "press", "reach": "+48 555 000 103, on, 24/7"},
    }
    assert "Call next: Jan Lis (IT), on until 00:00" in opened.run("approve", "holding", "--no-answer", "legal").out
    opened.run("approve", "holding", "--no-answer", "legal")
    last = opened.run("approve", "holding", "--no-answer", "legal")
    assert last.code == 1
    assert "Nobody is left for legal" in last.out
    assert opened.run("approve", "holding", "--no-answer", "chef").code == 4

    assert opened.run("resume", "--answers", str(opened.write("r.yaml", "roles: {legal: Dana Ionescu}"))).code == 2
    glass = ("approve", "holding", "--break-glass", "four people were called in vain", "--role", "legal")
    shown = opened.run(*glass)
    assert shown.code == 2
    assert '--break-glass "four people were called in vain" --tag ' in shown.err
    done = opened.run(*glass, "--tag", opened.tag())
    assert done.code == 0, done.all
    report = opened.run("report", "-o", "-").out
    assert "yes of Ann Nowak for legal: break-glass, four people were called in vain" in report
    assert "**Warned** `holding`: approved in the place of legal by the lead (legal: 4 tries)" in report
    assert opened.run(*glass, "--tag", opened.tag(), CRISIS_USER="Ewa Kos").code == 6


def test_headless_yes_with_a_change(opened: Company) -> None:
    opened.write("new.txt", CHANGE + "\n")
    change = ("approve", "holding", "--channel", "in_app", "--lang", "pl", "--change-file", "new.txt")
    shown = opened.run(*change)
    assert shown.code == 2
    assert CHANGE in shown.out
    (new,) = re.findall(r"^Tag (M\d-\w{4})$", shown.out, re.MULTILINE)
    assert f"--change-file new.txt --by NAME --how phone --tag {new}" in shown.err
    said = ("--by", "Dana Ionescu", "--how", "phone", "--role", "legal")
    assert opened.run(*change, *said, "--tag", opened.tag("holding", "--channel=in_app")).code == 6
    assert CHANGE not in opened.run("approve", "holding", "--channel=in_app").out
    done = opened.run(*change, *said, "--tag", new, "--json")
    assert done.code == 0, done.all
    assert [one["ready"] for one in done.data["approved"]] == [True]
    assert CHANGE in opened.run("approve", "holding", "--channel=in_app").out
    different = opened.run("approve", "holding", "--change-file", "new.txt", "--by", ME, "--tag", new)
    assert different.code == 2
    assert "not the same words" in different.err
    assert opened.run("approve", "holding", "--channel=in_app", "--change-file", "none.txt").code == 3


def test_an_own_terminal_is_recorded_as_one(opened: Company) -> None:
    tag_now = opened.tag()
    ended = opened.run("approve", "holding", "--by", "Dana Ionescu", "--tag", tag_now, CRISIS_USER="Dana Ionescu")
    assert ended.code == 0, ended.all
    assert "(terminal)" in ended.out
    refused = opened.run("approve", "holding", "--by", "Dana Ionescu", "--tag", tag_now)
    assert refused.code == 6
    assert "--how phone, reply or room" in refused.err


def test_up_the_ladder_at_eighty_columns(opened: Company) -> None:
    with opened.sit("approve", "holding", cols=80, rows=24) as lead:
        lead.sees("Yes of: Legal \\(nobody holds it", "> Dana Ionescu", "How is the yes given", "\\[b\\] back")
        lead.press("z", "Dana Ionescu did not answer", "> Ewa Kos \\(Press desk\\)", "How is the yes given")
        name = re.findall(r"Tag (M\d-\w{4}) covers", lead.new)[-1]
        lead.pick("by phone", "Who said yes")
        lead.types("", "On which number")
        lead.types("", "Which tag did they say")
        lead.types(name, "Facts they leave open")
        lead.types("", "Approved: holding/website/pl")
        assert lead.ends() == 0
    assert "by Ewa Kos for legal (phone, +48 555 000 103, 03:08)" in opened.run("report", "-o", "-").out
