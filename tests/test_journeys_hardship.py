"""What hands and machines do to a terminal: a narrow one, a plain one, an old code page, sizes, pastes, leaving."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys import CRISIS
from journeys.night import CODE, STEP, Night, Seat, in_order

OUTBOX = {"provider": "outbox", "folder": "outbox"}
NOW = "holding: what now\\? .*\\[\\?\\] help"
PASTE = "żółw " * 2000
"""10 000 characters with letters of two bytes."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    night = Night(tmp_path_factory.mktemp("prepared") / "company", {"website": OUTBOX, "x": OUTBOX, "sms": OUTBOX})
    night.ready()
    return night.folder


@pytest.fixture
def night(prepared: Path, tmp_path: Path) -> Iterator[Night]:
    """Up to the first word. The outbox was pinned when it began, so copies of the company share it: it is emptied."""
    shutil.rmtree(prepared / "outbox", ignore_errors=True)
    shutil.copytree(prepared, tmp_path / "company")
    night = Night.found(tmp_path / "company")
    yield night
    assert night.run("verify").code == 0


@pytest.fixture
def outbox(prepared: Path) -> Path:
    return prepared / "outbox"


def untouched(night: Night, outbox: Path) -> None:
    """Nothing was approved, nothing answered, nothing sent."""
    board = night.status()
    assert board["said"] == board["handed"] == board["sending"] == board["unknown"] == []
    assert board["step"] == "first-word"
    assert not outbox.exists()


def sent_text(outbox: Path, channel: str) -> bytes:
    """The exact bytes that left for a channel."""
    (about,) = [path for path in outbox.rglob("*.json") if f'"{channel}"' in path.read_text(encoding="utf-8")]
    return about.with_suffix(".txt").read_bytes()


def test_sixty_columns_keep_the_clock_what_is_late_and_every_word(night: Night, outbox: Path) -> None:
    night.on(minutes=16)
    with night.seat(60, "resume") as lead:
        lead.sees(STEP)
        lead.wait("T\\+16:00 .*OVERDUE 1: first-word \\+1:00")
        assert lead.bar.startswith(f"LIVE {CODE} | T+16:00")
        lead.press("?", "This step:", STEP)
        lead.pick("overview", "Go to which step\\?", "back")
        in_order(lead.paper, "c 1 on-the-call confirmed", "c 4 same-channel", ". 5 first-word open", "OVERDUE 1:00")
        lead.press("0", STEP)
        lead.press("ctrl-c")
        assert lead.ends() == 130
    untouched(night, outbox)


def test_plain_from_the_first_key_to_sent_words_without_one_escape_byte(night: Night, outbox: Path) -> None:
    night.on(minutes=16)
    with night.seat(80, "resume", "--plain") as lead:
        lead.sees("OVERDUE by 1:00", "d = see the words, get the yes, send", "Type a letter and press Enter:")
        lead.types("time", f"LIVE {CODE} \\| T\\+16:00 \\| 5/8 \\| OVERDUE 1: first-word", "press Enter:")
        lead.types("", "Type one of the letters", "press Enter:")
        lead.types("d", "Is this what we know\\?", "press Enter:")
        lead.types("g", "\\| Wiemy o dziwnej wiadomości", "a = approve", "not available: needs a yes", "press Enter:")
        lead.types("a", "Tag M", "2 = by phone", "press Enter:")
        (tag,) = set(re.findall(r"Tag (M\d-\w{4}) covers", lead.new))
        lead.types("2", "Who said yes\\?", ">$")
        lead.types("", "On which number", ">$")
        lead.types("", "Which tag", ">$")
        lead.types(tag, "Facts they leave open", ">$")
        lead.types("", "Approved: ", "Nothing has been sent", "press Enter:")
        lead.types("g", "These go out now", f"Type {CODE}, or press Enter to go back:")
        lead.types("", "Nothing has been sent", "press Enter:")
        lead.types("g", f"Type {CODE}, or press Enter to go back:")
        lead.types(CODE, "sent +holding/website/pl", "sent +holding/x/pl", "press Enter:")
        lead.press("ctrl-d", "Everything up to here is saved")
        assert lead.ends() == 130
        assert b"\x1b" not in lead.raw
        assert lead.bells == 0
    assert "Napiszemy tutaj o 04:35." in sent_text(outbox, "x").decode()


def test_an_old_code_page_shows_what_it_can_and_sends_what_was_written(night: Night, outbox: Path) -> None:
    with night.seat(80, "send", "holding", PYTHONIOENCODING="cp1252") as lead:
        lead.sees("Is this what we know", "\\[b\\] back")
        lead.press("g", NOW)
        shown = lead.raw.decode("cp1252")
        assert "wiadomości" not in shown
        assert "wiadomo?ci" in shown or "\\u015b" in shown, "what the screen has no letter for is replaced visibly"
        lead.pick("approve: record a yes", "How is the yes given", "\\[b\\] back")
        (tag,) = set(re.findall(r"Tag (M\d-\w{4}) covers", lead.new))
        lead.pick("by phone", "Who said yes")
        lead.types("", "On which number")
        lead.types("", "Which tag")
        lead.types(tag, "Facts they leave open")
        lead.types("", "Approved", NOW)
        lead.pick("go to sending", f"Type {CODE}")
        lead.types(CODE, "sent +holding/website/pl", "sent +holding/x/pl", "(hand it over|goes by hand)")
        lead.press("ctrl-c")
        assert lead.ends() == 130
    words = "Wiemy o dziwnej wiadomości z naszej aplikacji. Napiszemy tutaj o 04:35."
    assert sent_text(outbox, "x") == words.encode("utf-8")


def test_a_window_that_changes_its_size_under_a_menu_a_list_and_the_editor(night: Night, outbox: Path) -> None:
    night.on(minutes=6)
    with night.seat(80, "resume", rows=40) as lead:
        lead.sees(STEP)
        for cols in (40, 20, 100):
            lead.resize(cols, 40)
            lead.wait("T\\+06:00")
            lead.wait("\\[q\\] pause")
        lead.pick("tick several", "What is done already")
        for cols in (40, 20, 100):
            lead.resize(cols, 40)
            lead.wait("T\\+06:00")
            lead.wait("ticked")
        lead.press("enter", STEP)
        lead.press("d", "Is this what we know", "\\[b\\] back")
        lead.press("g", NOW)
        lead.pick("edit a text", "Edit which text", "back")
        lead.pick("holding/x/pl", "Ctrl-S")
        lead.keys(" Koniec.")
        for cols in (40, 20, 100):
            lead.resize(cols, 40)
            lead.wait("T\\+06:00")
            lead.wait("Ctrl-S")
        lead.wait("o 04:35. Koniec\\.")
        lead.press("ctrl-s", "\\| .*04:35. Koniec\\.", NOW)
        lead.press("ctrl-c")
        assert lead.ends() == 130
        assert "Traceback" not in lead.paper
    untouched(night, outbox)


def test_ten_kilobytes_pasted_into_a_menu_a_line_and_the_editor(night: Night, outbox: Path) -> None:
    """A menu takes none of it; a line and the editor take it as it is, in one piece, and nothing is pressed by it."""
    with night.seat(80, "resume", rows=40) as lead:
        lead.sees(STEP)
        lead.paste(PASTE)
        lead.wait("Pasted text was not used")
        lead.burst("dqx" * 3000)
        lead.wait("Several keys arrived at once")
        lead.pick("note", "Note:")
        lead.paste(PASTE.replace(" żółw", "\nżółw", 1))
        lead.wait("żółw żółw")
        lead.press("enter", "Noted", STEP)
        lead.press("d", "Is this what we know", "\\[b\\] back")
        lead.press("g", NOW)
        lead.pick("edit a text", "Edit which text", "back")
        lead.pick("holding/x/pl", "Ctrl-S")
        lead.paste(PASTE)
        lead.wait("OVER by")
        lead.press("esc")
        lead.press("esc", NOW)
        lead.press("ctrl-c")
        assert lead.ends() == 130
    assert night.run("report", "-o", "-").out.count("żółw") == 2000
    untouched(night, outbox)


def test_put_aside_with_ctrl_z_the_same_question_comes_back(night: Night, outbox: Path) -> None:
    shell = ["/bin/bash", "--norc", "--noprofile", "-i"]
    env = night.environment(PS1="shell> ", HISTFILE="")
    with Seat(shell, cols=80, rows=24, env=env, cwd=night.folder) as lead:
        lead.sees("shell>")
        lead.types(f"{CRISIS} resume", STEP)
        lead.press("\x1a", "Stopped", "shell>")
        night.on(minutes=3)
        lead.types("fg", "What now\\?", "help")
        lead.wait("3:00 went by without a look. The clock kept running.")
        lead.pick("note", "Note:")
        lead.keys("half a")
        lead.press("\x1a", "Stopped", "shell>")
        lead.types("fg", "> half a")
        lead.types(" note", "Note -> half a note", STEP)
        lead.press("ctrl-d", "Everything up to here is saved", "shell>")
        lead.types("echo ended $?", "ended 130")
        lead.types("exit")
        lead.ends()
    untouched(night, outbox)
