"""Journeys of a person's fingers and eyes: small scripts in a real pty, judged by what is on the screen."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from term import CURSOR_QUERY, Term

START = """
import sys
from crisiscli.errors import CrisisError
from crisiscli.screen import Line, Option
from crisiscli.terminal import open_terminal, prepare_streams

prepare_streams()
MENU = [
    Option("a", "approve", "Approve this text"),
    Option("e", "edit", "Edit the text"),
    Option("p", "post", "Post it now", off="Legal has not approved it"),
]

def gate(name):
    with open(name) as fifo:
        fifo.read()

def main():
    t = open_terminal(plain=False, no_input=False, answers=None, color="auto")
    seconds = iter(range(10_000))
    t.attach(lambda: f"LIVE amber-heron | T+09:{next(seconds):02} | 5/11 | next due: statement | ? help", tuple)
BODY

try:
    main()
except CrisisError as error:
    print(" / ".join(error.lines()))
    sys.exit(error.exit_code)
"""


def script(body: str) -> list[str]:
    """A program that opens the terminal `t` and runs `body`; it leaves with the exit code of its error."""
    indented = "\n".join("    " + line for line in dedent(body).strip().splitlines())
    return [sys.executable, "-c", START.replace("BODY", indented)]


@pytest.fixture
def fifo(tmp_path: Path) -> Iterator[Path]:
    """A gate a script waits at until the test opens it."""
    path = tmp_path / "gate"
    os.mkfifo(path)
    yield path


def test_enter_chooses_nothing_and_a_letter_chooses() -> None:
    with Term(script("print('got', t.choose('k', 'Holding statement?', MENU))")) as person:
        person.wait(r"\[a\] Approve this text")
        person.burst("enter", "enter", "enter")
        person.wait("Several keys arrived at once")
        person.keys("enter", "enter", "enter")
        person.wait(r"Press one of the letters in \[brackets\]")
        person.keys("p")
        person.wait(r"Post it now cannot be chosen now: Legal has not approved it")
        person.keys("z")
        person.wait("z does nothing here")
        assert "got" not in person.text
        person.keys("A")
        person.wait("got approve")
        assert person.wait_end() == 0
        assert person.text.splitlines() == ["Holding statement? -> Approve this text", "got approve"]


@pytest.mark.parametrize("early", [["a"], ["a", "enter"], ["enter", "enter", "a", "a"]])
def test_keys_pressed_before_a_question_answer_nothing(fifo: Path, early: list[str]) -> None:
    body = f"""
    t.say("sending ...")
    gate({str(fifo)!r})
    print('first', t.choose('k', 'Send the next one?', MENU, default='approve'))
    t.say("sending more ...")
    gate({str(fifo)!r})
    print('second', t.ask('k', 'Who answered?'))
    """
    with Term(script(body)) as person:
        person.wait("sending")
        person.keys(*early)
        person.wait(r"\ba")
        fifo.write_text("go")
        person.wait(r"> \[a\] Approve")
        assert "at once" not in person.text
        person.keys("e")
        person.wait("first edit")
        person.wait("sending more")
        person.keys("junk", "enter")
        person.wait("junk")
        fifo.write_text("go")
        person.wait(r"Who answered\?\n>\n")
        person.keys("Dana", "enter")
        person.wait("second Dana")
        assert person.wait_end() == 0


def test_arrows_move_over_what_is_off_and_a_torn_arrow_chooses_nothing() -> None:
    with Term(script("print('got', t.choose('k', 'What now?', MENU))")) as person:
        person.wait(r"\[a\]")
        person.keys("[", "A")
        person.wait("Press the letter alone")
        person.keys("up")
        person.wait(r"> \[e\]")
        person.keys("down")
        person.wait(r"> \[a\]")
        assert person.style_at("Approve").bold
        person.keys("down", "enter")
        person.wait("got edit")


def test_a_paste_never_chooses_and_stays_one_line() -> None:
    body = """
    print('got', t.choose('k', 'What now?', MENU))
    print('text', repr(t.ask('k', 'What happened?')))
    print('sent', t.type_word('k', 'Send?', 'amber-heron'))
    """
    with Term(script(body)) as person:
        person.wait(r"\[a\]")
        person.paste("a\n")
        person.wait("Pasted text was not used")
        person.keys("e")
        person.wait("What happened")
        person.paste("Mails went out.\r\nThree of them.\n")
        person.wait("> Mails went out. Three of them.")
        person.paste("x" * 1_000_000)
        person.wait("1000000 characters, here fit 20000. Nothing was pasted")
        person.keys("enter")
        person.wait("text 'Mails went out. Three of them.'")
        person.wait("press Enter to go back")
        person.paste("amber-heron\n")
        person.wait("> amber-heron")
        assert "sent" not in person.text
        person.keys("enter")
        person.wait("sent True")


def test_resizing_redraws_and_nothing_is_lost() -> None:
    quote = "We are aware that some customers cannot log in. Our team is working on it."
    body = f"""
    t.say(Line({quote!r}, 'quote'))
    print('got', t.choose('k', 'A question long enough to be folded when the window is narrow?', MENU))
    """
    with Term(script(body)) as person:
        person.wait(r"\? help")
        assert all(line.startswith("| ") for line in person.text.splitlines()[:1])
        person.resize(40, 24)
        person.wait(r"T\+09:\d+ \| 5/11\s*$")
        person.wait(r"folded when\nthe window")
        person.resize(80, 24)
        person.wait(r"when the window is narrow\?\n")
        person.wait(r"next due: statement \| \? help")
        assert person.text.count("[a] Approve") == 1
        person.keys("a")
        person.wait("got approve")


@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d"])
def test_leaving_says_what_it_means(key: str) -> None:
    with Term(script("t.ask('k', 'Who answered?')")) as person:
        person.wait("Who answered")
        person.keys(key)
        assert person.wait_end() == 130
        assert "Nothing was sent by leaving. / Next: crisis resume" in person.flat


def test_leaving_a_menu_and_keeping_the_old_text() -> None:
    body = """
    print('kept', t.edit('k', 'Old words.', lambda text: f'{len(text)} of 280'))
    print('kept again', t.edit('k', 'Old words.', lambda text: f'{len(text)} of 280'))
    t.choose('k', 'What now?', MENU)
    """
    with Term(script(body)) as person:
        person.wait("10 of 280")
        person.keys("x", "ctrl-c")
        person.wait("kept None")
        person.wait("10 of 280")
        person.keys("y", "esc", "esc")
        person.wait("kept again None")
        person.wait(r"\[a\]")
        person.keys("ctrl-c")
        assert person.wait_end() == 130


@pytest.mark.parametrize("env", [{}, {"CRISIS_PLAIN": "1"}])
def test_a_closed_window_and_a_signal_leave_too(env: dict[str, str], tmp_path: Path) -> None:
    mark = tmp_path / "left"
    body = f"""
    import pathlib
    try:
        t.choose('k', 'What now?', MENU)
    except CrisisError as error:
        pathlib.Path({str(mark)!r}).write_text(error.what)
        raise
    """
    with Term(script(body), env=env) as person:
        person.wait("Approve this text")
        os.kill(person.child.pid, signal.SIGTERM)
        assert person.wait_end() == 130
    assert "told to stop" in mark.read_text()
    mark.unlink()
    with Term(script(body), env=env) as person:
        person.wait("Approve this text")
        os.close(person.child.child_fd)
        os.waitpid(person.child.pid, 0)
        person.child.closed = True
    assert "terminal" in mark.read_text()


@pytest.mark.parametrize("answers_cursor", [True, False])
def test_the_bar_ticks_and_asks_the_terminal_nothing(answers_cursor: bool) -> None:
    with Term(script("t.choose('k', 'What now?', MENU)"), answers_cursor=answers_cursor) as person:
        person.wait(r"LIVE amber-heron \| T\+09:00")
        person.wait(r"T\+09:02")
        assert person.style_at("LIVE").reverse
        assert CURSOR_QUERY not in person.raw
        assert b"CPR" not in person.raw
        assert b"\x1b[?1049h" not in person.raw


def test_news_comes_above_what_is_half_typed() -> None:
    body = """
    looks = iter([[], [], [Line('! OVERDUE  Call legal', 'late'), Line('Ewa: logs are here')]])
    t.attach(lambda: 'LIVE', lambda: next(looks, []))
    print('got', t.ask('k', 'Who answered?'))
    """
    with Term(script(body)) as person:
        person.wait("Who answered")
        person.keys("Dana Ion")
        person.wait(r"OVERDUE  Call legal\nEwa: logs are here\nWho answered\?\n> Dana Ion")
        assert person.style_at("OVERDUE").fg == "red"
        person.keys("escu", "enter")
        person.wait("got Dana Ionescu")
        assert person.raw.count(b"\x07") == 1
        assert person.text.count("OVERDUE") == 1


def test_ticking_typing_and_editing() -> None:
    body = r"""
    people = [Option('1', 'lead', 'Lead'), Option('2', 'it', 'IT'), Option('3', 'law', 'Legal', off='no number')]
    print('here', t.tick('k', 'Who is on the call?', people, ['it']))
    print('sent', t.type_word('k', 'This goes to 212 people.', 'amber-heron'))
    print('back', t.type_word('k', 'This goes to 212 people.', 'amber-heron'))
    print('text', repr(t.edit('k', 'Old\u202e [words]', lambda text: f'X {len(text)} of 280')))
    """
    with Term(script(body)) as person:
        person.wait(r"\[2\] \(x\) IT")
        person.keys("1", "3", "down", "space")
        person.wait("Legal cannot be chosen now: no number|2 ticked|1 ticked")
        person.wait(r"\[1\] \(x\) Lead\s+> \[2\] \( \) IT")
        person.keys("d")
        person.wait(r"here \['lead'\]")
        person.wait("Type amber-heron")
        person.keys("amber-Heron", "enter")
        person.wait('That is not "amber-heron"')
        person.keys(*["backspace"] * 5, "heron", "enter")
        person.wait("sent True")
        person.wait("or press Enter to go back")
        person.keys("enter")
        person.wait("back False")
        person.wait(r"Old\\u202e \[words\]")
        person.wait("X 12 of 280")
        person.keys("enter", "więcej")
        person.wait("X 19 of 280")
        person.keys("ctrl-s")
        person.wait(r"text 'Old\\u202e \[words\]\\nwięcej'")


def test_a_small_window_shows_the_option_under_the_arrow() -> None:
    body = """
    many = [Option(chr(97 + at), str(at), f'Step number {at} of the overview, in words') for at in range(20)]
    print('got', t.choose('k', 'Which step?', many))
    """
    with Term(script(body), cols=60, rows=10) as person:
        person.wait(r"\[a\] Step number 0")
        person.wait(r"LIVE amber-heron \| T\+09:\d+")
        person.keys("up")
        person.wait(r"> \[t\] Step number 19")
        person.keys("enter")
        person.wait("got 19")


@pytest.mark.parametrize("env", [{"CRISIS_PLAIN": "1"}, {"ACCESSIBLE": "1"}, {"TERM": "dumb"}, {"TERM": ""}])
def test_plain_writes_no_escape_byte(env: dict[str, str]) -> None:
    body = r"""
    t.say(Line('T+09:12 Step 5', 'heading'), Line('', 'rule'), Line('words \x1b[2J', 'quote'))
    print('got', t.choose('k', 'Holding statement?', MENU))
    """
    with Term(script(body), env=env) as person:
        person.wait(r"p = Post it now  \(not available: Legal has not approved it\)")
        person.wait("Type a letter and press Enter:$")
        person.keys("enter")
        person.wait("Type one of the letters: a, e. Nothing was chosen.")
        person.keys("p", "enter")
        person.wait("Post it now is not available: Legal has not approved it. Nothing was chosen.")
        person.keys("t", "enter")
        person.wait(r"LIVE amber-heron \| T\+09:")
        person.keys("A", "enter")
        person.wait("got approve")
        assert person.wait_end() == 0
        assert b"\x1b" not in person.raw
        assert b"\x07" not in person.raw


def test_plain_forgets_what_was_typed_before_the_question(fifo: Path) -> None:
    body = f"""
    t.say("sending ...")
    gate({str(fifo)!r})
    print('got', t.choose('k', 'Send the next one?', MENU))
    """
    with Term(script(body), env={"CRISIS_PLAIN": "1"}) as person:
        person.wait("sending")
        person.keys("a", "enter", "a", "enter")
        person.wait(r"a\s+a")
        fifo.write_text("go")
        person.wait("press Enter:$")
        person.keys("e", "enter")
        person.wait("got edit")


def test_words_a_terminal_cannot_encode_do_not_crash_it() -> None:
    body = r"""
    t.say(Line('Mogło dotrzeć', 'quote'), Line('', 'rule'))
    print('got', ascii(t.ask('k', 'Co się stało?')))
    """
    with Term(script(body), env={"PYTHONIOENCODING": "ascii"}) as person:
        person.wait(r"\| Mog\\u0142o dotrze\\u0107\n-----")
        person.wait(r"Co si\\u0119 sta\\u0142o\?")
        person.keys("żółw")
        person.wait(r"> \S+w$|> \S+w\n")
        person.keys("enter")
        person.wait(r"got '\\u017c\\xf3\\u0142w'")
        assert person.wait_end() == 0


def test_without_colour_bold_remains() -> None:
    body = "t.say(Line('late words', 'late'))\nt.choose('k', 'What now?', MENU)"
    with Term(script(body), env={"NO_COLOR": "1"}) as person:
        person.wait(r"\[a\]")
        assert person.style_at("late words") == ("default", "default", True, False)
        assert person.style_at("What now").bold


def test_a_background_process_does_not_ask() -> None:
    command = script("t.choose('start.runbook', 'What is happening?', MENU)")
    with Term(["bash", "-mc", '"$@" & wait $!', "bash", *command]) as person:
        assert person.wait_end() == 2
        assert "What is happening?: nobody is there to answer" in person.flat


def test_an_error_in_a_check_reaches_the_caller() -> None:
    body = """
    def check(text):
        raise ValueError('a bug in a check')
    try:
        t.ask('k', 'Number?', check=check)
    except ValueError as error:
        print('caught', error)
    """
    with Term(script(body)) as person:
        person.wait("Number")
        person.keys("1", "enter")
        person.wait("caught a bug in a check")
        assert person.wait_end() == 0


def test_a_terminal_that_cannot_be_opened_gets_plain_questions() -> None:
    command = script("print('got', t.choose('k', 'What now?', MENU))")
    command[2] = "import sys\nsys.modules['prompt_toolkit'] = None\n" + command[2]
    with Term(command) as person:
        person.wait("This terminal cannot move its cursor")
        person.wait("press Enter:$")
        person.keys("e", "enter")
        person.wait("got edit")
        assert b"\x1b" not in person.raw
