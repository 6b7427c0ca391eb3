"""The three back-ends, without a pty: answers from a file, lines from a stream, keys from a pipe."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from crisiscli.errors import AnswerNeeded, Interrupted, Refused, UsageError
from crisiscli.screen import Line, Option, Terminal
from crisiscli.terminal import open_terminal, printer
from crisiscli.terminal.choices import Menu, TickList, title
from crisiscli.terminal.clipboard import COPIED, HANDED_OVER, OSC_52_LIMIT, SELECT, copy
from crisiscli.terminal.lines import cells
from crisiscli.terminal.live import fit_bar
from crisiscli.terminal.plain import Plain
from crisiscli.terminal.prompter import Prompter
from crisiscli.terminal.scripted import Scripted
from crisiscli.terminal.streams import Color, wants_color, wants_plain

YES_NO = [Option("y", "yes", "Yes"), Option("n", "no", "No"), Option("u", "unknown", "Not known yet")]
MENU = [
    Option("e", "edit", "Edit"),
    Option("E", "editor", "Edit in your editor"),
    Option("p", "post", "Post it now", off="Legal has not approved it"),
]
STAFF = [Option("1", "lead", "Lead"), Option("2", "it", "IT"), Option("3", "law", "Legal", off="no number")]


def is_number(text: str) -> str | None:
    return None if text.isdigit() else "That is not a number."


class Speaker:
    """A Scripted terminal with what it said."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.out = io.StringIO()
        self.terminal = Scripted(answers, self.out)


# Scripted: nobody is there


@pytest.mark.parametrize(
    ("answer", "value"),
    [(True, "yes"), (False, "no"), ("true", "yes"), ("YES", "yes"), ("n", "no"), ("not known yet", "unknown")],
)
def test_a_choice_is_answered_by_value_letter_label_or_truth(answer: object, value: str) -> None:
    speaker = Speaker({"facts": {"is_attack": answer}})
    assert speaker.terminal.choose("facts.is_attack", "Are we under attack?", YES_NO) == value
    label = next(option.label for option in YES_NO if option.value == value)
    assert speaker.out.getvalue() == f"Are we under attack? -> {label}\n"
    assert "\x1b" not in speaker.out.getvalue()


def test_a_letter_in_its_own_case_wins() -> None:
    terminal = Speaker({"one": "e", "other": "E"}).terminal
    assert terminal.choose("one", "?", MENU) == "edit"
    assert terminal.choose("other", "?", MENU) == "editor"


def test_a_missing_answer_says_what_to_add() -> None:
    terminal = Speaker({"facts": {"reach": None}}).terminal
    with pytest.raises(AnswerNeeded) as error:
        terminal.choose("facts.is_attack", "Are we under attack?", YES_NO)
    assert (error.value.key, error.value.exit_code) == ("facts.is_attack", 2)
    assert error.value.snippet == "facts:\n  is_attack: ...  # yes | no | unknown\n"
    with pytest.raises(AnswerNeeded) as error:
        terminal.ask("facts.reach", "How many?", snippet="facts:\n  reach: 212\n")
    assert error.value.snippet == "facts:\n  reach: 212\n"
    with pytest.raises(AnswerNeeded):
        terminal.tick("steps.call", "Who is here?", STAFF)
    with pytest.raises(AnswerNeeded):
        terminal.type_word("send.holding", "Send?", "amber-heron")


def test_defaults_answer_when_the_file_does_not() -> None:
    terminal = Speaker({}).terminal
    assert terminal.choose("a", "?", YES_NO, default="no") == "no"
    assert terminal.ask("b", "?", default="now") == "now"
    assert terminal.ask("why.stop-sends", "Why?") == ""
    assert terminal.tick("c", "?", STAFF, ["it"]) == ["it"]
    assert terminal.edit("d", "Old words.", len_of) is None


def len_of(text: str) -> str:
    return f"{len(text)} of 280"


def test_a_wrong_answer_is_refused_with_its_key() -> None:
    terminal = Speaker({"a": "maybe", "b": "many", "c": "post", "d": ["it", "bob"], "e": "law", "f": "Amber"}).terminal
    with pytest.raises(UsageError, match="'maybe' is none of: yes, no, unknown"):
        terminal.choose("a", "?", YES_NO)
    with pytest.raises(UsageError, match="not a number") as error:
        terminal.ask("b", "?", check=is_number)
    assert error.value.where == "b"
    with pytest.raises(Refused, match="Legal has not approved it"):
        terminal.choose("c", "?", MENU)
    with pytest.raises(UsageError, match="'bob' is none of: lead, it"):
        terminal.tick("d", "?", STAFF)
    with pytest.raises(Refused, match="no number"):
        terminal.tick("e", "?", STAFF)
    with pytest.raises(Refused, match="'Amber' is not the word"):
        terminal.type_word("f", "?", "amber")


def test_answers_are_found_by_dotted_path_and_the_rest_is_reported() -> None:
    answers = {
        "approve": {"holding/x/pl": {"person": "dana", "sha256": "ab"}, "light/x/pl": "ann"},
        "send.holding": "amber-heron",
        "steps": {"stop-sends": 12, "never.asked": "x"},
        "facts": {"count": 4700000, "text": "New words."},
    }
    terminal = Speaker(answers).terminal
    assert terminal.has("approve.holding/x/pl")
    assert not terminal.has("approve.holding/ivr/pl")
    assert terminal.get("approve.holding/x/pl") == {"person": "dana", "sha256": "ab"}
    assert terminal.get("nothing.here") is None
    assert terminal.type_word("send.holding", "Send?", "amber-heron")
    assert terminal.ask("steps.stop-sends", "Queue?", check=is_number) == "12"
    assert terminal.ask("facts.count", "How many?") == "4700000"
    assert terminal.edit("facts.text", "Old words.", len_of) == "New words."
    assert terminal.tick("approve.nobody", "?", STAFF, ["lead"]) == ["lead"]
    assert terminal.unused() == ["approve.light/x/pl", "steps.never.asked"]


def test_a_question_that_repeats_for_ever_ends() -> None:
    terminal = Speaker({"steps.x": "note"}).terminal
    with pytest.raises(UsageError, match="leads no further"):
        for _ in range(1000):
            terminal.choose("steps.x", "What now?", [Option("n", "note", "Note")])


def test_news_is_said_and_nothing_is_copied_for_a_script() -> None:
    speaker = Speaker({"a": "yes"})
    news = iter([[Line("Call legal is late", "late")]])
    speaker.terminal.attach(lambda: "LIVE", lambda: next(news, []))
    speaker.terminal.choose("a", "Attack?", YES_NO)
    assert speaker.out.getvalue() == "Call legal is late\nAttack? -> Yes\n"
    assert "nothing was copied" in speaker.terminal.copy("words")


# Plain: lines from a stream


def plain(*lines: str) -> tuple[Plain, io.StringIO]:
    out = io.StringIO()
    return Plain(io.StringIO("".join(line + "\n" for line in lines)), out), out


def test_plain_chooses_only_by_a_letter_or_a_spoken_default() -> None:
    terminal, out = plain("", "x", "p", "?", "E")
    assert terminal.choose("k", "What now?", MENU) == "editor"
    said = out.getvalue()
    assert said.count("Nothing was chosen.") == 3
    assert said.count("  e = Edit\n") == 2
    assert said.count("time = the clock") == 1
    assert said.endswith("What now? -> Edit in your editor\n")
    terminal, out = plain("")
    assert terminal.choose("k", "Since when?", YES_NO, default="no", record=False) == "no"
    assert "(Enter alone = No)" in out.getvalue()
    assert "->" not in out.getvalue()


def test_plain_speaks_the_bar_and_prints_news_before_the_prompt() -> None:
    terminal, out = plain("t", "y")
    news = iter([[], [], [], [Line("Call legal is late", "late")]])
    terminal.attach(lambda: "9 minutes since start", lambda: next(news, []))
    terminal.choose("k", "Attack?", YES_NO)
    assert "9 minutes since start\nCall legal is late\nType a letter" in out.getvalue()


def test_plain_asks_ticks_and_confirms() -> None:
    terminal, out = plain("many", " 12 ", "", "2", "7", "3", "1", "", "?", "d", "Amber", "amber", "")
    assert terminal.ask("k", "How many?", check=is_number) == "12"
    assert terminal.ask("k", "Since when?", default="now") == "now"
    assert terminal.tick("k", "Who is here?", STAFF, ["lead"]) == ["it"]
    said = out.getvalue()
    assert '"7" is not in the list. Nothing was changed.' in said
    assert "Legal is not available: no number. Nothing was changed." in said
    assert terminal.type_word("k", "Send?", "amber")
    assert not terminal.type_word("k", "Send?", "amber")


def test_plain_ticks_in_the_order_of_the_list() -> None:
    terminal, _ = plain("2,1 d")
    assert terminal.tick("k", "Who?", STAFF) == ["lead", "it"]
    terminal, _ = plain("d", "done")
    assert terminal.tick("k", "Who?", [Option("d", "dana", "Dana")]) == ["dana"]


def test_plain_edits_one_line_several_lines_or_nothing() -> None:
    for typed, wanted in (
        (["New words."], "New words."),
        ([".", "First.", "", "  Second.", "."], "First.\n\n  Second."),
        ([""], None),
        (["Old words."], None),
        ([".", "."], None),
    ):
        terminal, out = plain(*typed)
        assert terminal.edit("k", "Old words.", len_of) == wanted
        assert "| Old words.\n10 of 280" in out.getvalue()


def test_the_end_of_input_leaves() -> None:
    asking = (
        lambda t: t.choose("k", "?", YES_NO),
        lambda t: t.ask("k", "?"),
        lambda t: t.tick("k", "?", STAFF),
        lambda t: t.type_word("k", "?", "amber"),
        lambda t: t.edit("k", "Old.", len_of),
    )
    for ask in asking:
        terminal, _ = plain()
        with pytest.raises(Interrupted) as error:
            ask(terminal)
        assert error.value.lines()[1:] == ["Nothing was sent by leaving.", "Next: crisis resume"]


# Prompter: keys from a pipe


@contextmanager
def prompter(keys: str) -> Iterator[Prompter]:
    with create_pipe_input() as source:
        source.send_text(keys)
        # a question that is not answered by these keys must fail the test, not hold it
        watch = threading.Timer(30, source.close)
        watch.start()
        try:
            yield Prompter(color=False, source=source, target=DummyOutput())
        finally:
            watch.cancel()


def test_keys_answer_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with prompter("x\r\x7f12\r") as terminal:
        assert terminal.ask("k", "How many?\nA number.", check=is_number) == "12"
    with prompter("\r") as terminal:
        assert terminal.ask("k", "Since when:", default="now", check=lambda text: None) == "now"
    assert capsys.readouterr().out.splitlines() == ["How many? -> 12", "Since when -> now"]


def test_keys_choose(capsys: pytest.CaptureFixture[str]) -> None:
    for keys, value in (("e", "edit"), ("E", "editor"), ("\x1b[B\r", "edit"), ("\x1b[A\r", "editor"), ("e\r", "edit")):
        with prompter(keys) as terminal:
            assert terminal.choose("k", "What now?", MENU, record=False) == value
    with prompter("\r") as terminal:
        assert terminal.choose("k", "What now?", MENU, default="editor") == "editor"
    assert capsys.readouterr().out == "What now? -> Edit in your editor\n"


@pytest.mark.parametrize(
    "keys", ["\r\x03", "e p\x03", "\r\re\x03", "\x1b[200~e\n\x1b[201~\x03", "p\x03", "[e\x03", "\x04"]
)
def test_keys_that_choose_nothing(keys: str) -> None:
    with prompter(keys) as terminal, pytest.raises(Interrupted):
        terminal.choose("k", "What now?", MENU)


def test_a_default_that_is_off_is_no_default() -> None:
    with prompter("\r\x03") as terminal, pytest.raises(Interrupted):
        terminal.choose("k", "What now?", MENU, default="post")


def test_keys_tick(capsys: pytest.CaptureFixture[str]) -> None:
    for keys, ticked in (("\x1b[B \x1b[B\r", ["lead"]), ("\r", []), ("\x1b[B  \r", [])):
        with prompter(keys) as terminal:
            assert terminal.tick("k", "Who?", STAFF) == ticked
    assert capsys.readouterr().out == "Who? -> Lead\nWho? -> none\nWho? -> none\n"


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("!\x13", "Old.!"),
        ("\rmore\x1b\r", "Old.\nmore"),
        ("\x1b[200~ a\r\nb\x1b[201~\x13", "Old. a\nb"),
        ("x\x1b\x1b", None),
        ("x\x03", None),
        ("\x13", None),
    ],
)
def test_keys_edit(keys: str, text: str | None) -> None:
    with prompter(keys) as terminal:
        assert terminal.edit("k", "Old.", len_of) == text


def test_a_meter_or_bar_that_fails_reaches_the_caller() -> None:
    def broken(_: str = "") -> str:
        raise LookupError("no clock")

    with prompter("") as terminal, pytest.raises(LookupError):
        terminal.edit("k", "Old.", broken)
    with prompter("") as terminal:
        terminal.attach(broken, tuple)
        with pytest.raises(LookupError):
            terminal.choose("k", "?", YES_NO)


# Menus without a screen


def test_letters_of_two_keys_wait_for_the_second() -> None:
    menu = Menu("Which step?", [Option("1", "one", "One"), Option("10", "ten", "Ten"), Option("x", "end", "End")])
    assert menu.press("b") is None
    assert menu.hint == "b does nothing here. Press one of the numbers in [brackets]. Arrow keys and Enter work too."
    assert menu.press("1") is None
    assert menu.press("0") == menu.options[1]
    assert menu.press("1") is None
    assert menu.enter() == menu.options[0]
    assert menu.press("1") is None
    assert menu.press("x") is None
    assert menu.press("x") == menu.options[2]


def test_a_torn_escape_sequence_is_eaten_whole() -> None:
    menu = Menu("?", [Option("a", "approve", "Approve"), Option("r", "record", "Record")])
    assert [menu.press(key) for key in "[A[1;5A[12;40R"] == [None] * 14
    assert menu.press("a") == menu.options[0]


def test_a_menu_with_everything_off_chooses_nothing() -> None:
    menu = Menu("?", [Option("p", "post", "Post", off="not yet")])
    menu.move(1)
    assert menu.enter() is None
    assert menu.press("p") is None
    assert "not yet" in menu.hint


@given(
    st.lists(st.text("abc dłż東", max_size=90), min_size=1, max_size=12),
    st.integers(20, 120),
    st.booleans(),
)
def test_a_menu_fits_its_width(labels: list[str], width: int, is_tick_list: bool) -> None:
    options = [
        Option(chr(97 + at), str(at), label, off="not now" if at == 2 else "") for at, label in enumerate(labels)
    ]
    menu = TickList("Which?", options, ["0"]) if is_tick_list else Menu("Which?", options)
    menu.hint = "A hint that is longer than the narrowest window of all."
    rows = "".join(text for _, text, *_ in menu.drawing(width)).split("\n")
    assert all(cells(row.rstrip()) <= width for row in rows)
    assert all(f"[{option.letter}]" in "".join(rows) for option in options)


def test_the_record_quotes_the_first_line_of_a_question() -> None:
    assert title(" Type amber-heron to send: \nor go back") == "Type amber-heron to send"


@given(st.integers(0, 90))
def test_the_bar_keeps_the_clock_and_what_is_late(width: int) -> None:
    bar = "LIVE amber-heron | T+04:12 | 4/11 | OVERDUE 1: call legal [l] | next due: statement | ? help"
    fitted = fit_bar(bar, width)
    assert cells(fitted) <= width
    if width >= 60:
        assert "T+04:12" in fitted
        assert "OVERDUE 1" in fitted
    if width >= len(bar):
        assert fitted == bar


# Streams, colours, clipboard


@pytest.mark.parametrize(
    ("color", "environ", "wanted"),
    [
        ("auto", {"TERM": "xterm"}, False),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ("auto", {"CLICOLOR_FORCE": "1"}, True),
        ("auto", {"FORCE_COLOR": "0"}, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_wanted(color: Color, environ: dict[str, str], wanted: bool) -> None:
    assert wants_color(color, io.StringIO(), environ) is wanted


def test_colour_on_a_terminal() -> None:
    with a_terminal() as (stream, _):
        assert wants_color("auto", stream, {"TERM": "xterm"})
        assert not wants_color("auto", stream, {"TERM": "xterm", "CLICOLOR": "0"})
        assert not wants_color("auto", stream, {"TERM": "dumb"})
        assert not wants_color("auto", stream, {"TERM": "xterm", "NO_COLOR": "1"})


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"TERM": "xterm"}, False),
        ({"TERM": "dumb"}, True),
        ({}, sys.platform != "win32"),
        ({"TERM": "xterm", "CRISIS_PLAIN": "1"}, True),
        ({"TERM": "xterm", "ACCESSIBLE": "yes"}, True),
        ({"TERM": "xterm", "CRISIS_PLAIN": "0", "ACCESSIBLE": "false"}, False),
    ],
)
def test_plain_is_wanted(environ: dict[str, str], wanted: bool) -> None:
    assert wants_plain(environ) is wanted


def test_without_a_terminal_nobody_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    terminal: Terminal = open_terminal(plain=False, no_input=False, answers={"a": True}, color="always")
    assert not terminal.interactive
    assert terminal.choose("a", "Attack?", YES_NO) == "yes"
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Attack? -> Yes\n")
    assert not open_terminal(plain=True, no_input=True, answers=None, color="auto").interactive


def run(code: str, *shell: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", code]
    environ = {"PATH": os.environ["PATH"], **settings}
    return subprocess.run([*shell, *command] if shell else command, capture_output=True, env=environ, check=False)


def test_printing_to_a_pipe_imports_no_screen_library() -> None:
    done = run(
        "import sys\n"
        "from crisiscli.screen import Line\n"
        "from crisiscli.terminal import printer\n"
        "printer('auto')([Line('late', 'late'), 'x' * 100, Line('', 'rule')])\n"
        "print(sorted({'rich', 'prompt_toolkit', 'asyncio', 'questionary'} & set(sys.modules)))"
    )
    rule = "─" * 80 if "─".encode() in done.stdout else "-" * 80
    assert done.stdout.decode() == f"late\n{'x' * 100}\n{rule}\n[]\n"


def test_a_wish_for_colour_is_kept_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    printer("always")([Line("[late] words", "late")])
    printer("never")([Line("[late] words", "late")])
    assert capsys.readouterr().out == "\x1b[1;31m[late] words\x1b[0m\n[late] words\n"


def test_prepared_streams_never_crash_a_print() -> None:
    code = "from crisiscli.terminal import prepare_streams\nprepare_streams()\nimport sys\n"
    done = run(code + "print('Mogło ✓', file=sys.stderr)\nprint('Mogło ✓')", PYTHONIOENCODING="ascii")
    assert (done.stdout, done.stderr) == (b"Mog\\u0142o \\u2713\n", b"Mog\\u0142o \\u2713\n")
    done = run(code + "print(sys.stdin.read())\nsys.exit(7)", "sh", "-c", '"$@" <&- >&-', "sh")
    assert (done.returncode, done.stderr) == (7, b"")


@contextmanager
def a_terminal() -> Iterator[tuple[io.TextIOWrapper, int]]:
    """A stream with a terminal behind it, and the number of its other end."""
    master, slave = os.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as stream:
        yield stream, master
    os.close(master)


@pytest.fixture
def no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without clipboard programs; the returned folder is its PATH."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def fake_program(folder: Path, name: str, body: str) -> Path:
    """A clipboard program that keeps what it was given; returns where."""
    kept = folder / f"{name}.kept"
    program = folder / name
    program.write_text(f"#!/bin/sh\n{body.format(kept=kept)}\n")
    program.chmod(0o755)
    return kept


def test_the_clipboard_of_the_desktop_gets_the_exact_words(no_desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = fake_program(no_desktop, "wl-copy", "/bin/cat > {kept}")
    assert copy("words", None) == SELECT
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert copy("Mogło\r\n👩‍🚒 ", None) == COPIED
    assert kept.read_bytes() == "Mogło\r\n👩‍🚒 ".encode()


def test_a_program_that_fails_gives_way_to_the_next(no_desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    fake_program(no_desktop, "xclip", "exit 1")
    kept = fake_program(no_desktop, "xsel", "/bin/cat > {kept}")
    assert copy("words", None) == COPIED
    assert kept.read_bytes() == b"words"
    assert copy("lone \ud800", None) == SELECT


def test_over_ssh_the_far_desktop_is_left_alone(no_desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = fake_program(no_desktop, "pbcopy", "/bin/cat > {kept}")
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")
    assert copy("words", None) == SELECT
    assert not kept.exists()


def test_the_terminal_carries_what_no_program_can(no_desktop: Path) -> None:
    assert copy("words", io.StringIO()) == SELECT
    with a_terminal() as (stream, far_end):
        assert copy("Mogło", stream) == HANDED_OVER
        assert os.read(far_end, 1000) == b"\x1b]52;c;" + base64.b64encode("Mogło".encode()) + b"\x07"
        assert copy("x" * (OSC_52_LIMIT + 1), stream) == SELECT
    assert stream.closed
    assert copy("words", stream) == SELECT
